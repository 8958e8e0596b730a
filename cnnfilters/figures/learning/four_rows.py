"""The kernels of the first layer as pictures on one scale, from the start to the end."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.kernels import moran_i, orientation_deg
from cnnfilters.analysis.learning import distance_from_start, start_and_rest
from cnnfilters.analysis.nulls import kernel_fits, name_kernels
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
    "rest": "The rest: trained − {factor} × start",
    "small start": "Trained from {scale:g} of the start",
}

Kernels = Float[np.ndarray, "filters side side"]


def four_rows(default: Run, small_start: Run) -> Figure:
    """The reveal: start, trained kernels, the rest without the start, and a small start.

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
        The trained kernels hold 1.00 times their random start (cosine 0.71). Their mean edge fit is
        62 %, of the rest 98 %, of kernels trained from 0.1 of the start 98 %; chance gives 24 %.
    """
    order, parts = np.argsort(orientation_deg(small_start.kernels())), start_and_rest(default)
    rows = {
        "start": default.kernels(0)[order],
        "trained": default.kernels()[order],
        "rest": parts.rest[order, 0],
        "small start": small_start.kernels()[order],
    }
    fits = [kernel_fits(row) for row in rows.values()]
    edges = [percent(float(fit.edge.mean()), 0) for fit in fits]
    chance = percent(fits[0].chance["edge"].mean, 0)
    cosine, factor = decimal(distance_from_start(default).cosine[-1]), decimal(parts.factor)
    scale = small_start.config["conv1_scale"]
    titles = {name: text.format(scale=scale, factor=factor) for name, text in TITLES.items()}
    return Figure(
        plotted(
            _draw_rows,
            rows,
            edges,
            titles,
            height=lambda layout: _tiles(layout, len(order)).height(len(rows)) - BELOW + MARGIN,
        ),
        alt=(
            f"Four rows of the same {len(order)} kernels. Mean edge fit: start {edges[0]}, trained "
            f"{edges[1]}, trained minus {factor} times the start {edges[2]}, trained from a small "
            f"start {edges[3]}; chance {chance}. The cosine of the first two rows is {cosine}."
        ),
        caption=(
            f"The trained kernels hold {factor} times their random start (cosine {cosine}). Their "
            f"mean edge fit is {edges[1]}, of the rest {edges[2]}, of kernels trained from "
            f"{scale:g} of the start {edges[3]}; chance gives {chance}."
        ),
        table=_rows_table(rows, order),
    )


def _tiles(layout: Layout, count: int) -> Tiles:
    """A row of `count` kernels each."""
    tall = sheet_height(count, IN_A_LINE[layout], width=INNER[layout])
    return Tiles(layout, 1, title=TITLE, below=BELOW, top=HEAD, tall=tall)


def _draw_rows(
    canvas: Canvas,
    layout: Layout,
    rows: Mapping[str, Kernels],
    edges: list[str],
    titles: Mapping[str, str],
) -> None:
    limit = max(float(np.abs(row).max()) for row in rows.values())
    scale_bar(canvas, limit=limit, label="weight")
    for nth, ((name, row), edge) in enumerate(zip(rows.items(), edges, strict=True)):
        box = _tiles(layout, len(row)).box(nth)
        write(canvas, MARGIN, box.top - TITLE, titles[name])
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
