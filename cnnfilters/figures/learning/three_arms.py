"""What images and labels have to do with it: kernels of each arm, and of no training at all."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.kernels import orientation_deg, patterns
from cnnfilters.analysis.nulls import kernel_fits
from cnnfilters.evidence import Interval
from cnnfilters.experiments.arms import CHANCE_EDGE, EDGE
from cnnfilters.experiments.labels_and_pixels import TRUE, LabelsAndPixelsStudy
from cnnfilters.figures.drawing.cells import note
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.sheets import kernel_sheet, sheet_height
from cnnfilters.figures.drawing.style import MUTED, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, INNER, MARGIN, Tiles, scale_bar, write
from cnnfilters.words import percent

TITLE, LINE, BELOW = 0.22, 0.176, 0.17  # inches
IN_A_LINE = {"wide": 16, "narrow": 8}
TITLES = {
    "permuted pixels": "Permuted pixels, true labels",
    "shuffled labels": "True pixels, shuffled labels",
    "memorised labels": "300 digits, shuffled labels, memorised",
    "few digits": "300 digits, true labels",
    "true": "True pixels, true labels",
    "reference": "No training: random, varying as the digits do",
}


class _Row(NamedTuple):
    kernels: Float[np.ndarray, "kernels side side"]  # without their mean, of length one
    edge: Interval | float  # of networks, or of chance


def three_arms(study: LabelsAndPixelsStudy) -> Figure:
    """One network of each arm as pictures, with the edge fit of all its networks.

    Args:
        study: What `cnnfilters.experiments.labels_and_pixels` measured.
    """
    rows = {
        name: _Row(_patterns(study.kernels[name]), Interval.of(study.arms[name][EDGE.name]))
        for name in TITLES
        if name in study.kernels
    }
    rows["reference"] = _Row(_patterns(study.reference), study.reference_edge)
    edge = {name: percent(_mean(row), 0) for name, row in rows.items()}
    count = len(study.values(EDGE.of(TRUE)))
    chance = percent(study.values(CHANCE_EDGE.of(TRUE))[0], 0)
    return Figure(
        plotted(
            _draw, rows, height=lambda layout: _tiles(layout).height(len(rows)) - BELOW + MARGIN
        ),
        alt=(
            f"Rows of {len(rows['true'].kernels)} kernels. Mean edge fit: permuted pixels "
            f"{edge['permuted pixels']}, shuffled labels {edge['shuffled labels']}, memorised "
            f"{edge['memorised labels']}, the same 300 with true labels {edge['few digits']}, all "
            f"digits {edge['true']}; random {edge['reference']}; chance {chance}."
        ),
        caption=(
            f"Mean edge fit of {count} networks, where chance gives {chance}: "
            f"{edge['permuted pixels']} when the pixels are permuted, {edge['shuffled labels']} "
            f"when the labels of all digits are shuffled, {edge['true']} with both in order. Of "
            f"300 digits whose labels were shuffled and memorised: {edge['memorised labels']}, of "
            f"the same with true labels {edge['few digits']}. Random kernels that vary as patches "
            f"of the digits do have {edge['reference']}. Drawn are kernels of the first network of "
            "each kind, without their mean and of equal length."
        ),
        table=Table(
            ("kernels", "mean edge fit", "interval from", "to", "networks"),
            [(TITLES[name], *_numbers(row)) for name, row in rows.items()],
        ),
    )


def _patterns(kernels: Any) -> Float[np.ndarray, "kernels side side"]:
    pattern = patterns(kernels)
    clear = kernel_fits(pattern).edge  # the direction of what is no edge means nothing
    order = np.lexsort((orientation_deg(pattern), clear < np.median(clear)))
    return np.asarray(pattern[order])


def _mean(row: _Row) -> float:
    return row.edge if isinstance(row.edge, float) else row.edge.mean


def _numbers(row: _Row) -> tuple[float, float, float, int]:
    if isinstance(row.edge, float):
        return row.edge, row.edge, row.edge, 0
    return row.edge.mean, row.edge.low, row.edge.high, row.edge.networks


def _tiles(layout: Layout) -> Tiles:
    """A row of kernels each; on a phone the title takes two lines."""
    title = TITLE if layout == "wide" else TITLE + LINE
    tall = sheet_height(16, IN_A_LINE[layout], width=INNER[layout])
    return Tiles(layout, 1, title=title, below=BELOW, top=HEAD, tall=tall)


def _draw(canvas: Canvas, layout: Layout, rows: Mapping[str, _Row]) -> None:
    limit = max(float(np.abs(row.kernels).max()) for row in rows.values())
    scale_bar(canvas, limit=limit, label="weight")
    for nth, (name, row) in enumerate(rows.items()):
        box = _tiles(layout).box(nth)
        fit = f"edge fit {percent(_mean(row), 0)}"
        if not isinstance(row.edge, float):
            fit += f" ({percent(row.edge.low, 0)} to {percent(row.edge.high, 0)})"
        if layout == "wide":
            write(canvas, MARGIN, box.top - TITLE, TITLES[name])
            write(canvas, box.right, box.top - TITLE, fit, align="right", color=MUTED)
        else:
            write(canvas, MARGIN, box.top - TITLE - LINE, TITLES[name])
            note(canvas, MARGIN, box.top - TITLE, fit)
        kernel_sheet(canvas, box, row.kernels, columns=IN_A_LINE[layout], limit=limit)
