"""Three steps of a window: what a reader without JavaScript sees of the stepper."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure as Canvas

from cnnfilters.convolution import cross_correlate
from cnnfilters.figures.drawing.cells import TITLE, Grid, frame, numbered
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.words import short

GAP = 0.3  # inches
IMAGE = np.array([[0, 0, 1, 2, 1], [0, 1, 2, 1, 0], [0, 2, 1, 0, 0], [1, 2, 0, 0, 0]]) / 2
KERNEL = named_kernel("prewitt-x").weights
CELL = {"wide": 0.4, "narrow": 0.31}  # inches


def sliding_window() -> Figure:
    """Three places of a window over a small image, with the map as far as it has come.

    Example:
        >>> sliding_window().table.rows[0]
        ('row 0', 2.0, 0.0, -1.5)
    """
    response = cross_correlate(IMAGE, KERNEL)
    steps = (0, 1, response.size - 1)
    first, last = short(response.flat[0]), short(response.flat[-1])
    return Figure(
        plotted(_draw_steps, response, steps, height=3.35, narrow_height=5.95),
        alt=(
            f"The first, the second and the last of {response.size} places of a 3×3 window over an "
            f"image of 4×5 pixels. Each fills one number of a map of 2×3, row by row, from {first} "
            f"to {last}."
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
        axes = numbered(
            canvas, Box(left, top, width, height), IMAGE, title=f"row {row}, column {column}"
        )
        frame(axes, row=row, column=column, height=3, width=3)
        axes = numbered(canvas, below, done, limit=limit, title="map")
        for later in range(step + 1, response.size):
            axes.texts[later].set_text("")
        frame(axes, row=row, column=column, height=1, width=1)
