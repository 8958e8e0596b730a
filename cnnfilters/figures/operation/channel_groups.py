"""Groups take some of a filter's kernels away."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure as Canvas

from cnnfilters.arithmetic import ConvGeometry, Convolution
from cnnfilters.figures.drawing.cells import TITLE, note
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import bare
from cnnfilters.figures.drawing.style import CATEGORIES, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import Tiles, axes_in, write

GAP, BELOW = 0.3, 0.63  # inches between squares, and of two notes under each


WIDE_LAYER, SIDE = 8, 14  # channels in and out, and side of the maps
GROUPS = (1, 2, 4, 8)


def channel_groups() -> Figure:
    """Which input channels each filter sees, and what that costs, for one to eight groups.

    Example:
        >>> channel_groups().table.rows[0]
        ('1', 576, 8, 112896)
    """
    layers = {
        count: Convolution(WIDE_LAYER, WIDE_LAYER, ConvGeometry(3, padding=1, groups=count))
        for count in GROUPS
    }
    weights = {count: layer.weights for count, layer in layers.items()}
    macs = {count: layer.macs((WIDE_LAYER, SIDE, SIDE)) for count, layer in layers.items()}
    most = GROUPS[-1]
    return Figure(
        plotted(_draw_groups, weights, macs, height=2.4, narrow_height=4.45),
        alt=(
            f"Squares of {WIDE_LAYER} filters by {WIDE_LAYER} channels; filled where a filter sees "
            f"a channel. One group fills the square, with {weights[1]} weights; {most} groups only "
            f"its diagonal, with {weights[most]}."
        ),
        caption=(
            f"A 3×3 layer from {WIDE_LAYER} channels to {WIDE_LAYER}, on maps of {SIDE}×{SIDE}. "
            f"Each doubling of the groups halves the weights and the multiplications, from "
            f"{macs[1]:,} to {macs[most]:,}."
        ),
        table=Table(
            ("groups", "weights", "biases", "multiplications"),
            [(str(count), weights[count], WIDE_LAYER, macs[count]) for count in GROUPS],
        ),
    )


def _draw_groups(
    canvas: Canvas, layout: Layout, weights: dict[int, int], macs: dict[int, int]
) -> None:
    tiles = Tiles(layout, 4 if layout == "wide" else 2, gap=GAP, title=TITLE, below=BELOW)
    for index, count in enumerate(GROUPS):
        box = tiles.box(index)
        sees = np.kron(np.eye(count), np.ones((WIDE_LAYER // count,) * 2))
        axes = axes_in(canvas, box)
        place: dict[str, Any] = {"linewidth": 0.8, "edgecolor": "#fffffe", "color": CATEGORIES[0]}
        rows, filled = np.nonzero(sees)
        axes.bar(filled, 1, bottom=rows, width=1, align="edge", **place)
        axes.set(xlim=(0, WIDE_LAYER), ylim=(WIDE_LAYER, 0))
        bare(axes, frame=True)
        words = "1 group" if count == 1 else f"{count} groups"
        write(canvas, box.left, box.top - TITLE, words)
        note(canvas, box.left, box.bottom + 0.06, f"{weights[count]} weights")
        note(canvas, box.left, box.bottom + 0.24, f"{macs[count]:,} products")
