"""Digits as they are, shuffled and moved, as pictures."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.moving import moved
from cnnfilters.convolution import cross_correlate
from cnnfilters.digits import SIDE, Digits
from cnnfilters.facts.feature_maps import shown
from cnnfilters.figures.cells import TITLE, picture
from cnnfilters.figures.figure import Figure, plotted
from cnnfilters.figures.sheets import Box, scale_bar, write
from cnnfilters.figures.style import WIDTH, Layout
from cnnfilters.figures.table import Table
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.words import decimal, percent

MARGIN, GAP = 0.05, 0.1
SHOWN_CLASSES = {"wide": 7, "narrow": 3}
SEED = 0  # of the shuffling that is shown; every network of the experiment has its own
BY = 4  # pixels that the 7 is moved to the right
LABEL = 0.85  # inches for a row's name

Pixels = Float[np.ndarray, "n 28 28"]


def shuffled_digits(digits: Digits) -> Figure:
    """One digit of each class, and the same with their pixels shuffled in one fixed way.

    Args:
        digits: The first held-out digit of each class is taken.

    Returns:
        The figure.
    """
    labels = digits.held_out_labels
    images = np.stack([digits.held_out_images[labels == digit][0] for digit in range(10)])
    order = np.random.default_rng(SEED).permutation(SIDE * SIDE)
    shuffled = images.reshape(len(images), -1)[:, order].reshape(images.shape)
    alike = [_neighbours(part) for part in (images, shuffled)]
    return Figure(
        plotted(
            lambda canvas, layout: _draw_shuffled(canvas, layout, images, shuffled),
            height=_height("wide"),
            narrow_height=_height("narrow"),
        ),
        alt=(
            "Digits above; below, the same pixels in another order, which look like noise. The "
            f"correlation of a pixel with its right neighbour is {decimal(alike[0])} above and "
            f"{decimal(alike[1])} below."
        ),
        caption=(
            "The shuffling is the same for every digit, so nothing is lost: who knows it can put "
            "each pixel back. A perceptron, which takes a list, need not even put them back."
        ),
        table=Table(
            ("digit", "correlation of neighbours, in order", "shuffled"),
            [
                (str(digit), _neighbours(images[[digit]]), _neighbours(shuffled[[digit]]))
                for digit in range(10)
            ],
        ),
    )


def _neighbours(images: Pixels) -> float:
    """Correlation of each pixel with the one to its right."""
    pairs = images[:, :, :-1].ravel(), images[:, :, 1:].ravel()
    return float(np.corrcoef(*pairs)[0, 1])


def _side(layout: Layout, count: int, left: float = 0.0) -> float:
    return (WIDTH[layout] - 2 * MARGIN - left - (count - 1) * GAP) / count


def _height(layout: Layout) -> float:
    return 2 * (TITLE + _side(layout, SHOWN_CLASSES[layout])) + GAP + 2 * MARGIN


def _draw_shuffled(canvas: Canvas, layout: Layout, images: Pixels, shuffled: Pixels) -> None:
    count = SHOWN_CLASSES[layout]
    side, top = _side(layout, count), MARGIN
    chosen = np.linspace(1, 9, count).round().astype(int)
    for title, row in (("in order", images), ("the same pixels, shuffled", shuffled)):
        write(canvas, MARGIN, top, title)
        top += TITLE
        for column, digit in enumerate(chosen):
            picture(canvas, Box(MARGIN + column * (side + GAP), top, side, side), row[digit])
        top += side + GAP


class _Pair(NamedTuple):
    """A 7 in its place and moved, with the maps of both."""

    images: Pixels
    maps: Float[np.ndarray, "two 26 26"]


def moved_maps(digits: Digits) -> Figure:
    """A 7, the same 7 moved, and an edge kernel's map of each.

    Args:
        digits: Where the 7 comes from.

    Returns:
        The figure.
    """
    digit = shown(digits).astype(float)[None]
    images = np.concatenate([digit, moved(digit, right=BY)])
    maps = np.stack([cross_correlate(image, named_kernel("sobel-x").weights) for image in images])
    pair = _Pair(images, maps)
    apart = float(np.abs(maps[1, :, BY:] - maps[0, :, :-BY]).max())
    same = float((np.isclose(*images) & (images[0] > 0)).sum() / (images[0] > 0).sum())
    height = {layout: _pair_height(layout) for layout in ("wide", "narrow")}
    return Figure(
        plotted(
            lambda canvas, layout: _draw_pair(canvas, layout, pair),
            height=height["wide"],
            narrow_height=height["narrow"],
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


def _pair_height(layout: Layout) -> float:
    rows = 1 if layout == "wide" else 2
    return 0.3 + rows * (TITLE + _side(layout, 4 // rows) + GAP) + MARGIN


def _draw_pair(canvas: Canvas, layout: Layout, pair: _Pair) -> None:
    columns = 4 if layout == "wide" else 2
    side, limit = _side(layout, columns), float(np.abs(pair.maps).max())
    scale_bar(canvas, right=WIDTH[layout] - MARGIN, top=0.05, limit=limit, label="response")
    titles = ("a 7", f"moved by {BY} px", "map of the 7", "map of the moved 7")
    for index, title in enumerate(titles):
        left = MARGIN + index % columns * (side + GAP)
        top = 0.3 + TITLE + index // columns * (TITLE + side + GAP)
        box = Box(left, top, side, side)
        if index < 2:
            picture(canvas, box, pair.images[index], title=title)
        else:
            picture(canvas, box, pair.maps[index - 2], limit=limit, title=title)
