"""Cross-correlation beside convolution: what a dot makes of a kernel."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.convolution import convolve, cross_correlate
from cnnfilters.figures.drawing.cells import TITLE, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Tiles

GAP = 0.15  # inches
LETTER = np.array(  # an F: no flip or turn leaves it as it was
    [[1, 1, 1, 1, 0], [1, 0, 0, 0, 0], [1, 1, 1, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]], float
)
IMPULSE = 9  # pixels: room for the letter on all sides


def flip_impulse() -> Figure:
    """One dot through a kernel in the shape of an F, both ways.

    Example:
        >>> flip_impulse().table.rows[0]
        ('kernel, row 0', 1.0, 1.0, 1.0, 1.0, 0.0)
    """
    dot = np.zeros((IMPULSE, IMPULSE))
    dot[IMPULSE // 2, IMPULSE // 2] = 1
    pictures = {
        "kernel": LETTER,
        "image: one dot": dot,
        "cross-correlation": cross_correlate(dot, LETTER),
        "convolution": convolve(dot, LETTER),
    }
    turned = bool((pictures["cross-correlation"] == LETTER[::-1, ::-1]).all())
    return Figure(
        plotted(
            _draw_impulse,
            pictures,
            height=lambda layout: _tiles(layout).height(len(pictures)) + MARGIN,
        ),
        alt=(
            "A kernel in the shape of an F and an image of one dot. Cross-correlation gives "
            f"{'the F turned by 180°' if turned else 'another picture'}; convolution gives the F "
            "as it stands."
        ),
        caption=(
            "An impulse shows what an operation does to its kernel. Convolution copies it to the "
            "place of the dot; cross-correlation, which does not flip, leaves it turned by 180°."
        ),
        table=Table(
            ("picture and row", *(f"column {column}" for column in range(len(LETTER)))),
            [
                (f"{name}, row {index}", *map(float, row))
                for name in ("kernel", "cross-correlation", "convolution")
                for index, row in enumerate(pictures[name])
            ],
        ),
    )


def _tiles(layout: Layout) -> Tiles:
    return Tiles(layout, 4 if layout == "wide" else 2, gap=GAP, title=TITLE, below=GAP)


def _draw_impulse(
    canvas: Canvas, layout: Layout, pictures: dict[str, Float[np.ndarray, "_ _"]]
) -> None:
    for index, (title, values) in enumerate(pictures.items()):
        picture(canvas, _tiles(layout).box(index), values, title=title)
