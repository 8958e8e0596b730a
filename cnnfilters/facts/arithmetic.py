"""Facts about the numbered relationships: how often this build has checked each of them."""

from __future__ import annotations

from functools import cache

from cnnfilters.arithmetic import DILATED_TRANSPOSED, RELATIONSHIPS, Relationship, verify
from cnnfilters.results import Recipe


def cases(number: int | None) -> str:
    """How many small cases a relationship was compared with a count in, all of them right.

    Args:
        number: The guide's; None for the dilated transposed convolution.

    Raises:
        ValueError: The relationship is wrong somewhere.

    Example:
        >>> cases(1)  # for kernels of 1 to 7, the inputs up to 14 that they fit: 14 + 13 + … + 8
        '77'
    """
    return f"{_checked(DILATED_TRANSPOSED if number is None else RELATIONSHIPS[number - 1]):,}"


def all_cases() -> str:
    """The same for all of them together."""
    return f"{sum(map(_checked, (*RELATIONSHIPS, DILATED_TRANSPOSED))):,}"


@cache
def _checked(relationship: Relationship) -> int:
    verification = verify(relationship)
    if verification.failures:
        raise ValueError(f"{relationship.name} is wrong for {verification.failures[0]}")
    return verification.cases


FACTS = {
    **{f"cases_{number}": Recipe(cases, options={"number": number}) for number in range(1, 16)},
    "cases_dilated_transposed": Recipe(cases, options={"number": None}),
    "cases_all": Recipe(all_cases),
}
