"""Both gradients of a convolution as convolutions."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.operation import finite_differences
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import cross_correlate, input_gradient, kernel_gradient
from cnnfilters.figures.drawing.cells import TITLE, Grid, numbered, sign
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Cell, Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box
from cnnfilters.words import short

GAP = 0.34  # inches, with a sign in its middle


IMAGE = np.array([[1.0, 0, 2, 1], [0, 3, 1, 0], [2, 1, 0, 1], [0, 1, 2, 0]])
WEIGHTS = np.array([[1.0, 2], [0, -1]])
UPSTREAM = np.array([[1.0, 0, -1], [0, 2, 0], [0, 0, 1]])


class _Gradients(NamedTuple):
    """Both gradients, and how far nudging each number is from them."""

    of_kernel: Float[np.ndarray, "2 2"]
    of_image: Float[np.ndarray, "4 4"]
    off: float


def gradients() -> Figure:
    """Both gradients of a small convolution, drawn as the convolutions that they are.

    Example:
        >>> gradients().table.rows[0]
        ('kernel, row 0', 5.0, 2.0, '–', '–')
    """
    found = _gradients()
    return Figure(
        plotted(_draw_gradients, found, height=3.85, narrow_height=6.85),
        alt=(
            "Above, the 3×3 upstream gradient slides over a 4×4 image and gives the kernel's, "
            f"{_in_words(found.of_kernel)}. Below, the flipped kernel slides over the upstream "
            "gradient with zeros round it and gives the image's, 4×4."
        ),
        caption=(
            f"Nudging each of the {WEIGHTS.size} weights and {IMAGE.size} pixels gives the same "
            f"slopes, to within {'a millionth' if found.off < 1e-6 else f'{found.off:.2g}'}."
        ),
        table=Table(
            ("gradient and row", *(f"column {index}" for index in range(4))),
            _rows("kernel", found.of_kernel, "–", "–") + _rows("image", found.of_image),
        ),
    )


def _rows(name: str, values: Grid, *rest: str) -> list[tuple[Cell, ...]]:
    return [(f"{name}, row {index}", *map(float, row), *rest) for index, row in enumerate(values)]


def _gradients() -> _Gradients:
    geometry = ConvGeometry(2)
    of_kernel = kernel_gradient(UPSTREAM, IMAGE, geometry=geometry)
    of_image = input_gradient(UPSTREAM, WEIGHTS, input_size=IMAGE.shape)

    def loss(image: Grid, kernel: Float[np.ndarray, "height width"]) -> float:
        return float((cross_correlate(image, kernel) * UPSTREAM).sum())

    nudged_kernel = finite_differences(lambda kernel: loss(IMAGE, kernel), WEIGHTS)
    nudged_image = finite_differences(lambda image: loss(image, WEIGHTS), IMAGE)
    off = max(
        float(np.abs(nudged_kernel - of_kernel).max()), float(np.abs(nudged_image - of_image).max())
    )
    return _Gradients(of_kernel, of_image, off)


def _in_words(values: Grid) -> str:
    return ", ".join(short(value) for value in values.ravel())


def _draw_gradients(canvas: Canvas, layout: Layout, found: _Gradients) -> None:
    padded = np.pad(UPSTREAM, 1)
    flipped = WEIGHTS[::-1, ::-1]
    lines = (
        {"image": IMAGE, "upstream gradient": UPSTREAM, "gradient of the kernel": found.of_kernel},
        {
            "upstream, zeros round it": padded,
            "kernel, flipped": flipped,
            "gradient of the image": found.of_image,
        },
    )
    cell = 0.33 if layout == "wide" else 0.3
    second = 4 * cell + 0.55 if layout == "wide" else 7 * cell + 0.9
    for top, grids in zip((TITLE, TITLE + second), lines, strict=True):
        _equation(canvas, layout, grids, top=top, cell=cell)


def _equation(
    canvas: Canvas, layout: Layout, grids: dict[str, Grid], *, top: float, cell: float
) -> None:
    """Grid ★ grid = grid; on a phone the result stands below."""
    limit = 2 * max(float(np.abs(grid).max()) for grid in grids.values())
    left, tallest = MARGIN, max(len(grid) for grid in list(grids.values())[:2]) * cell
    for index, (title, grid) in enumerate(grids.items()):
        height, width = (size * cell for size in grid.shape)
        if index == 2 and layout == "narrow":
            left, top = MARGIN + GAP, top + tallest + 0.15 + TITLE
            sign(canvas, Box(MARGIN, top, GAP, 2 * cell), "=")
        elif index:
            sign(canvas, Box(left - GAP, top, GAP, 2 * cell), " ★="[index])
        box = Box(left, top, width, height)
        numbered(canvas, box, grid, limit=limit, title=title)
        left += max(width, 1.35 if layout == "wide" else width) + GAP
