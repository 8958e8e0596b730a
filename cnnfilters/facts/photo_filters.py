"""Facts about filters from photographs: how many, how sparse, how alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnfilters.words import decimal

Study = Mapping[str, Any]


def number_of(study: Study, *, part: str) -> str:
    """How many `patches` or `components` a fit has, or how many `photographs` there are."""
    found = study[part]
    return f"{found:,}" if isinstance(found, int) else str(len(found))


def mean_of(study: Study, *, arm: str, quantity: str, digits: int = 0) -> str:
    """The mean of a quantity over the fits of an arm."""
    return decimal(np.mean(study["arms"][arm][quantity]), digits)


def range_of(study: Study, *, arm: str, quantity: str, digits: int = 0) -> str:
    """The least and the most of a quantity among the fits of an arm: `2 to 4`."""
    values = study["arms"][arm][quantity]
    least, most = (decimal(value, digits) for value in (min(values), max(values)))
    return least if least == most else f"{least} to {most}"
