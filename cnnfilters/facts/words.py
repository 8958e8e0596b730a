"""Numbers as sentences write them."""

from __future__ import annotations

import numpy as np
from jaxtyping import Bool


def percent(share: float, digits: int = 1) -> str:
    """A share in words' form.

    Args:
        share: In [0, 1].
        digits: After the point.

    Example:
        >>> percent(0.98634)
        '98.6 %'
    """
    return f"{100 * share:.{digits}f} %"


def of_all(chosen: Bool[np.ndarray, " n"]) -> str:
    """How many of all.

    Args:
        chosen: True for each that counts.

    Example:
        >>> of_all(np.array([True, False, True]))
        '2 of 3'
    """
    return f"{int(chosen.sum())} of {len(chosen)}"
