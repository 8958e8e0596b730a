"""The false frame: what kernels answer to the border of a blank sheet."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import first_layer_maps, padding_frame, shown
from cnnfilters.analysis.forward import Network, normalise
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.cells import note, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, Tiles, scale_bar, write
from cnnfilters.run import Run
from cnnfilters.words import decimal, percent

PADDING = 2
SHOWN = {"wide": 6, "narrow": 3}  # kernels whose frame is strongest
GAP, TITLE, BELOW, SCALE = 0.1, 0.24, 0.14, 0.7  # inches
TITLES = ("blank, padded by 2", "a 7, padded by 2", "a 7, not padded")


class _Scene(NamedTuple):
    kernels: Float[np.ndarray, "filters side side"]
    rows: list[Float[np.ndarray, "filters height width"]]  # less each kernel's answer to paper
    frame: Float[np.ndarray, " filters"]


def false_frame(run: Run, digits: Digits) -> Figure:
    """A blank sheet and a 7 through the kernels whose answer to the padding is strongest.

    Args:
        run: A training of `SmallCNN` with padding.
        digits: Where the 7 comes from.
    """
    seven = shown(digits)
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
        plotted(_draw, scene, height=_height),
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


def _tiles(layout: Layout) -> Tiles:
    """Places for the maps; the kernels stand above them, half as large."""
    tiles = Tiles(layout, SHOWN[layout], gap=GAP, title=TITLE, below=BELOW)
    return replace(tiles, top=MARGIN + TITLE + tiles.side / 2 + BELOW)


def _height(layout: Layout) -> float:
    return _tiles(layout).height(len(TITLES) * SHOWN[layout]) - BELOW + MARGIN


def _draw(canvas: Canvas, layout: Layout, scene: _Scene) -> None:
    tiles = _tiles(layout)
    _kernels(canvas, tiles, scene)
    limits = [float(np.abs(row[: tiles.columns]).max()) for row in scene.rows]
    limits = [limits[0], *[max(limits[1:])] * 2]
    for line, (title, row, limit) in enumerate(zip(TITLES, scene.rows, limits, strict=True)):
        top = tiles.top + line * tiles.pitch
        write(canvas, MARGIN, top, title)
        if title != TITLES[-1]:
            scale_bar(canvas, top=top, limit=limit, label="response", width=SCALE)
        for column in range(tiles.columns):
            picture(canvas, tiles.box(line * tiles.columns + column), row[column], limit=limit)


def _kernels(canvas: Canvas, tiles: Tiles, scene: _Scene) -> None:
    kernels = scene.kernels[: tiles.columns]
    limit, side = float(np.abs(kernels).max()), tiles.side / 2
    write(canvas, MARGIN, MARGIN, "kernel")
    scale_bar(canvas, limit=limit, label="weight", width=SCALE)
    for column, kernel in enumerate(kernels):
        box = Box(tiles.left(column), MARGIN + TITLE, side, side)
        picture(canvas, box, kernel, limit=limit)
        words = f"frame\n{percent(float(scene.frame[column]), 0)}"
        note(canvas, box.left + side + 0.06, box.top, words)
