"""The matrix behind a convolution, and its transpose."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.figure import Figure as Canvas

from cnnfilters.convolution import as_matrix
from cnnfilters.figures.drawing.cells import TITLE, Grid, note, numbered
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import INNER, MARGIN, Box
from cnnfilters.words import short

KERNEL = np.arange(1.0, 10).reshape(3, 3)  # nine weights that can be told apart
SIZE = 4  # pixels of the image on a side


def sparse_matrix() -> Figure:
    """The matrix of a 3×3 kernel on a 4×4 image, and its transpose.

    Example:
        >>> sparse_matrix().table.rows[0]
        ('output 0', 1.0, 2.0, 3.0, 0.0, 4.0, 5.0, 6.0, 0.0, 7.0, 8.0, 9.0, 0.0, 0.0, 0.0, 0.0, 0.0)
    """
    matrix = as_matrix(KERNEL, input_size=SIZE)
    rows, columns = matrix.shape
    filled = int((matrix != 0).sum())
    return Figure(
        plotted(_draw_matrix, matrix, height=4.35, narrow_height=4.75),
        alt=(
            f"A matrix of {rows} rows and {columns} columns with {filled} filled cells: each row "
            "holds the kernel's weights 1 to 9, three by three, a step further right than the row "
            f"above. Its transpose has {columns} rows and {rows} columns."
        ),
        caption=(
            f"Forwards, C turns {columns} pixels into {rows} outputs; backwards, its transpose "
            f"turns {rows} gradients into {columns}. {matrix.size - filled} of the {matrix.size} "
            "cells are zero, and the rest are nine numbers."
        ),
        table=Table(
            ("row of C", *(f"pixel {index}" for index in range(columns))),
            [(f"output {index}", *map(float, row)) for index, row in enumerate(matrix)],
        ),
    )


def _weight(value: float) -> str:
    return short(value) if value else ""


def _draw_matrix(canvas: Canvas, layout: Layout, matrix: Grid) -> None:
    rows, columns = matrix.shape
    cell = 0.25 if layout == "wide" else INNER[layout] / columns
    limit = 2 * float(KERNEL.max())  # pale, so that every number is dark
    look: dict[str, Any] = {"limit": limit, "words": _weight}
    numbered(
        canvas,
        Box(MARGIN, TITLE, columns * cell, rows * cell),
        matrix,
        title=f"C, {rows}×{columns}",
        **look,
    )
    top = TITLE + rows * cell + 0.15
    left = WIDTH["wide"] - MARGIN - rows * cell - 0.4 if layout == "wide" else 2.25
    turned = Box(left, TITLE if layout == "wide" else top + TITLE, rows * cell, columns * cell)
    numbered(canvas, turned, matrix.T, title=f"Cᵀ, {columns}×{rows}", **look)
    if layout == "wide":
        note(canvas, MARGIN, top, "one row for each output, one column for each pixel")
    box = Box(MARGIN, top + 0.45 + TITLE, 0.9, 0.9)
    numbered(canvas, box, KERNEL, title="kernel", **look)
    pixels = np.zeros((SIZE, SIZE))
    box = Box(MARGIN + (1.4 if layout == "wide" else 0), box.top, 1.2, 1.2)
    if layout == "narrow":
        box = box._replace(top=top + 0.45 + 2 * TITLE + 1.0)
    numbers = map(str, range(SIZE * SIZE))
    numbered(
        canvas,
        box,
        pixels,
        limit=1,
        title="pixels, as numbered",
        words=lambda _: next(numbers),
    )
