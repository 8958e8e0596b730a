"""Check the relationships without a formula: lay the cells out, slide the window, count."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import product

from cnnfilters.arithmetic.relationships import Relationship, Symbols

INPUTS = range(1, 15)
KERNELS = range(1, 8)
STRIDES = range(1, 5)
PADDINGS = range(7)
DILATIONS = range(1, 4)


@dataclass(frozen=True)
class Verification:
    """How often a relationship was compared with a count, and where it was wrong.

    Attributes:
        number: Of the relationship.
        cases: Comparisons made.
        failures: Input size and letters of each case in which formula and count differ.
    """

    number: int | None
    cases: int
    failures: tuple[tuple[int, Symbols], ...]


def verify(relationship: Relationship) -> Verification:
    """Compare a relationship with counted windows in every small case that it applies to.

    The grid: inputs 1 to 14, kernels 1 to 7, strides 1 to 4, padding 0 to 6, dilation 1 to 3, as
    far as the kernel fits. A transposed convolution is counted on its stretched and padded input,
    and must also give back the size that the direct one came from.

    Returns:
        The number of cases, and those that fail.

    Example:
        >>> from cnnfilters.arithmetic.relationships import RELATIONSHIPS
        >>> verify(RELATIONSHIPS[0])
        Verification(number=1, cases=77, failures=())
    """
    cases = [case for case in _direct_cases() if relationship.applies(case[1])]
    holds = _holds_transposed if relationship.kind == "transposed" else _holds
    wrong = tuple(case for case in cases if not holds(relationship.output, *case))
    return Verification(relationship.number, len(cases), wrong)


def count_windows(cells: int, *, kernel: int, stride: int = 1, dilation: int = 1) -> int:
    """Slide a window over a row of cells and count the places where it fits.

    Example:
        >>> count_windows(5, kernel=3, stride=2)
        2
    """
    elements = [element * dilation for element in range(kernel)]
    count = start = 0
    while start + elements[-1] < cells:
        count += 1
        start += stride
    return count


def count_transposed(inputs: int, letters: Symbols) -> int:
    """Stretch a row of inputs, pad it and count windows of step one.

    Example:
        >>> count_transposed(3, Symbols(k=3, s=2, p=1))
        5
    """
    stretched = [0] * ((inputs - 1) * letters.s + 1)
    padding = [0] * (letters.d * (letters.k - 1) - letters.p)
    row = padding + stretched + padding + [0] * letters.a
    return count_windows(len(row), kernel=letters.k, dilation=letters.d)


def _direct_cases() -> Iterator[tuple[int, Symbols]]:
    """Every case in which a direct convolution gives something, and what it leaves unused."""
    for i, k, s, p, d in product(INPUTS, KERNELS, STRIDES, PADDINGS, DILATIONS):
        beyond = i + 2 * p - d * (k - 1) - 1
        if beyond >= 0:
            yield i, Symbols(k, s, p, d, beyond % s)


def _holds(formula: Callable[[int, Symbols], int], size: int, x: Symbols) -> bool:
    return formula(size, x) == count_windows(size + 2 * x.p, kernel=x.k, stride=x.s, dilation=x.d)


def _holds_transposed(formula: Callable[[int, Symbols], int], size: int, x: Symbols) -> bool:
    given = count_windows(size + 2 * x.p, kernel=x.k, stride=x.s, dilation=x.d)
    return formula(given, x) == count_transposed(given, x) == size
