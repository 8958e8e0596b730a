"""Dots for networks, and the interval of their mean: the look of every comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.axes import Axes

from cnnfilters.evidence import Interval
from cnnfilters.figures.drawing.style import INK

KEY = "Dots are networks, bars the 95 % intervals of their means."  # what a caption says of both
DOTS: dict[str, Any] = {"markersize": 4.5, "markeredgewidth": 0, "clip_on": False}
BAR: dict[str, Any] = {"color": INK, "linewidth": 1.4}
MEAN: dict[str, Any] = {"color": INK, "markersize": 9, "markeredgewidth": 1.6}
BELOW = 0.27  # of a row, between its middle and its interval
BESIDE = 0.08  # of the distance between two places, between dots and interval


def interval_rows(
    axes: Axes,
    rows: Mapping[str, Sequence[float]],
    looks: Sequence[tuple[str, str]],
    *,
    places: Sequence[float] | None = None,
) -> None:
    """One row for each arm: a dot for each network, and below the mean with its interval.

    Args:
        axes: Where to draw; the rows go down from the top.
        rows: One value for each network, by arm.
        looks: Colour and marker of each row.
        places: Of the rows, growing downwards; None: one apart.

    Example:
        >>> from matplotlib.figure import Figure
        >>> axes = Figure().add_subplot()
        >>> interval_rows(axes, {"default": [0.25, 0.75]}, [("#000000", "o")])
        >>> dots, interval, mean = axes.lines
        >>> [float(value) for value in dots.get_xdata()], float(mean.get_xdata()[0])
        ([0.25, 0.75], 0.5)
    """
    places = places or range(len(rows))
    for place, values, (colour, marker) in zip(places, rows.values(), looks, strict=True):
        interval = Interval.of(values)
        axes.plot(values, [place - BELOW / 2] * len(values), marker, color=colour, **DOTS)
        axes.plot([interval.low, interval.high], [place + BELOW] * 2, **BAR)
        axes.plot([interval.mean], [place + BELOW], "|", **MEAN)
    axes.set(ylim=(places[-1] + 0.6, places[0] - 0.6))
    axes.set_yticks(places, list(rows))
    axes.tick_params(axis="both", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x")
    axes.set_axisbelow(True)


def interval_path(
    axes: Axes,
    places: Sequence[float],
    stages: Sequence[Sequence[float]],
    *,
    colour: str,
    marker: str,
    dash: Any,
    joined: int | None = None,
) -> None:
    """The same upright, in stages: dots, beside them the mean with its interval, and a line.

    Args:
        axes: Where to draw.
        places: Of the dots, one stage to the right of another.
        stages: One value for each network, by stage.
        colour: Of dots and line.
        marker: Of the dots.
        dash: Of the line through the means.
        joined: How many stages the line goes through; None: all.

    Example:
        >>> from matplotlib.figure import Figure
        >>> axes = Figure().add_subplot()
        >>> stages = [[0.25, 0.75], [0.75, 1.0]]  # two networks, at two stages
        >>> interval_path(axes, [0, 1], stages, colour="#000000", marker="o", dash="-")
        >>> [float(mean) for mean in axes.lines[0].get_ydata()]  # the line runs through the means
        [0.5, 0.875]
    """
    intervals = [Interval.of(values) for values in stages]
    beside = [place + BESIDE for place in places]
    means = [interval.mean for interval in intervals]
    axes.plot(beside[:joined], means[:joined], color=colour, linestyle=dash, linewidth=1.2)
    for place, bar, values, interval in zip(places, beside, stages, intervals, strict=True):
        axes.plot([place] * len(values), values, marker, color=colour, **DOTS)
        axes.plot([bar] * 2, [interval.low, interval.high], **BAR)
        axes.plot([bar], [interval.mean], "_", **{**MEAN, "markersize": 6})


def mean(values: Sequence[float]) -> float:
    """The mean, as Python's own number.

    Example:
        >>> mean([1.0, 2.0])
        1.5
    """
    return float(np.mean(values))
