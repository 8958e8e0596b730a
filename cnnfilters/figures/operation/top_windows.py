"""The windows of digits that one learned kernel answers to most, and those that match it best."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.operation import shared_top
from cnnfilters.convolution import cross_correlate, normalized_response
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.cells import TITLE, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, MARGIN, Box, Tiles, scale_bar, write
from cnnfilters.run import Run
from cnnfilters.words import percent

GAP, BELOW, KERNEL = 0.1, 0.12, 0.85  # inches


STEP = 5  # every fifth held-out digit: enough windows to rank
BEST = 200  # windows in each ranking
ROW = {"wide": 12, "narrow": 6}  # windows in a row


class _Top(NamedTuple):
    """The kernel, and the best windows by each score, each from another digit."""

    kernel: Float[np.ndarray, "side side"]
    by_sum: Float[np.ndarray, "n side side"]
    by_match: Float[np.ndarray, "n side side"]


def top_windows(run: Run, digits: Digits) -> Figure:
    """The windows that one learned kernel answers most strongly, and those that match it best.

    The kernel is the one whose two rankings agree least.

    Args:
        run: A training of `SmallCNN`.
        digits: Where the windows come from.
    """
    images = digits.held_out_images[::STEP].astype(np.float64)
    kernels = run.kernels().astype(np.float64)
    sums, matches = (
        np.stack([score(image[None], kernels[:, None]) for image in images], axis=1)
        for score in (cross_correlate, normalized_response)
    )  # each (kernels, digits, rows, columns)
    pairs = list(zip(sums, matches, strict=True))
    agree = [shared_top(*pair, count=BEST) for pair in pairs]
    chosen = int(np.argmin(agree))
    top = _Top(kernels[chosen], *(_best(images, maps, len(kernels[0])) for maps in pairs[chosen]))
    ink = [float(part.mean()) for part in (top.by_sum, top.by_match)]
    return Figure(
        plotted(
            _draw_top, top, height=lambda layout: _tiles(layout).height(2 * ROW[layout]) + MARGIN
        ),
        alt=(
            f"Kernel {chosen}, and two rows of {len(top.by_sum)} windows of digits: those with the "
            f"highest sums, {percent(ink[0], 0)} ink, and those that match it best, "
            f"{percent(ink[1], 0)} ink."
        ),
        caption=(
            f"Of the {BEST} windows with the highest sums, {percent(agree[chosen], 0)} are among "
            f"the {BEST} best matches of this kernel, the least of all {len(kernels)}; for the "
            f"median kernel it is {percent(float(np.median(agree)), 0)}."
        ),
        table=Table(
            ("kernel", f"share of the {BEST} highest sums that are among the best matches, %"),
            [(f"kernel {index}", 100 * share) for index, share in enumerate(agree)],
        ),
    )


def _best(
    images: Float[np.ndarray, "n 28 28"], maps: Float[np.ndarray, "n rows columns"], size: int
) -> Float[np.ndarray, "shown size size"]:
    """The best window of each digit, and of these the first few."""
    order = np.argsort(-maps.max(axis=(1, 2)), kind="stable")[: ROW["wide"]]
    windows = []
    for index in order:
        row, column = np.unravel_index(maps[index].argmax(), maps[index].shape)
        windows.append(images[index, row : row + size, column : column + size])
    return np.stack(windows)


def _tiles(layout: Layout) -> Tiles:
    below = HEAD + KERNEL + GAP
    return Tiles(layout, ROW[layout], gap=GAP, title=TITLE, below=BELOW, top=below)


def _draw_top(canvas: Canvas, layout: Layout, top: _Top) -> None:
    limit, tiles = float(np.abs(top.kernel).max()), _tiles(layout)
    scale_bar(canvas, limit=limit, label="weight")
    kernel = Box(MARGIN, TITLE + MARGIN, KERNEL, KERNEL)
    picture(canvas, kernel, top.kernel, limit=limit, title="kernel")
    rows = {"highest sums": top.by_sum, "best matches": top.by_match}
    for line, (title, windows) in enumerate(rows.items()):
        write(canvas, MARGIN, tiles.top + line * tiles.pitch, title)
        for index, window in enumerate(windows[: tiles.columns]):
            picture(canvas, tiles.box(line * tiles.columns + index), window)
