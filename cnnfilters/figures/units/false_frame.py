"""The false frame: what kernels answer to the border of a blank sheet."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import first_layer_maps, padding_frame
from cnnfilters.analysis.forward import Network, normalise
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import bare, signed_image
from cnnfilters.figures.drawing.sheets import Box, axes_in, scale_bar, write
from cnnfilters.figures.drawing.style import MUTED, SMALL, WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.run import Run
from cnnfilters.words import decimal, percent

SEVEN, PADDING = 7, 2
SHOWN = {"wide": 6, "narrow": 3}  # kernels whose frame is strongest
MARGIN, GAP, TITLE, BELOW = 0.05, 0.1, 0.24, 0.14  # inches
ROWS = ("kernel", "blank, padded by 2", "a 7, padded by 2", "a 7, not padded")


class _Scene(NamedTuple):
    kernels: Float[np.ndarray, "filters side side"]
    rows: list[Float[np.ndarray, "filters height width"]]  # less each kernel's answer to paper
    frame: Float[np.ndarray, " filters"]


def false_frame(run: Run, digits: Digits) -> Figure:
    """A blank sheet and a 7 through the kernels whose answer to the padding is strongest.

    Args:
        run: A training of `SmallCNN` with padding.
        digits: Where the 7 comes from.

    Returns:
        The figure.
    """
    seven = digits.held_out_images[digits.held_out_labels == SEVEN][0]
    network, blank = Network.of(run), np.zeros_like(seven)
    frame = padding_frame(network, seven, padding=PADDING)
    chosen = np.argsort(-frame)[: max(SHOWN.values())]
    paper = first_layer_maps(network, blank, padding=0).before[:, :1, :1]
    rows = [
        (first_layer_maps(network, image, padding=padding).before - paper)[chosen]
        for image, padding in ((blank, PADDING), (seven, PADDING), (seven, 0))
    ]
    scene = _Scene(run.kernels()[chosen], rows, frame[chosen])
    grey = float(normalise(blank[None])[0, 0, 0, 0])
    typical, worst = percent(float(np.median(frame)), 0), percent(float(frame.max()), 0)
    return Figure(
        plotted(
            lambda canvas, layout: _draw(canvas, layout, scene),
            height=_height("wide"),
            narrow_height=_height("narrow"),
        ),
        alt=(
            f"Maps of a blank sheet padded by {PADDING} show bars along the border. They reach "
            f"{typical} of the strongest response to a 7 in the median kernel, and {worst} in the "
            "strongest. Without padding there is none."
        ),
        caption=(
            f"Blank paper is {decimal(grey)} once normalised and padding is 0, so kernels see an "
            f"edge where nothing was drawn. It reaches {typical} of the strongest response to the "
            f"7 in the median kernel, {worst} in the strongest. Each kernel's answer to paper "
            "counts as zero."
        ),
        table=Table(
            ("kernel", "frame over strongest response to the 7"),
            [(f"kernel {index}", float(share)) for index, share in enumerate(frame)],
        ),
    )


def _side(layout: Layout) -> float:
    return (WIDTH[layout] - 2 * MARGIN - (SHOWN[layout] - 1) * GAP) / SHOWN[layout]


def _height(layout: Layout) -> float:
    kernel = _side(layout) / 2
    maps = (len(ROWS) - 1) * (TITLE + _side(layout) + BELOW)
    return MARGIN + TITLE + kernel + BELOW + maps - BELOW + MARGIN


def _draw(canvas: Canvas, layout: Layout, scene: _Scene) -> None:
    side, count = _side(layout), SHOWN[layout]
    sevens = max(float(np.abs(row[:count]).max()) for row in scene.rows[1:])
    limits = [float(np.abs(row[:count]).max()) for row in (scene.kernels, scene.rows[0])]
    limits += [sevens, sevens]
    top = MARGIN
    rows = [scene.kernels, *scene.rows]
    for title, row, limit in zip(ROWS, rows, limits, strict=True):
        write(canvas, MARGIN, top, title)
        if title != ROWS[-1]:
            label = "weight" if title == ROWS[0] else "response"
            scale_bar(
                canvas, right=WIDTH[layout] - MARGIN, top=top, limit=limit, label=label, width=0.7
            )
        size = side / 2 if title == ROWS[0] else side
        for column in range(count):
            left = MARGIN + column * (side + GAP)
            axes = axes_in(canvas, Box(left, top + TITLE, size, size))
            signed_image(axes, row[column], limit=limit)
            bare(axes, frame=True)
            if title == ROWS[0]:
                words = f"frame\n{percent(float(scene.frame[column]), 0)}"
                write(
                    canvas,
                    left + size + 0.06,
                    top + TITLE,
                    words,
                    color=MUTED,
                    fontsize=SMALL,
                )
        top += TITLE + size + BELOW
