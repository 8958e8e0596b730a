"""Direction and colour of every filter that photographs give, beside what chance gives."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from cnnfilters.experiments.photograph_filters import PhotographStudy
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import interval_rows, mean
from cnnfilters.figures.drawing.style import CATEGORIES, MARKERS, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.drawing.table import Table

ARMS = {
    "photographs": ("photographs", CATEGORIES[2], MARKERS[0]),
    "Gaussian twin": ("their twin", MUTED, MARKERS[1]),
    "grey photographs": ("in grey", CATEGORIES[0], MARKERS[2]),
    "grey twin": ("grey twin", MUTED, MARKERS[1]),
    "digits": ("digits", CATEGORIES[3], MARKERS[3]),
    "one photograph": ("one photograph", CATEGORIES[2], MARKERS[0]),
}
SCATTERED = ("photographs", "Gaussian twin")
LIMITS = (-0.03, 1.03)
ABOVE = 1.16  # room over the dots for a label


def photo_filters_measured(study: PhotographStudy) -> Figure:
    """A dot for each filter, by direction and chroma; below, the share with a direction by fit.

    Args:
        study: What `cnnfilters.experiments.photograph_filters` measured.
    """
    arms = study.arms
    oriented = {arm: mean(arms[arm]["oriented"]) for arm in ARMS}
    coloured = {arm: mean(arms[arm]["coloured"]) for arm in SCATTERED}
    highest = {arm: max(max(fit["chroma"]) for fit in study.each[arm]) for arm in SCATTERED}
    fits = len(arms["photographs"]["oriented"])
    return Figure(
        plotted(_draw, study, height=5.6, narrow_height=8.6),
        alt=(
            f"Filters by direction and chroma. Photographs: {oriented['photographs']:.0f} % have "
            f"a direction and {coloured['photographs']:.0f} % are coloured beyond chance, up to a "
            f"chroma of {highest['photographs']:.2f}. Their Gaussian twin: "
            f"{oriented['Gaussian twin']:.0f} % and {coloured['Gaussian twin']:.0f} %, up to "
            f"{highest['Gaussian twin']:.2f}."
        ),
        caption=(
            f"In {fits} fits {oriented['photographs']:.0f} % of the filters from photographs have "
            f"a direction and {oriented['Gaussian twin']:.0f} % of those from their Gaussian twin. "
            f"Without colour it is {oriented['grey photographs']:.0f} %, from digits "
            f"{oriented['digits']:.0f} %, and from one photograph at a time "
            f"{oriented['one photograph']:.0f} %. Shaded: what 99 of 100 chance filters stay below."
        ),
        table=Table(
            (
                "patches",
                "fit",
                "with a direction, %",
                "coloured, %",
                "sparseness",
                "limit of orientation",
                "limit of chroma",
            ),
            [
                (arm, index, *(float(value) for value in values))
                for arm in ARMS
                for index, values in enumerate(_columns(arms[arm]))
            ],
        ),
    )


def _columns(arm: Mapping[str, list[float]]) -> list[tuple[float, ...]]:
    names = ("oriented", "coloured", "sparseness", "orientation limit", "chroma limit")
    return list(zip(*(arm[name] for name in names), strict=True))


def _draw(canvas: Canvas, layout: Layout, study: PhotographStudy) -> None:
    wide = layout == "wide"
    places: list[Any] = (
        [[*SCATTERED], ["rows", "rows"]] if wide else [[arm] for arm in (*SCATTERED, "rows")]
    )
    ratios = [1.25, 1] if wide else [1, 1, 1.05]
    panels = canvas.subplot_mosaic(places, height_ratios=ratios)
    for arm in SCATTERED:
        _scatter(panels[arm], arm, study)
    panels[SCATTERED[0]].set_ylabel("chroma: 0 grey, 1 colour alone")
    if not wide:
        panels[SCATTERED[1]].set_ylabel("chroma")
    rows = {words: study.arms[arm]["oriented"] for arm, (words, *_) in ARMS.items()}
    interval_rows(panels["rows"], rows, [(colour, marker) for _, colour, marker in ARMS.values()])
    panels["rows"].set(xlim=(0, 100), xlabel="filters with a direction, %")


def _scatter(axes: Axes, arm: str, study: PhotographStudy) -> None:
    words, colour, marker = ARMS[arm]
    numbers = study.arms[arm]
    right, top = (mean(numbers[f"{name} limit"]) for name in ("orientation", "chroma"))
    chance = Rectangle((LIMITS[0], LIMITS[0]), right - LIMITS[0], top - LIMITS[0])
    chance.set(facecolor=RULE, linewidth=0, zorder=0)
    axes.add_patch(chance)
    fits = study.each[arm]
    axes.plot(
        np.concatenate([fit["orientation"] for fit in fits]),
        np.concatenate([fit["chroma"] for fit in fits]),
        marker,
        color=colour,
        markersize=3.2,
        markeredgewidth=0,
        alpha=0.75,
    )
    axes.axvline(right, color=MUTED, linewidth=0.8, zorder=0)
    axes.axhline(top, color=MUTED, linewidth=0.8, zorder=0)
    axes.set(xlim=LIMITS, ylim=(LIMITS[0], ABOVE), xlabel="orientation", title=words.capitalize())
    axes.set_xticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.tick_params(length=0)
    style: dict[str, Any] = {"fontsize": SMALL, "color": MUTED}
    axes.text(1.0, top + 0.03, "coloured ↑", ha="right", **style)
    axes.text(right + 0.03, ABOVE - 0.02, "with a direction →", va="top", **style)
