"""One number of a feature map: the window, the kernel, the products and their sum."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import shown
from cnnfilters.analysis.operation import DotProduct, dot_product_at
from cnnfilters.convolution import cross_correlate
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.cells import TITLE, frame, note, numbered, picture, sign
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import Box, scale_bar, write
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.words import short

GAP = 0.3  # inches, with a sign in its middle
HEAD = 0.3
SIDE = {"wide": 2.25, "narrow": 1.5}  # of the digit
CELLS = {"wide": 1.5, "narrow": 1.4}  # of a grid of 3 by 3


class _Scene(NamedTuple):
    digit: Float[np.ndarray, "28 28"]
    response: Float[np.ndarray, "26 26"]
    row: int
    column: int
    dot: DotProduct


def one_window(digits: Digits) -> Figure:
    """The strongest response of an edge kernel to the first held-out 7, taken apart.

    Args:
        digits: Where the 7 comes from.

    Example:
        >>> import numpy as np
        >>> bar = np.zeros((1, 28, 28))
        >>> bar[0, 4:24, 14] = 1  # an upright stroke, called a 7
        >>> digits = Digits("sample", *[bar, np.array([7])] * 2, checksum="")
        >>> print(one_window(digits).caption)
        Nine pixels times nine weights, added up, are 4: one of the 676 numbers of this map, and its
        largest.
    """
    digit, kernel = shown(digits).astype(float).round(2), named_kernel("sobel-x").weights
    response = cross_correlate(digit, kernel)
    row, column = map(int, np.unravel_index(response.argmax(), response.shape))
    dot = dot_product_at(digit, kernel, row=row, column=column)
    scene = _Scene(digit, response, row, column, dot)
    return Figure(
        plotted(_draw, scene, height=4.75, narrow_height=5.7),
        alt=(
            f"A 7 with a frame round 3×3 pixels at row {row}, column {column}; these pixels; the "
            "kernel, minus on its left and plus on its right; nine products; and the map, where "
            f"their sum, {short(dot.total)}, is one number."
        ),
        caption=(
            f"Nine pixels times nine weights, added up, are {short(dot.total)}: one of the "
            f"{response.size} numbers of this map, and its largest."
        ),
        table=Table(
            ("place in the window", "pixel", "weight", "product"),
            [
                (
                    f"row {m}, column {n}",
                    float(dot.window[m, n]),
                    float(dot.kernel[m, n]),
                    float(dot.products[m, n]),
                )
                for m, n in np.ndindex(dot.kernel.shape)
            ],
        ),
    )


def _draw(canvas: Canvas, layout: Layout, scene: _Scene) -> None:
    limit = float(np.abs(scene.response).max())
    side = SIDE[layout]
    small = side * 26 / 28  # the map, on the digit's own scale
    lefts = _lefts(layout)
    top = HEAD + TITLE
    place = {"row": scene.row, "column": scene.column}
    scale_bar(canvas, limit=limit, label="response")
    axes = picture(canvas, Box(lefts[0], top, side, side), scene.digit, title="image, 28×28")
    frame(axes, **place, height=3, width=3)
    box = Box(lefts[-1], top, small, small)
    axes = picture(canvas, box, scene.response, limit=limit, title="map, 26×26")
    frame(axes, **place, height=1, width=1)
    _sum(canvas, layout, scene.dot, top + side + 0.2)


def _sum(canvas: Canvas, layout: Layout, dot: DotProduct, top: float) -> None:
    """Window × kernel = products, and their sum."""
    cells = CELLS[layout]
    top += TITLE
    boxes = [Box(left, top, cells, cells) for left in _lefts(layout)]
    if layout == "narrow":
        boxes.append(Box(boxes[0].left, top + cells + 0.2 + TITLE, cells, cells))
    limit = max(float(np.abs(part).max()) for part in (dot.kernel, dot.products))
    numbered(canvas, boxes[0], dot.window, title="window")
    numbered(canvas, boxes[1], dot.kernel, limit=limit, title="kernel")
    numbered(canvas, boxes[2], dot.products, limit=limit, title="products")
    sign(canvas, _before(boxes[1]), "×")
    if layout == "wide":
        sign(canvas, _before(boxes[2]), "=")
    end = boxes[2].left + cells + 0.15
    middle = boxes[2].top + cells / 2
    note(canvas, end, middle - 0.26, "their sum")
    write(canvas, end, middle - 0.06, short(dot.total), fontsize=16, fontweight="bold")


def _lefts(layout: Layout) -> list[float]:
    """Where the grids of a row begin; the digit stands over the first, its map over the last."""
    columns, beside = (3, 1.1) if layout == "wide" else (2, 0)
    step = CELLS[layout] + GAP
    left = (WIDTH[layout] - columns * step + GAP - beside) / 2
    return [left + index * step for index in range(columns)]


def _before(box: Box) -> Box:
    return Box(box.left - GAP, box.top, GAP, box.height)
