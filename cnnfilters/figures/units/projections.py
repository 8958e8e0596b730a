"""Units of the second layer, and what in their strongest patch made them answer."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.experiments.randomised_weights import RandomisedWeightsStudy
from cnnfilters.figures.drawing.cells import note, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Tiles, scale_bar, write
from cnnfilters.words import decimal

HEAD, TITLE, GAP, APART = 0.34, 0.21, 0.1, 0.3  # inches
IN_A_LINE = {"wide": 6, "narrow": 3}
ROWS = {
    "patch": "the patch",
    "gradient": "gradient",
    "guided": "guided backpropagation",
    "deconvnet": "deconvnet",
}

Pictures = Mapping[str, Float[np.ndarray, "units side side"]]


def projections(study: RandomisedWeightsStudy) -> Figure:
    """The strongest patch of some units with its gradient, its guided picture and its deconvnet.

    Args:
        study: What `cnnfilters.experiments.randomised_weights` measured.
    """
    units = study.units
    pictures = {name: np.array(units["pictures"][name], dtype=float) for name in ROWS}
    alike = {method: float(np.mean(every)) for method, every in units["agreement"].items()}
    count = len(units["agreement"]["guided"])
    negative = {m: float((pictures[m] < 0).mean()) for m in ("gradient", "guided", "deconvnet")}
    return Figure(
        plotted(_draw, units, pictures, height=lambda layout: _height(layout, len(units["shown"]))),
        alt=(
            f"{len(units['shown'])} units of conv2, each with its strongest patch and three "
            "pictures of what made it answer: red where the strokes lie, blue beside them. Over "
            f"all {count} units, guided pictures have a rank correlation of "
            f"{decimal(alike['guided'])} with gradients."
        ),
        caption=(
            "Three ways back from a unit to the pixels, all on one scale: red where ink helps, "
            "blue where it harms. They look alike at first sight, not in detail: over all "
            f"{count} units, the rank correlation with the gradient is "
            f"{decimal(alike['guided'])} for guided backpropagation and "
            f"{decimal(alike['deconvnet'])} for the deconvnet."
        ),
        table=Table(
            ("picture", "least", "most", "pixels below zero, %"),
            [
                (ROWS[m], float(pictures[m].min()), float(pictures[m].max()), 100 * share)
                for m, share in negative.items()
            ],
        ),
    )


def _tiles(layout: Layout, group: int = 0) -> Tiles:
    """Places for a group of units, with all pictures of a unit below one another."""
    tiles = Tiles(layout, IN_A_LINE[layout], gap=GAP, title=TITLE, below=GAP, top=HEAD)
    return tiles.group(group, rows=len(ROWS), apart=APART)


def _height(layout: Layout, count: int) -> float:
    columns = IN_A_LINE[layout]
    return _tiles(layout, -(-count // columns) - 1).height(len(ROWS) * columns) + MARGIN


def _draw(canvas: Canvas, layout: Layout, units: Mapping[str, Any], pictures: Pictures) -> None:
    limit = max(float(np.abs(pictures[name]).max()) for name in ROWS if name != "patch")
    label = "response for each unit of ink" if layout == "wide" else "response / ink"
    scale_bar(canvas, limit=limit, label=label)
    shown, columns = units["shown"], IN_A_LINE[layout]
    for group, first in enumerate(range(0, len(shown), columns)):
        tiles = _tiles(layout, group)
        for line, (name, title) in enumerate(ROWS.items()):
            for column, unit in enumerate(shown[first : first + columns]):
                box = tiles.box(line * columns + column)
                if name == "patch":
                    note(canvas, box.left, box.top - TITLE + 0.02, f"unit {unit}")
                elif column == 0:
                    write(canvas, MARGIN, box.top - TITLE, title)
                values = pictures[name][first + column]
                picture(canvas, box, values, limit=None if name == "patch" else limit)
