"""Numbers as sentences write them: rounded, with a true minus sign, never as a power of ten."""

from __future__ import annotations

import math
import re
from typing import SupportsFloat

import numpy as np
from jaxtyping import Bool

NOT_FINITE = re.compile(r"\b(nan|inf)\b", re.IGNORECASE)  # no sentence may hold one
LEAST = 1e-6  # the least that `number` writes in digits


def decimal(value: SupportsFloat, places: int = 2, *, signed: bool = False) -> str:
    """A number with this many places after the point; no sign before what rounds to zero.

    Args:
        value: Any finite number.
        places: After the point.
        signed: Whether a number above zero carries a plus.

    Example:
        >>> decimal(-0.126), decimal(-0.001), decimal(12.5, 1, signed=True)
        ('−0.13', '0.00', '+12.5')
    """
    rounded = round(float(value), places) + 0.0  # a negative zero plus 0 is 0
    return f"{rounded:{'+' if signed else ''}.{places}f}".replace("-", "−")


def short(value: SupportsFloat) -> str:
    """A number for a cell: two places at most, none where they are zeros.

    Example:
        >>> short(-0.5), short(2.0), short(0.126), short(-0.001)
        ('−0.5', '2', '0.13', '0')
    """
    return decimal(value).rstrip("0").rstrip(".")


def number(value: float) -> str:
    """Three digits that matter, six decimal places at most.

    Example:
        >>> number(-0.4567), number(18378), number(0.0)
        ('−0.457', '18,378', '0')
        >>> number(1e-7), number(-1e-7)
        ('less than 0.000001', 'between −0.000001 and 0')
    """
    if value == int(value):
        return f"{int(value):,}".replace("-", "−")
    if abs(value) < LEAST:
        return "less than 0.000001" if value > 0 else "between −0.000001 and 0"
    places = max(0, 2 - math.floor(math.log10(abs(value))))
    return f"{value:,.{min(places, 6)}f}".replace("-", "−")


def percent(share: SupportsFloat, places: int = 1) -> str:
    """A share of 1 as hundredths.

    Args:
        share: In [0, 1].
        places: After the point.

    Example:
        >>> percent(0.98634)
        '98.6 %'
    """
    return f"{decimal(100 * float(share), places)} %"


def of_all(chosen: Bool[np.ndarray, " n"]) -> str:
    """How many of all.

    Args:
        chosen: True for each that counts.

    Example:
        >>> of_all(np.array([True, False, True]))
        '2 of 3'
    """
    return f"{int(chosen.sum())} of {len(chosen)}"
