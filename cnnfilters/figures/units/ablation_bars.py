"""What each kernel of the first layer is worth: the accuracy that is lost without it."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import Ablation, ablation
from cnnfilters.analysis.forward import Network
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import kernel_sheet, sheet_cells, sheet_height
from cnnfilters.figures.drawing.style import CATEGORIES, MUTED, SMALL, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, Tiles, axes_in, scale_bar, write
from cnnfilters.run import Run
from cnnfilters.words import decimal

MOST = 1_000  # digits: all 10,000 test digits would take minutes
HEAD, PICTURE, NUMBER = 0.32, 0.27, 0.55  # inches
COLUMNS = {"wide": 2, "narrow": 1}
APART = 0.35  # inches between columns


def ablation_bars(run: Run, digits: Digits) -> Figure:
    """The kernels on one scale, each with the accuracy that is lost when it is silenced.

    Args:
        run: A training of `SmallCNN`.
        digits: On which accuracy is measured.
    """
    some = slice(MOST)
    found = ablation(Network.of(run), digits.held_out_images[some], digits.held_out_labels[some])
    lost, lengths = 100 * found.lost, np.linalg.norm(run.kernels(), axis=(1, 2))
    order = np.argsort(-lost, kind="stable")
    agree = float(np.corrcoef(lost, lengths)[0, 1])
    gained = int((lost < 0).sum())
    return Figure(
        plotted(
            _draw,
            run.kernels()[order],
            lost[order],
            height=lambda layout: _tiles(layout, len(lost)).height(COLUMNS[layout]),
        ),
        alt=(
            f"{len(lost)} kernels, each with the points of accuracy lost without it: from "
            f"{decimal(lost.max(), 1)} down to {decimal(lost.min(), 1)}, median "
            f"{decimal(np.median(lost), 1)}. Their correlation with the kernels' lengths is "
            f"{decimal(agree)}."
        ),
        caption=(
            f"With all kernels the network names {100 * found.intact:.1f} % of the first "
            f"{min(MOST, len(digits.held_out_images)):,} held-out digits. Without the most needed "
            f"one it names {decimal(lost.max(), 1)} points less; {gained} of {len(lost)} are "
            "better missed than kept."
        ),
        table=_table(found, lengths, order),
    )


def _table(found: Ablation, lengths: Float[np.ndarray, " n"], order: np.ndarray) -> Table:
    return Table(
        ("kernel", "accuracy lost, points", "length of its weights"),
        [
            (f"kernel {index}", round(100 * float(found.lost[index]), 3), float(lengths[index]))
            for index in order
        ],
    )


def _tiles(layout: Layout, count: int) -> Tiles:
    """Places for the columns of kernels with their bars."""
    tall = sheet_height(_many(layout, count), 1, width=PICTURE)
    return Tiles(layout, COLUMNS[layout], gap=APART, below=MARGIN, top=HEAD, tall=tall)


def _many(layout: Layout, count: int) -> int:
    """Kernels in a column."""
    return -(-count // COLUMNS[layout])


def _draw(
    canvas: Canvas,
    layout: Layout,
    kernels: Float[np.ndarray, "n side side"],
    lost: Float[np.ndarray, " n"],
) -> None:
    scale_bar(canvas, limit=float(np.abs(kernels).max()), label="weight")
    words = "points lost without it" if layout == "wide" else "points lost"
    write(canvas, MARGIN, MARGIN, words, color=MUTED)
    tiles, many = _tiles(layout, len(lost)), _many(layout, len(lost))
    for column in range(tiles.columns):
        part = slice(column * many, (column + 1) * many)
        _column(canvas, tiles.box(column), kernels[part], lost[part], (kernels, lost))


def _column(
    canvas: Canvas,
    box: Box,
    kernels: Float[np.ndarray, "n side side"],
    lost: Float[np.ndarray, " n"],
    everything: tuple[np.ndarray, np.ndarray],
) -> None:
    limit = float(np.abs(everything[0]).max())
    height = kernel_sheet(canvas, box._replace(width=PICTURE), kernels, columns=1, limit=limit)
    beside = PICTURE + 0.1
    axes = axes_in(canvas, Box(box.left + beside, box.top, box.width - beside - NUMBER, height))
    rows, _ = sheet_cells(len(lost), 1)
    least, most = min(0.0, float(everything[1].min())), float(everything[1].max())
    axes.set(xlim=(least, most), ylim=(rows - 0.5, -0.5))
    axes.set_axis_off()
    places = 6 * np.arange(len(lost)) + 2  # a kernel takes five cells and a gap
    axes.barh(places, lost, height=3.2, color=CATEGORIES[0], linewidth=0)
    axes.axvline(0, color=MUTED, linewidth=0.8)
    for place, points in zip(places, lost, strict=True):
        text = decimal(points, 1)
        axes.text(
            max(points, 0) + 0.03 * (most - least), float(place), text, va="center", fontsize=SMALL
        )
