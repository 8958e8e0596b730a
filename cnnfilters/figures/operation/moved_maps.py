"""A digit in its place and moved, with the maps of both."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import shown
from cnnfilters.analysis.operation import moved
from cnnfilters.convolution import cross_correlate
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.cells import TITLE, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, MARGIN, Tiles, scale_bar
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.words import percent

GAP = 0.1  # inches
BY = 4  # pixels that the 7 is moved to the right

Pixels = Float[np.ndarray, "n 28 28"]


class _Pair(NamedTuple):
    """A 7 in its place and moved, with the maps of both."""

    images: Pixels
    maps: Float[np.ndarray, "two 26 26"]


def moved_maps(digits: Digits) -> Figure:
    """A 7, the same 7 moved, and an edge kernel's map of each.

    Args:
        digits: Where the 7 comes from.

    Example:
        >>> bar = np.zeros((1, 28, 28))
        >>> bar[0, 4:24, 14] = 1  # an upright stroke, called a 7
        >>> digits = Digits("sample", *[bar, np.array([7])] * 2, checksum="")
        >>> for row in moved_maps(digits).table.rows:
        ...     print(*row)
        map of the moved 7 with the moved map 0.0
        map of the moved 7 with the map as it was 4.0
    """
    digit = shown(digits).astype(float)[None]
    images = np.concatenate([digit, moved(digit, right=BY)])
    maps = np.stack([cross_correlate(image, named_kernel("sobel-x").weights) for image in images])
    pair = _Pair(images, maps)
    apart = float(np.abs(maps[1, :, BY:] - maps[0, :, :-BY]).max())
    same = float((np.isclose(*images) & (images[0] > 0)).sum() / (images[0] > 0).sum())
    return Figure(
        plotted(
            _draw_pair, pair, height=lambda layout: _tiles(layout).height(len(TITLES)) + MARGIN
        ),
        alt=(
            f"A 7 and the same 7 moved {BY} px to the right. Pixel by pixel only "
            f"{percent(same, 0)} of the ink is as it was; the map of the moved 7 is the first map, "
            f"moved by {BY} px, with a largest difference of {apart:g}."
        ),
        caption=(
            f"Move the image by {BY} px, and the map moves by {BY} px: that is equivariance. The "
            "numbers stay, their places change."
        ),
        table=Table(
            ("compared", "largest difference"),
            [
                ("map of the moved 7 with the moved map", apart),
                (
                    "map of the moved 7 with the map as it was",
                    float(np.abs(maps[1] - maps[0]).max()),
                ),
            ],
        ),
    )


TITLES = ("a 7", f"moved by {BY} px", "map of the 7", "map of the moved 7")


def _tiles(layout: Layout) -> Tiles:
    return Tiles(layout, 4 if layout == "wide" else 2, gap=GAP, title=TITLE, below=GAP, top=HEAD)


def _draw_pair(canvas: Canvas, layout: Layout, pair: _Pair) -> None:
    limit = float(np.abs(pair.maps).max())
    scale_bar(canvas, limit=limit, label="response")
    limits = (None, None, limit, limit)  # the images are pixels
    for index, values in enumerate([*pair.images, *pair.maps]):
        box = _tiles(layout).box(index)
        picture(canvas, box, values, limit=limits[index], title=TITLES[index])
