"""One digit of each class in order, and with its pixels shuffled."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.digits import SIDE, Digits
from cnnfilters.figures.drawing.cells import TITLE, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Tiles, write
from cnnfilters.words import decimal

GAP = 0.1  # inches
SHOWN_CLASSES = {"wide": 7, "narrow": 3}
SEED = 0  # of the shuffling that is shown; every network of the experiment has its own

Pixels = Float[np.ndarray, "n 28 28"]


def shuffled_digits(digits: Digits) -> Figure:
    """One digit of each class, and the same with their pixels shuffled in one fixed way.

    Args:
        digits: The first held-out digit of each class is taken.

    Example:
        >>> ramps = np.tile(np.arange(28) / 28, (10, 28, 1))  # each row from paper to ink
        >>> digits = Digits("sample", *[ramps, np.arange(10)] * 2, checksum="")
        >>> digit, in_order, shuffled = shuffled_digits(digits).table.rows[3]
        >>> digit, round(in_order, 6), abs(shuffled) < 0.1
        ('3', 1.0, True)
    """
    labels = digits.held_out_labels
    images = np.stack([digits.held_out_images[labels == digit][0] for digit in range(10)])
    order = np.random.default_rng(SEED).permutation(SIDE * SIDE)
    shuffled = images.reshape(len(images), -1)[:, order].reshape(images.shape)
    alike = [_neighbours(part) for part in (images, shuffled)]
    return Figure(
        plotted(
            _draw_shuffled,
            images,
            shuffled,
            height=lambda layout: _tiles(layout).height(2 * SHOWN_CLASSES[layout]) - GAP + MARGIN,
        ),
        alt=(
            "Digits above; below, the same pixels in another order, which look like noise. The "
            f"correlation of a pixel with its right neighbour is {decimal(alike[0])} above and "
            f"{decimal(alike[1])} below."
        ),
        caption=(
            "The shuffling is the same for every digit, so nothing is lost: whoever knows it can "
            "put each pixel back. An MLP, which takes a list, need not even do that."
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


def _tiles(layout: Layout) -> Tiles:
    return Tiles(layout, SHOWN_CLASSES[layout], gap=GAP, title=TITLE, below=GAP, top=MARGIN)


def _draw_shuffled(canvas: Canvas, layout: Layout, images: Pixels, shuffled: Pixels) -> None:
    tiles = _tiles(layout)
    chosen = np.linspace(1, 9, tiles.columns).round().astype(int)
    rows = {"in order": images, "the same pixels, shuffled": shuffled}
    for line, (title, row) in enumerate(rows.items()):
        write(canvas, MARGIN, MARGIN + line * tiles.pitch, title)
        for column, digit in enumerate(chosen):
            picture(canvas, tiles.box(line * tiles.columns + column), row[digit])
