"""Cross-correlation beside convolution: the maps of a 7."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.flipping import flip_correlation
from cnnfilters.convolution import convolve, cross_correlate
from cnnfilters.digits import MEAN, STD, Digits
from cnnfilters.facts.feature_maps import shown
from cnnfilters.figures.drawing.cells import TITLE, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import Box
from cnnfilters.figures.drawing.style import WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.run import Run
from cnnfilters.words import decimal

MARGIN, GAP = 0.05, 0.15


def _side(layout: Layout, columns: int) -> float:
    return (WIDTH[layout] - 2 * MARGIN - (columns - 1) * GAP) / columns


class _Row(NamedTuple):
    """One kernel, its two maps, and how alike they are."""

    name: str
    kernel: Float[np.ndarray, "height width"]
    maps: tuple[Float[np.ndarray, "rows columns"], Float[np.ndarray, "rows columns"]]
    alike: float


HAND_MADE = {"edge": "sobel-x", "line": "line-upright", "spot": "laplacian"}


def flip_seven(run: Run, digits: Digits) -> Figure:
    """A 7 through three designed kernels and a learned one, each as it stands and flipped.

    Args:
        run: A training of `SmallCNN`; its kernel that the flip changes most is taken.
        digits: Where the 7 comes from.

    Returns:
        The figure.
    """
    image = (shown(digits).astype(np.float64) - MEAN) / STD
    learned = run.kernels().astype(np.float64)
    least = int(np.abs(flip_correlation(image[None], learned[:, None])).argmin())
    kernels = {name: named_kernel(kernel).weights for name, kernel in HAND_MADE.items()}
    kernels["learned"] = learned[least]
    rows = [
        _Row(
            name,
            kernel,
            (cross_correlate(image, kernel), convolve(image, kernel)),
            float(flip_correlation(image[None], kernel[None, None])[0]),
        )
        for name, kernel in kernels.items()
    ]
    words = {row.name: decimal(row.alike) for row in rows}
    height = {layout: _seven_height(layout, len(rows)) for layout in ("wide", "narrow")}
    return Figure(
        plotted(
            lambda canvas, layout: _draw_seven(canvas, layout, rows, words),
            height=height["wide"],
            narrow_height=height["narrow"],
        ),
        alt=(
            "A 7 through four kernels, with and without a flip. The correlation of the two maps is "
            f"{words['edge']} for an edge, {words['line']} for a line, {words['spot']} for a spot "
            f"and {words['learned']} for a learned kernel."
        ),
        caption=(
            "The flip turns the sign of an edge kernel and leaves a symmetric kernel alone. A "
            f"learned kernel is neither: here the two maps correlate by r = {words['learned']}."
        ),
        table=Table(
            ("kernel", "correlation of the two maps"), [(row.name, row.alike) for row in rows]
        ),
    )


def _seven_side(layout: Layout, rows: int) -> float:
    columns = rows if layout == "wide" else 3
    return _side(layout, columns)


def _seven_height(layout: Layout, rows: int) -> float:
    if layout == "wide":
        return 2 * TITLE + 0.95 + 2 * (TITLE + _seven_side(layout, rows) + 0.1)
    return 0.3 + rows * (TITLE + _seven_side(layout, rows) + 0.1)


def _draw_seven(canvas: Canvas, layout: Layout, rows: list[_Row], words: dict[str, str]) -> None:
    """Kernels side by side with their maps below; on a phone one kernel a row."""
    side = _seven_side(layout, len(rows))
    for index, row in enumerate(rows):
        limit = float(np.abs(row.maps).max())
        title = f"{row.name}, r = {words[row.name]}"
        weights = float(np.abs(row.kernel).max())
        if layout == "wide":
            left = MARGIN + index * (side + GAP)
            picture(canvas, Box(left, TITLE, 0.9, 0.9), row.kernel, limit=weights, title=title)
            boxes = [
                Box(left, 0.95 + (2 + line) * TITLE + line * (side + 0.1), side, side)
                for line in range(2)
            ]
            titles = ("cross-correlation", "convolution") if index == 0 else ("", "")
        else:
            top = 0.3 + TITLE + index * (TITLE + side + 0.1)
            small = Box(MARGIN, top, side, side)
            picture(canvas, small, row.kernel, limit=weights, title=title)
            boxes = [Box(MARGIN + k * (side + GAP), top, side, side) for k in (1, 2)]
            titles = ("cross-correlation", "convolution") if index == 0 else ("", "")
        for box, values, words_above in zip(boxes, row.maps, titles, strict=True):
            picture(canvas, box, values, limit=limit, title=words_above)
