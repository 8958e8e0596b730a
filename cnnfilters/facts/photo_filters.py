"""Facts about filters from photographs: how many, how sparse, how alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnfilters.words import decimal

Study = Mapping[str, Any]


def number_of(study: Study, *, part: str) -> str:
    """How many `patches` or `components` a fit has, or how many `photographs` there are.

    Example:
        >>> number_of({"patches": 20000}, part="patches")
        '20,000'
        >>> number_of({"photographs": ["astronaut", "cat"]}, part="photographs")
        '2'
    """
    found = study[part]
    return f"{found:,}" if isinstance(found, int) else str(len(found))


def mean_of(study: Study, *, arm: str, quantity: str, digits: int = 0) -> str:
    """The mean of a quantity over the fits of an arm.

    Example:
        >>> arms = {"arms": {"photographs": {"blobs": [2, 4]}}}
        >>> mean_of(arms, arm="photographs", quantity="blobs")
        '3'
    """
    return decimal(np.mean(study["arms"][arm][quantity]), digits)


def range_of(study: Study, *, arm: str, quantity: str, digits: int = 0) -> str:
    """The least and the most of a quantity among the fits of an arm: `2 to 4`.

    Example:
        >>> arms = {"arms": {"photographs": {"blobs": [2, 4]}}}
        >>> range_of(arms, arm="photographs", quantity="blobs")
        '2 to 4'
    """
    values = study["arms"][arm][quantity]
    least, most = (decimal(value, digits) for value in (min(values), max(values)))
    return least if least == most else f"{least} to {most}"
