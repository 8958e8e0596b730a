"""What images and labels have to do with it: kernels of three arms, and of no training at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.kernels import kernel_shares, orientation_deg
from cnnfilters.evidence import Interval
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import kernel_sheet, scale_bar, sheet_cells, write
from cnnfilters.figures.drawing.style import MUTED, SMALL, WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.words import percent

MARGIN, HEAD, TITLE, BELOW = 0.05, 0.3, 0.22, 0.17  # inches
IN_A_LINE = {"wide": 16, "narrow": 8}
TITLES = {
    "permuted pixels": "Permuted pixels, true labels",
    "shuffled labels": "True pixels, shuffled labels",
    "true": "True pixels, true labels",
    "reference": "No training: random, as smooth as the digits",
}


class _Row(NamedTuple):
    kernels: Float[np.ndarray, "kernels side side"]  # without their mean, of length one
    edge: Interval | float  # of networks, or of chance


def three_arms(study: Mapping[str, Any]) -> Figure:
    """One network of each arm as pictures, with the edge share of all its networks.

    Args:
        study: What `cnnfilters.experiments.labels_and_pixels` measured.

    Returns:
        The figure.
    """
    rows = {
        arm: _Row(_patterns(study["kernels"][arm]), Interval.of(study["arms"][arm]["edge"]))
        for arm in ("permuted pixels", "shuffled labels", "true")
    }
    reference = study["reference"]
    rows["reference"] = _Row(_patterns(reference["kernels"]), float(reference["edge"]))
    edge = {name: percent(_mean(row), 0) for name, row in rows.items()}
    count = len(study["arms"]["true"]["edge"])
    return Figure(
        plotted(
            lambda canvas, layout: _draw(canvas, layout, rows),
            height=_height("wide"),
            narrow_height=_height("narrow"),
        ),
        alt=(
            f"Four rows of {len(rows['true'].kernels)} kernels. Mean edge share of {count} "
            f"networks each: permuted pixels {edge['permuted pixels']}, shuffled labels "
            f"{edge['shuffled labels']}, true digits {edge['true']}; random kernels as smooth as "
            f"the digits {edge['reference']}."
        ),
        caption=(
            f"Edge share over {count} networks: {edge['permuted pixels']} when the pixels are "
            f"permuted, {edge['shuffled labels']} when the labels are shuffled, {edge['true']} "
            f"with both in order. Random kernels that are as smooth as the digits have "
            f"{edge['reference']}. Kernels are drawn without their mean, and of equal length."
        ),
        table=Table(
            ("kernels", "mean edge share", "interval from", "to", "networks"),
            [(TITLES[name], *_numbers(row)) for name, row in rows.items()],
        ),
    )


def _patterns(kernels: Any) -> Float[np.ndarray, "kernels side side"]:
    array = np.asarray(kernels, dtype=float)
    pattern = array - array.mean(axis=(1, 2), keepdims=True)
    pattern = pattern / np.linalg.norm(pattern, axis=(1, 2), keepdims=True)
    clear = kernel_shares(pattern).edge  # the direction of what is no edge means nothing
    order = np.lexsort((orientation_deg(pattern), clear < np.median(clear)))
    return np.asarray(pattern[order])


def _mean(row: _Row) -> float:
    return row.edge if isinstance(row.edge, float) else row.edge.mean


def _numbers(row: _Row) -> tuple[float, float, float, int]:
    if isinstance(row.edge, float):
        return row.edge, row.edge, row.edge, 0
    return row.edge.mean, row.edge.low, row.edge.high, row.edge.networks


def _height(layout: Layout) -> float:
    lines, cells = sheet_cells(16, IN_A_LINE[layout])
    sheet = (WIDTH[layout] - 2 * MARGIN) * lines / cells
    title = TITLE * (1 if layout == "wide" else 1.8)
    return HEAD + len(TITLES) * (title + sheet + BELOW) - BELOW + MARGIN


def _draw(canvas: Canvas, layout: Layout, rows: Mapping[str, _Row]) -> None:
    limit = max(float(np.abs(row.kernels).max()) for row in rows.values())
    width, top = WIDTH[layout], HEAD
    scale_bar(canvas, right=width - MARGIN, top=0.05, limit=limit, label="weight")
    for name, row in rows.items():
        write(canvas, MARGIN, top, TITLES[name])
        share = f"edge share {percent(_mean(row), 0)}"
        if not isinstance(row.edge, float):
            share += f" ({percent(row.edge.low, 0)} to {percent(row.edge.high, 0)})"
        if layout == "wide":
            write(canvas, width - MARGIN, top, share, align="right", color=MUTED)
        else:
            top += 0.8 * TITLE
            write(canvas, MARGIN, top, share, color=MUTED, fontsize=SMALL)
        top += TITLE
        top += BELOW + kernel_sheet(
            canvas,
            row.kernels,
            left=MARGIN,
            top=top,
            width=width - 2 * MARGIN,
            columns=IN_A_LINE[layout],
            limit=limit,
        )
