"""The kernels of the first layer as pictures on one scale, from the start to the end."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.kernels import moran_i, orientation_deg
from cnnfilters.analysis.learning import distance_from_start, learned_change
from cnnfilters.analysis.nulls import fit_chance, kernel_fits, name_kernels
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import kernel_sheet, sheet_height
from cnnfilters.figures.drawing.style import MUTED, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, INNER, MARGIN, Tiles, scale_bar, write
from cnnfilters.run import Run
from cnnfilters.words import decimal, percent

TITLE, BELOW = 0.22, 0.16  # inches for a row's title, and under its kernels
IN_A_LINE = {"wide": 16, "narrow": 8}  # kernels
TITLES = {
    "start": "The start: random numbers",
    "trained": "Trained",
    "trained − start": "What training added: trained − start",
    "small start": "Trained from {:g} of the start",
}

Kernels = Float[np.ndarray, "filters side side"]


def four_rows(default: Run, small_start: Run) -> Figure:
    """The reveal: start, trained kernels, what training added, and a training from a small start.

    Args:
        default: A training from PyTorch's start.
        small_start: The same from a fraction of it.

    Example:
        >>> from cnnfilters.kernel_bank import family_bases
        >>> line, edge = (family_bases(5)[family] for family in ("line", "edge"))  # two of each
        >>> def run(*kernels):
        ...     weights = {"conv1.weight": np.stack(kernels)[:, :, None]}  # two snapshots
        ...     config = {"conv1_scale": 0.1}
        ...     return Run(np.arange(2), weights, np.ones(2), np.ones(2), config, {}, {})
        >>> print(four_rows(run(line, line + edge), run(line / 10, edge)).caption)
        50 % of the trained kernels' energy still points along their random start (cosine 0.71).
        The best edge explains 62 % of a trained kernel on average, where chance gives 24 %; with
        the start taken away 98 %; trained from 0.1 of the start 98 %.
    """
    order = np.argsort(orientation_deg(small_start.kernels()))
    rows = {
        "start": default.kernels(0)[order],
        "trained": default.kernels()[order],
        "trained − start": learned_change(default)[order],
        "small start": small_start.kernels()[order],
    }
    edges = [percent(float(kernel_fits(row).edge.mean()), 0) for row in rows.values()]
    chance = percent(fit_chance()["edge"].mean, 0)
    cosine = float(distance_from_start(default).cosine[-1])
    scale = small_start.config["conv1_scale"]
    return Figure(
        plotted(
            _draw_rows,
            rows,
            edges,
            scale,
            height=lambda layout: _tiles(layout, len(order)).height(len(rows)) - BELOW + MARGIN,
        ),
        alt=(
            f"Four rows of the same {len(order)} kernels. Mean edge fit: start {edges[0]}, "
            f"trained {edges[1]}, trained minus start {edges[2]}, trained from a small "
            f"start {edges[3]}. The cosine between the first two rows is {decimal(cosine)}."
        ),
        caption=(
            f"{percent(cosine**2, 0)} of the trained kernels' energy still points along their "
            f"random start (cosine {decimal(cosine)}). The best edge explains {edges[1]} of a "
            f"trained kernel on average, where chance gives {chance}; with the start taken away "
            f"{edges[2]}; trained from {scale:g} of the start {edges[3]}."
        ),
        table=_rows_table(rows, order),
    )


def _tiles(layout: Layout, count: int) -> Tiles:
    """A row of `count` kernels each."""
    tall = sheet_height(count, IN_A_LINE[layout], width=INNER[layout])
    return Tiles(layout, 1, title=TITLE, below=BELOW, top=HEAD, tall=tall)


def _draw_rows(
    canvas: Canvas, layout: Layout, rows: Mapping[str, Kernels], edges: list[str], scale: float
) -> None:
    limit = max(float(np.abs(row).max()) for row in rows.values())
    scale_bar(canvas, limit=limit, label="weight")
    for nth, ((name, row), edge) in enumerate(zip(rows.items(), edges, strict=True)):
        box = _tiles(layout, len(row)).box(nth)
        write(canvas, MARGIN, box.top - TITLE, TITLES[name].format(scale))
        fit = f"mean edge fit {edge}" if layout == "wide" else f"edge fit {edge}"
        write(canvas, box.right, box.top - TITLE, fit, align="right", color=MUTED)
        kernel_sheet(canvas, box, row, columns=IN_A_LINE[layout], limit=limit)


def _rows_table(rows: Mapping[str, Kernels], order: np.ndarray) -> Table:
    return Table(
        ("row and kernel", "name", "edge fit", "line fit", "blob fit", "smoothness (Moran's I)"),
        [
            (f"{row}, kernel {index}", str(name), *map(float, fits), float(smooth))
            for row, kernels in rows.items()
            for index, name, fits, smooth in zip(
                order,
                name_kernels(kernels),
                np.stack(kernel_fits(kernels)[:3], axis=1),
                moran_i(kernels),
                strict=True,
            )
        ],
    )
