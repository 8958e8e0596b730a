"""Dots for networks, and the interval of their mean: the look of every comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from cnnfilters.evidence import Interval
from cnnfilters.figures.drawing.style import INK

DOTS: dict[str, Any] = {"markersize": 4.5, "markeredgewidth": 0, "clip_on": False}
BELOW = 0.27  # of a row, between its dots and its interval


def interval_rows(
    axes: Axes, rows: Mapping[str, Sequence[float]], looks: Sequence[tuple[str, str]]
) -> None:
    """One row for each arm: a dot for each network, and below the mean with its interval.

    Args:
        axes: Where to draw; the rows go down from the top.
        rows: One value for each network, by arm.
        looks: Colour and marker of each row.
    """
    for row, (values, (colour, marker)) in enumerate(zip(rows.values(), looks, strict=True)):
        interval = Interval.of(values)
        axes.plot(values, [row - BELOW / 2] * len(values), marker, color=colour, **DOTS)
        axes.plot([interval.low, interval.high], [row + BELOW] * 2, color=INK, linewidth=1.4)
        axes.plot([interval.mean], [row + BELOW], "|", color=INK, markersize=9, markeredgewidth=1.6)
    axes.set(ylim=(len(rows) - 0.4, -0.6))
    axes.set_yticks(range(len(rows)), list(rows))
    axes.tick_params(axis="both", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_axisbelow(True)


def mean(values: Sequence[float]) -> float:
    """The mean, as Python's own number.

    Example:
        >>> mean([1.0, 2.0])
        1.5
    """
    return float(np.mean(values))
