"""A photograph through one kernel: what a reader without JavaScript sees of the playground."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.convolution import cross_correlate
from cnnfilters.figures.drawing.cells import TITLE, Grid, photograph, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import shaded
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import Tiles, scale_bar
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.photographs import load_photograph, photographs
from cnnfilters.words import short


def photograph_edges() -> Figure:
    """A photograph through Sobel's kernel for upright edges.

    Example:
        >>> photograph_edges().table.columns
        ('quantity', 'value')
    """
    name, kernel = "coins", named_kernel("sobel-x").weights
    image = load_photograph(name, grey=True, shrink=3)[0].astype(np.float64)[:84, :112]
    response = cross_correlate(image, kernel)
    limit = float(np.abs(response).max())
    shades = shaded(response, limit=limit, levels=30)
    return Figure(
        plotted(_draw_edges, image, shades, height=3.0, narrow_height=5.5),
        alt=(
            "Coins, and the map of a kernel that is minus on its left and plus on its right: each "
            "coin has a red left rim and a blue right rim. The strongest number is "
            f"{short(limit)}."
        ),
        caption=(
            "Red where brightness grows to the right, blue where it falls. Photograph: "
            f"{photographs()[name].attribution}."
        ),
        table=Table(
            ("quantity", "value"),
            [
                ("least number of the map", float(response.min())),
                ("greatest number of the map", float(response.max())),
                ("sum of the weights", float(kernel.sum())),
            ],
        ),
    )


def _draw_edges(
    canvas: Canvas, layout: Layout, image: Grid, response: Float[np.ndarray, "height width"]
) -> None:
    limit = float(np.abs(response).max())
    scale_bar(canvas, limit=limit, label="answer")
    columns = 2 if layout == "wide" else 1
    tiles = Tiles(layout, columns, gap=0.15, title=0.3, top=TITLE - 0.15)
    tiles = replace(tiles, tall=tiles.side * image.shape[0] / image.shape[1])
    photograph(canvas, tiles.box(0), image, title="photograph")
    picture(canvas, tiles.box(1), response, limit=limit)
