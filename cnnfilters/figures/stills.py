"""What a reader without JavaScript sees in place of a widget: a few of its states."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.convolution import cross_correlate
from cnnfilters.figures.cells import TITLE, Grid, frame, numbered, photograph, picture
from cnnfilters.figures.figure import Figure, plotted
from cnnfilters.figures.sheets import Box, scale_bar
from cnnfilters.figures.style import WIDTH, Layout
from cnnfilters.figures.table import Table
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.photographs import load_photograph, photographs
from cnnfilters.words import short

MARGIN, GAP = 0.05, 0.3
IMAGE = np.array([[0, 0, 1, 2, 1], [0, 1, 2, 1, 0], [0, 2, 1, 0, 0], [1, 2, 0, 0, 0]]) / 2
KERNEL = named_kernel("prewitt-x").weights
CELL = {"wide": 0.4, "narrow": 0.31}  # inches


def sliding_window() -> Figure:
    """Three steps of a window over a small image, with the map as far as it has come.

    Returns:
        The figure.

    Example:
        >>> sliding_window().table.rows[0]
        ('row 0', 2.0, 0.0, -1.5)
    """
    response = cross_correlate(IMAGE, KERNEL)
    steps = (0, 1, response.size - 1)
    first, last = short(response.flat[0]), short(response.flat[-1])
    return Figure(
        plotted(
            lambda canvas, layout: _draw_steps(canvas, layout, response, steps),
            height=3.35,
            narrow_height=5.95,
        ),
        alt=(
            f"Steps 1, 2 and {response.size} of a 3×3 window over an image of 4×5 pixels. Each "
            f"step fills one number of a map of 2×3, row by row, from {first} to {last}."
        ),
        caption=(
            f"The window moves by one pixel a step, {response.shape[1]} steps in each of "
            f"{response.shape[0]} rows. Prewitt's kernel: right column minus left column."
        ),
        table=Table(
            ("row of the map", *(f"column {index}" for index in range(response.shape[1]))),
            [(f"row {index}", *map(float, row)) for index, row in enumerate(response)],
        ),
    )


def _draw_steps(canvas: Canvas, layout: Layout, response: Grid, steps: tuple[int, ...]) -> None:
    cell, limit = CELL[layout], float(np.abs(response).max())
    height, width = (size * cell for size in IMAGE.shape)
    for index, step in enumerate(steps):
        row, column = divmod(step, response.shape[1])
        done = np.where(np.arange(response.size).reshape(response.shape) <= step, response, 0.0)
        if layout == "wide":
            left, top = MARGIN + index * (width + GAP + 0.15), TITLE
            below = Box(left, top + height + 0.2 + TITLE, width * 3 / 5, height / 2)
        else:
            left, top = MARGIN, TITLE + index * (height + GAP + TITLE + 0.3)
            below = Box(left + width + GAP, top, width * 3 / 5, height / 2)
        axes = numbered(canvas, Box(left, top, width, height), IMAGE, title=f"step {step + 1}")
        frame(axes, row=row, column=column, height=3, width=3)
        axes = numbered(canvas, below, done, limit=limit, title="map")
        for later in range(step + 1, response.size):
            axes.texts[later].set_text("")
        frame(axes, row=row, column=column, height=1, width=1)


def photograph_edges() -> Figure:
    """A photograph through Sobel's kernel for upright edges.

    Returns:
        The figure.

    Example:
        >>> photograph_edges().table.columns
        ('quantity', 'value')
    """
    name, kernel = "coins", named_kernel("sobel-x").weights
    image = load_photograph(name, grey=True, shrink=3)[0].astype(np.float64)[:84, :112]
    response = cross_correlate(image, kernel)
    limit = float(np.abs(response).max())
    shades = np.round(response / limit * 30) / 30 * limit  # fewer shades, fewer bytes
    return Figure(
        plotted(
            lambda canvas, layout: _draw_edges(canvas, layout, image, shades),
            height=3.0,
            narrow_height=5.5,
        ),
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
    wide = layout == "wide"
    width = (WIDTH[layout] - 2 * MARGIN - 0.15) / 2 if wide else WIDTH[layout] - 2 * MARGIN
    height = width * image.shape[0] / image.shape[1]
    scale_bar(canvas, right=WIDTH[layout] - MARGIN, top=0.05, limit=limit, label="answer")
    first = Box(MARGIN, 0.15 + TITLE, width, height)
    photograph(canvas, first, image, title="photograph")
    left, top = (MARGIN + width + 0.15, first.top) if wide else (MARGIN, first.top + height + 0.3)
    picture(canvas, Box(left, top, width, height), response, limit=limit, title="")
