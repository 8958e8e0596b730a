"""One digit's projections as layers turn random, and how alike they stay in all networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.evidence import Interval
from cnnfilters.experiments.randomised_weights import LARGEST, RandomisedWeightsStudy
from cnnfilters.figures.drawing.cells import note, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import KEY, interval_path
from cnnfilters.figures.drawing.style import CATEGORIES, DASHES, INK, MARKERS, SMALL, WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, axes_in, scale_bar, write
from cnnfilters.words import decimal

METHODS = {"gradient": "gradient", "guided": "guided backpropagation", "deconvnet": "deconvnet"}
SHORT = {"gradient": "gradient", "guided": "guided", "deconvnet": "deconvnet"}
STAGES = {
    "trained": "as trained",
    "fc": "fc random",
    "conv2": "conv2, too",
    "conv1": "all random",
    "anew": "other seed",  # nothing random: another training, to hold the rest against
}
COMPARED = tuple(STAGES)[1:]
RANDOM = COMPARED[:-1]
TITLE, GAP, CHART = 0.22, 0.1, 1.6  # inches
LABEL = {"wide": 1.35, "narrow": 0.3}  # left of the pictures
DIGIT = {"wide": 0.85, "narrow": 0.7}
NAME = {"wide": 0.17, "narrow": 0.32}  # of a column, in one line or two
ABOVE_CHART = 0.45
LINE = 0.12  # of a label, in units of correlation
SPREAD = 0.16  # between the methods, of the distance between two stages


def randomised_weights(study: RandomisedWeightsStudy) -> Figure:
    """Pictures of one network before and after, and the measured likeness of all networks.

    Args:
        study: What `cnnfilters.experiments.randomised_weights` measured.
    """
    arm = study.arms["default"]
    alike = {m: {s: Interval.of(arm[f"{m} {s}"]) for s in COMPARED} for m in METHODS}
    fc, every, anew = (
        {method: decimal(alike[method][stage].mean) for method in METHODS}
        for stage in ("fc", "conv1", "anew")
    )
    return Figure(
        plotted(_draw, study, height=_height),
        alt=(
            "A digit's projections, trained and with ever more random layers. Rank correlation "
            f"with the trained picture, last layer random, then all: gradient {fc['gradient']}, "
            f"{every['gradient']}; guided {fc['guided']}, {every['guided']}; deconvnet "
            f"{fc['deconvnet']}, {every['deconvnet']}."
        ),
        caption=(
            "With a random last layer the guided picture keeps a rank correlation of "
            f"{fc['guided']} with what it was, the deconvnet {fc['deconvnet']}, the gradient "
            f"{fc['gradient']}; with another training {anew['guided']}, {anew['deconvnet']} and "
            f"{anew['gradient']}, means of {len(arm['gradient fc'])} networks. {KEY} Each picture "
            "has its own scale."
        ),
        table=Table(
            ("picture", "compared with", "rank correlation", "interval from", "to"),
            [
                (METHODS[method], STAGES[stage], interval.mean, interval.low, interval.high)
                for method, stages in alike.items()
                for stage, interval in stages.items()
            ],
        ),
    )


def _pitch(layout: Layout) -> float:
    """Inches from one column of pictures to the next."""
    return (WIDTH[layout] - MARGIN - LABEL[layout] + GAP) / len(STAGES)


def _head(layout: Layout) -> float:
    """Inches that the digit, the scale and the columns' names take."""
    names = 0.0 if layout == "wide" else NAME[layout]
    return MARGIN + DIGIT[layout] + names + GAP


def _height(layout: Layout) -> float:
    title = 0.0 if layout == "wide" else TITLE
    rows = len(METHODS) * (title + _pitch(layout))
    return _head(layout) + rows + ABOVE_CHART + CHART + MARGIN


def _draw(canvas: Canvas, layout: Layout, study: RandomisedWeightsStudy) -> None:
    pictures = study.pictures
    digit = Box(MARGIN, MARGIN, DIGIT[layout], DIGIT[layout])
    picture(canvas, digit, np.array(pictures["digit"]))
    note(canvas, digit.left + digit.width + GAP, 0.3, f"read as {pictures['answer']}")
    scale_bar(canvas, limit=1, label="of its largest", width=0.7)
    top = _head(layout)
    for column, title in enumerate(STAGES.values()):
        words = title if layout == "wide" else title.replace(" ", "\n")
        note(canvas, LABEL[layout] + column * _pitch(layout), top - NAME[layout], words)
    top += 0.04
    for method in METHODS:
        top = _row(canvas, layout, top, method, pictures["projections"][method])
    width = WIDTH[layout] - MARGIN - LABEL[layout]
    box = Box(LABEL[layout], top + ABOVE_CHART - GAP, width, CHART)
    _chart(axes_in(canvas, box), layout, study.arms["default"])


def _row(
    canvas: Canvas, layout: Layout, top: float, method: str, stages: Mapping[str, Any]
) -> float:
    """One method's pictures; where the next row begins."""
    side = _pitch(layout) - GAP
    if layout == "narrow":
        write(canvas, LABEL[layout], top, METHODS[method])
        top += TITLE
    else:
        write(canvas, MARGIN, top + side / 2 - 0.1, METHODS[method].replace(" ", "\n"))
    for column, stage in enumerate(STAGES):
        box = Box(LABEL[layout] + column * _pitch(layout), top, side, side)
        picture(canvas, box, np.array(stages[stage]) / LARGEST, limit=1)
    return top + side + GAP


def _chart(axes: Axes, layout: Layout, arm: Mapping[str, Any]) -> None:
    """Below each column of pictures, how alike they are to the trained one, in all networks."""
    middle = (1 - GAP / _pitch(layout)) / 2
    begins = [float(np.mean(arm[f"{method} {RANDOM[0]}"])) for method in METHODS]
    names = dict(zip(METHODS, apart(begins), strict=True))
    for index, method in enumerate(METHODS):
        shift = middle + SPREAD * (index - 1)
        places = [stage + shift for stage in range(1, len(STAGES))]
        networks = [arm[f"{method} {stage}"] for stage in COMPARED]
        look = {"colour": CATEGORIES[index], "marker": MARKERS[index], "dash": DASHES[index]}
        interval_path(axes, places, networks, joined=len(RANDOM), **look)
        words = METHODS[method] if layout == "wide" else SHORT[method]
        left = 1 + middle - 1.5 * SPREAD
        axes.text(left, names[method], words, ha="right", va="center", fontsize=SMALL)
    axes.set(xlim=(0, len(STAGES) - GAP / _pitch(layout)), ylim=(0, 1), xticks=[])
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="y")
    axes.set_axisbelow(True)
    axes.spines[["left", "bottom"]].set_visible(False)
    axes.set_title("rank correlation with the trained picture", color=INK)


def apart(heights: Sequence[float], *, least: float = LINE) -> list[float]:
    """The same heights, moved down where two labels would touch.

    Example:
        >>> apart([0.5, 0.8, 0.75], least=0.25)
        [0.3, 0.8, 0.55]
    """
    moved = list(heights)
    order = sorted(range(len(moved)), key=lambda index: -moved[index])
    for above, below in pairwise(order):
        moved[below] = round(min(moved[below], moved[above] - least), 6)
    return moved
