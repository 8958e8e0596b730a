"""Facts about what can be read off each stage of a network, and off single units."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnnfilters.evidence import Interval
from cnnfilters.experiments.arms import values

Study = Mapping[str, Any]


def mean(study: Study, *, of: str) -> str:
    """The mean of all networks of an arm, of what is measured in per cent.

    Args:
        study: What `cnnfilters.experiments.hierarchy` measured.
        of: `ARM: QUANTITY`.

    Example:
        >>> mean({"arms": {"LeNet5": {"F6": [96.0, 97.0]}}}, of="LeNet5: F6")
        '96.5 %'
    """
    return f"{Interval.of(values(study, of)).mean:.1f} %"


def count(study: Study, *, of: str) -> str:
    """How many digits were learned from, or were held out.

    Example:
        >>> count({"learned": 4000}, of="learned")
        '4,000'
    """
    return f"{study[of]:,}"
