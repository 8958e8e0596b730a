"""The kernels of the first layer as numbers on their colours."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.cells import note
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import signed_image
from cnnfilters.figures.drawing.sheets import readable_on
from cnnfilters.figures.drawing.style import SMALL, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, MARGIN, Tiles, axes_in, scale_bar
from cnnfilters.run import Run
from cnnfilters.words import decimal, percent

Kernels = Float[np.ndarray, "filters side side"]


def kernel_numbers(run: Run) -> Figure:
    """Every weight of the first layer as a number on its colour.

    Args:
        run: A training of `SmallCNN`.

    Example:
        >>> weights = {"conv1.weight": np.array([[-1.0, 0.0, 1.0]] * 3).reshape(1, 1, 1, 3, 3)}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> kernel_numbers(run).table.rows[0]
        ('kernel 0, row 0', -1.0, 0.0, 1.0)
    """
    kernels = run.kernels()
    limit = float(np.abs(kernels).max())
    strongest = np.unravel_index(np.abs(kernels).argmax(), kernels.shape)
    small = float((np.abs(kernels) < limit / 10).mean())
    return Figure(
        plotted(
            _draw_numbers,
            kernels,
            height=lambda layout: _tiles(layout).height(len(kernels)) - GAP + MARGIN,
        ),
        alt=(
            f"{len(kernels)} kernels as {kernels.size} numbers in hundredths. The strongest, "
            f"{decimal(100 * kernels[strongest].item(), 0)}, is in kernel {strongest[0]}; "
            f"{percent(small, 0)} of all weights are less than a tenth as strong."
        ),
        caption=(
            f"The first layer's kernels, in hundredths: {kernels.size} numbers, and one "
            "bias for each kernel, are all that this layer has learned."
        ),
        table=Table(
            ("kernel and row", *(f"column {c}" for c in range(kernels.shape[2]))),
            [
                (f"kernel {k}, row {r}", *map(float, weights))
                for k, kernel in enumerate(kernels)
                for r, weights in enumerate(kernel)
            ],
        ),
    )


COLUMNS = {"wide": 4, "narrow": 2}  # of kernels with numbers
GAP = 0.16  # inches between them
NUMBER_TITLE = 0.2


def _tiles(layout: Layout) -> Tiles:
    return Tiles(layout, COLUMNS[layout], gap=GAP, title=NUMBER_TITLE, below=GAP, top=HEAD)


def _draw_numbers(canvas: Canvas, layout: Layout, kernels: Kernels) -> None:
    limit = float(np.abs(kernels).max())
    scale_bar(canvas, limit=limit, label="weight")
    for index, kernel in enumerate(kernels):
        box = _tiles(layout).box(index)
        note(canvas, box.left, box.top - NUMBER_TITLE, f"kernel {index}")
        axes = axes_in(canvas, box)
        colours = signed_image(axes, kernel, limit=limit).to_rgba
        for (row, column), weight in np.ndenumerate(kernel):
            axes.text(
                column,
                row,
                decimal(100 * weight, 0),
                color=readable_on([*colours(weight)]),
                fontsize=SMALL,
                ha="center",
                va="center",
            )
