"""The frame that zeros draw round a normalised digit."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import first_layer_maps, padding_frame, shown
from cnnfilters.analysis.forward import Network
from cnnfilters.digits import MEAN, STD, Digits
from cnnfilters.figures.drawing.cells import picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import SMALL, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, Tiles, scale_bar, write
from cnnfilters.run import Run
from cnnfilters.words import percent

PADDING = 2
PAPER_VALUE = -MEAN / STD  # of blank paper, once normalised
GAP, TITLE, BELOW = 0.16, 0.2, 0.08  # inches
COLUMNS = {"wide": 3, "narrow": 2}
TITLES = ("what conv1 is given", "padded with zeros", "padded with paper")


class _Scene(NamedTuple):
    given: Float[np.ndarray, "32 32"]  # grey where zeros stand, in [0, 1]
    zeros: Float[np.ndarray, "28 28"]
    paper: Float[np.ndarray, "28 28"]


def zeros_or_paper(run: Run, digits: Digits) -> Figure:
    """The response of one kernel to a 7 with zeros around it, and with paper around it.

    Args:
        run: A training with padding.
        digits: Where the 7 comes from.

    Returns:
        The figure, of the kernel with the strongest frame.
    """
    network = Network.of(run)
    digit = shown(digits)
    frames = padding_frame(network, digit, padding=PADDING)
    kernel, usual = int(frames.argmax()), percent(float(np.median(frames)), 0)
    scene = _scene(network, digit, kernel)
    strongest = percent(float(frames[kernel]), 0)
    changed = int((np.abs(scene.zeros - scene.paper) > 1e-4).sum())
    return Figure(
        plotted(_draw, scene, height=lambda layout: _tiles(layout).height(len(TITLES))),
        alt=(
            f"A normalised 7 with zeros around it: a grey frame on white paper. Kernel {kernel} "
            f"answers to that frame with up to {strongest} of its strongest response to the 7; "
            f"padded with paper, the frame is gone."
        ),
        caption=(
            f"Zero is not paper. Padding changes {changed} of {scene.zeros.size} responses of this "
            f"kernel; its false frame reaches {strongest} of its strongest response to the 7. The "
            f"median of the {len(frames)} kernels is {usual}."
        ),
        table=Table(
            ("kernel", "frame, % of the strongest response to the 7"),
            [(f"kernel {nth}", 100 * float(share)) for nth, share in enumerate(frames)],
        ),
    )


def _scene(network: Network, digit: Float[np.ndarray, "28 28"], kernel: int) -> _Scene:
    normalised = np.pad((digit - MEAN) / STD, PADDING)
    lowest, highest = PAPER_VALUE, (1 - MEAN) / STD
    zeros = first_layer_maps(network, digit, padding=PADDING).before[kernel]
    paper = first_layer_maps(network, np.pad(digit, PADDING), padding=0).before[kernel]
    blank = first_layer_maps(network, np.zeros_like(digit), padding=0).before[kernel, 0, 0]
    given = (normalised - lowest) / (highest - lowest)
    return _Scene(given, zeros - blank, paper - blank)


def _tiles(layout: Layout) -> Tiles:
    return Tiles(layout, COLUMNS[layout], gap=GAP, title=TITLE, below=BELOW, top=HEAD)


def _draw(canvas: Canvas, layout: Layout, scene: _Scene) -> None:
    limit = float(max(np.abs(part).max() for part in (scene.zeros, scene.paper)))
    scale_bar(canvas, limit=limit, label="response")
    limits = (None, limit, limit)  # what is given is pixels
    for nth, (title, part) in enumerate(zip(TITLES, scene, strict=True)):
        box = _tiles(layout).box(nth)
        write(canvas, box.left, box.top - TITLE, title, fontsize=SMALL)
        picture(canvas, box, part, limit=limits[nth])
