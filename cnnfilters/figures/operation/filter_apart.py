"""A filter has one kernel for each channel, and adds their maps."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.convolution import cross_correlate
from cnnfilters.figures.drawing.cells import TITLE, note, numbered, photograph, picture, sign
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import bare
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, MARGIN, Box, axes_in, scale_bar, write
from cnnfilters.photographs import load_photograph, photographs
from cnnfilters.words import short

PHOTOGRAPH, SHRINK = "astronaut", 6  # small: a figure of the first view
CROP = (slice(0, 53), slice(16, 69))  # face, orange suit, flag
CHANNELS = ("red", "green", "blue")
BIAS = 0.1


class _Apart(NamedTuple):
    """A filter that looks for orange, channel by channel."""

    image: Float[np.ndarray, "3 height width"]
    kernel: Float[np.ndarray, "3 3 3"]
    maps: Float[np.ndarray, "3 rows columns"]

    @property
    def total(self) -> Float[np.ndarray, "rows columns"]:
        """The filter's own map."""
        return np.asarray(self.maps.sum(axis=0) + BIAS)


def filter_apart() -> Figure:
    """A colour photograph through the three kernels of one filter, and their sum.

    Example:
        >>> filter_apart().table.columns
        ('map', 'least', 'mean', 'greatest')
    """
    rows, columns = CROP
    image = load_photograph(PHOTOGRAPH, shrink=SHRINK)[:, rows, columns].astype(np.float64)
    weights = np.array([0.2, -0.1, -0.1])  # red against green and blue: grey gives nothing
    kernel = np.tile(weights[:, None, None], (1, 3, 3))
    maps = np.stack([cross_correlate(*pair) for pair in zip(image, kernel, strict=True)])
    apart = _Apart(image, kernel, maps)
    together = cross_correlate(image, kernel[None])[0] + BIAS
    off = float(np.abs(together - apart.total).max())
    return Figure(
        plotted(_draw_apart, apart, height=4.3, narrow_height=6.2),
        alt=(
            f"A colour photograph split into red, green and blue. Each plane meets a 3×3 kernel of "
            f"its own; the three maps and the bias {short(BIAS)} are added into one map, from "
            f"{short(apart.total.min())} to {short(apart.total.max())}."
        ),
        caption=(
            f"One filter: {kernel.size} weights and a bias, for one map. This one asks for red "
            f"without green and blue. Photograph of Eileen Collins: "
            f"{photographs()[PHOTOGRAPH].attribution}."
        ),
        table=Table(
            ("map", "least", "mean", "greatest"),
            [
                *(
                    (name, float(part.min()), float(part.mean()), float(part.max()))
                    for name, part in zip(CHANNELS, maps, strict=True)
                ),
                (
                    "sum and bias",
                    float(apart.total.min()),
                    float(apart.total.mean()),
                    float(apart.total.max()),
                ),
                ("largest difference from one call with all channels", off, off, off),
            ],
        ),
    )


def _draw_apart(canvas: Canvas, layout: Layout, apart: _Apart) -> None:
    wide = layout == "wide"
    side, gap = (1.05, 0.32) if wide else (0.92, 0.29)
    limit = float(max(np.abs(apart.maps).max(), np.abs(apart.total).max()))
    scale_bar(canvas, limit=limit, label="response")
    first = MARGIN + (1.5 + gap if wide else 0)
    top = HEAD + TITLE + (0 if wide else side + 0.25)
    whole = np.moveaxis(apart.image, 0, -1)
    start = Box(MARGIN, top + side + 0.05, 1.45, 1.45) if wide else Box(MARGIN, 0.52, side, side)
    axes = axes_in(canvas, start)
    axes.imshow(whole, interpolation="none", aspect="auto")
    bare(axes, frame=True)
    write(canvas, start.left, start.top - TITLE, "image")
    weights = float(np.abs(apart.kernel).max())
    for index, name in enumerate(CHANNELS):
        line = top + index * (side + 0.27)
        boxes = [Box(first + k * (side + gap), line, side, side) for k in range(3)]
        photograph(canvas, boxes[0], apart.image[index], title=name)
        title = "kernel" if index == 0 else ""
        numbered(canvas, boxes[1], apart.kernel[index], limit=weights, title=title)
        sign(canvas, Box(boxes[0].left + side, line, gap, side), "★")
        sign(canvas, Box(boxes[1].left + side, line, gap, side), "=")
        picture(canvas, boxes[2], apart.maps[index], limit=limit)
    end = boxes[2].left + side
    if wide:
        box = Box(end + gap, start.top, 1.45, 1.45)
        sign(canvas, Box(end, start.top, gap, 1.45), "+")
    else:
        box = Box(first, line + side + 0.27 + 0.05, side, side)
        note(canvas, first + side + 0.15, box.top + side / 2 - 0.07, "the three maps and the bias")
    picture(canvas, box, apart.total, limit=limit, title=f"sum + {BIAS}" if wide else "sum")
