"""Cross-correlation beside convolution: the maps of a 7."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import shown
from cnnfilters.analysis.operation import flip_correlation
from cnnfilters.convolution import convolve, cross_correlate
from cnnfilters.digits import MEAN, STD, Digits
from cnnfilters.figures.drawing.cells import TITLE, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, Box, Tiles
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.run import Run
from cnnfilters.words import decimal

GAP, BELOW = 0.15, 0.1  # inches
KERNEL = 0.9  # inches of a kernel that stands over its two maps


class _Row(NamedTuple):
    """One kernel, its two maps, and how alike they are."""

    name: str
    kernel: Float[np.ndarray, "height width"]
    maps: tuple[Float[np.ndarray, "rows columns"], Float[np.ndarray, "rows columns"]]
    alike: float


HAND_MADE = {"edge": "sobel-x", "line": "line-upright", "spot": "laplacian"}
SHOWN = len(HAND_MADE) + 1


def flip_seven(run: Run, digits: Digits) -> Figure:
    """A 7 through three designed kernels and a learned one, each as it stands and flipped.

    Args:
        run: A training of `SmallCNN`; its kernel that the flip changes most is taken.
        digits: Where the 7 comes from.

    Example:
        >>> bar = np.zeros((1, 28, 28))
        >>> bar[0, 4:24, 14] = 1  # an upright stroke, called a 7
        >>> digits = Digits("sample", *[bar, np.array([7])] * 2, checksum="")
        >>> weights = {"conv1.weight": np.array([[-1.0, 2.0, -1.0]] * 3).reshape(1, 1, 1, 3, 3)}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> {name: round(alike, 6) for name, alike in flip_seven(run, digits).table.rows}
        {'edge': -1.0, 'line': 1.0, 'spot': 1.0, 'learned': 1.0}
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
    return Figure(
        plotted(_draw_seven, rows, words, height=_height),
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


def _tiles(layout: Layout) -> Tiles:
    """Kernels side by side with their maps below; on a phone one kernel a row."""
    if layout == "wide":
        return Tiles(layout, SHOWN, gap=GAP, title=TITLE, below=BELOW, top=TITLE + KERNEL + 0.05)
    return Tiles(layout, 3, gap=GAP, title=TITLE, below=BELOW, top=HEAD)


def _height(layout: Layout) -> float:
    tiles = _tiles(layout)
    return tiles.height(2 * SHOWN) + TITLE if layout == "wide" else tiles.height(3 * SHOWN)


def _draw_seven(canvas: Canvas, layout: Layout, rows: list[_Row], words: dict[str, str]) -> None:
    tiles = _tiles(layout)
    for index, row in enumerate(rows):
        if layout == "wide":
            small = Box(tiles.left(index), TITLE, KERNEL, KERNEL)
            places = (index, index + SHOWN)
        else:
            small = tiles.box(3 * index)
            places = (3 * index + 1, 3 * index + 2)
        weights, limit = (float(np.abs(part).max()) for part in (row.kernel, row.maps))
        title = f"{row.name}, r = {words[row.name]}"
        picture(canvas, small, row.kernel, limit=weights, title=title)
        titles = ("cross-correlation", "convolution") if index == 0 else ("", "")
        for place, values, words_above in zip(places, row.maps, titles, strict=True):
            picture(canvas, tiles.box(place), values, limit=limit, title=words_above)
