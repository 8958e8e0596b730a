"""Units of the second layer, and what in their strongest patch made them answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.cells import note, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import Box, scale_bar, write
from cnnfilters.figures.drawing.style import WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.words import decimal

MARGIN, HEAD, TITLE, GAP, APART = 0.05, 0.34, 0.21, 0.1, 0.3  # inches
IN_A_LINE = {"wide": 6, "narrow": 3}
ROWS = {
    "patch": "the patch",
    "gradient": "gradient",
    "guided": "guided backpropagation",
    "deconvnet": "deconvnet",
}

Pictures = Mapping[str, Float[np.ndarray, "units side side"]]


def projections(study: Mapping[str, Any]) -> Figure:
    """The strongest patch of some units with its gradient, its guided picture and its deconvnet.

    Args:
        study: What `cnnfilters.experiments.randomised_weights` measured.

    Returns:
        The figure.
    """
    units = study["units"]
    pictures = {name: np.array(units["pictures"][name], dtype=float) for name in ROWS}
    alike = {method: float(np.mean(every)) for method, every in units["agreement"].items()}
    count = len(units["agreement"]["guided"])
    negative = {m: float((pictures[m] < 0).mean()) for m in ("gradient", "guided", "deconvnet")}
    return Figure(
        plotted(
            lambda canvas, layout: _draw(canvas, layout, units, pictures),
            height=_height("wide", len(units["shown"])),
            narrow_height=_height("narrow", len(units["shown"])),
        ),
        alt=(
            f"{len(units['shown'])} units of conv2, each with its strongest patch and three "
            "pictures of what made it answer: red where the strokes lie, blue beside them. Over "
            f"all {count} units, guided pictures have a rank correlation of "
            f"{decimal(alike['guided'])} with gradients."
        ),
        caption=(
            "Three ways back from a unit to the pixels, all on one scale. They agree on where ink "
            f"helps (red) and where it harms (blue), not in detail: over all {count} units, the "
            f"rank correlation with the gradient is {decimal(alike['guided'])} for guided "
            f"backpropagation and {decimal(alike['deconvnet'])} for the deconvnet."
        ),
        table=Table(
            ("picture", "least", "most", "pixels below zero, %"),
            [
                (ROWS[m], float(pictures[m].min()), float(pictures[m].max()), 100 * share)
                for m, share in negative.items()
            ],
        ),
    )


def _side(layout: Layout) -> float:
    """Inches of one picture."""
    columns = IN_A_LINE[layout]
    return (WIDTH[layout] - 2 * MARGIN - (columns - 1) * GAP) / columns


def _height(layout: Layout, count: int) -> float:
    groups = -(-count // IN_A_LINE[layout])
    rows = groups * len(ROWS) * (TITLE + _side(layout) + GAP)
    return HEAD + rows + (groups - 1) * APART + MARGIN


def _draw(canvas: Canvas, layout: Layout, units: Mapping[str, Any], pictures: Pictures) -> None:
    signed = [every for name, every in pictures.items() if name != "patch"]
    limit = max(float(np.abs(every).max()) for every in signed)
    scale_bar(
        canvas,
        right=WIDTH[layout] - MARGIN,
        top=0.05,
        limit=limit,
        label="response for each unit of ink" if layout == "wide" else "response / ink",
    )
    columns, side, top = IN_A_LINE[layout], _side(layout), HEAD
    for first in range(0, len(units["shown"]), columns):
        part = range(first, min(first + columns, len(units["shown"])))
        for name, title in ROWS.items():
            _row(canvas, layout, top, [pictures[name][index] for index in part], title, limit)
            if name == "patch":
                _name_units(canvas, layout, top, [units["shown"][index] for index in part])
            top += TITLE + side + GAP
        top += APART


def _row(
    canvas: Canvas,
    layout: Layout,
    top: float,
    row: list[Float[np.ndarray, "side side"]],
    title: str,
    limit: float,
) -> None:
    side = _side(layout)
    if title != ROWS["patch"]:
        write(canvas, MARGIN, top, title)
    for column, values in enumerate(row):
        box = Box(MARGIN + column * (side + GAP), top + TITLE, side, side)
        picture(canvas, box, values, limit=None if title == ROWS["patch"] else limit)


def _name_units(canvas: Canvas, layout: Layout, top: float, names: list[int]) -> None:
    for column, name in enumerate(names):
        note(canvas, MARGIN + column * (_side(layout) + GAP), top + 0.02, f"unit {name + 1}")
