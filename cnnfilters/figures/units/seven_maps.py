"""A digit through the first layer: what each kernel answers, before and after ReLU."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import FeatureMaps, first_layer_maps
from cnnfilters.analysis.forward import Network
from cnnfilters.analysis.kernels import kernel_shares, orientation_deg
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import bare, pixel_image, signed_image
from cnnfilters.figures.drawing.sheets import Box, axes_in, scale_bar, write
from cnnfilters.figures.drawing.style import MUTED, SMALL, WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.run import Run
from cnnfilters.words import decimal, percent

SEVEN = 7
SHOWN = 8  # kernels: the most edge-like, so that the maps have something to tell
MARGIN, GAP, TITLE, BELOW = 0.05, 0.07, 0.2, 0.1  # inches: beside, between, above, below
APART = 0.12  # inches between groups of rows
ROWS = ("kernel", "before ReLU", "after ReLU")


class _Scene(NamedTuple):
    """What is drawn, in the order in which it is drawn."""

    digit: Float[np.ndarray, "28 28"]
    kernels: Float[np.ndarray, "shown side side"]
    maps: FeatureMaps
    edge: Float[np.ndarray, " shown"]


def seven_maps(run: Run, digits: Digits) -> Figure:
    """The first held-out 7 through the most edge-like kernels, ordered by their orientation.

    Args:
        run: A training of `SmallCNN`.
        digits: Where the 7 comes from.

    Returns:
        The figure.
    """
    digit = digits.held_out_images[int(np.argmax(digits.held_out_labels == SEVEN))]
    chosen = _most_edge_like(run)
    maps = FeatureMaps(*(part[chosen] for part in first_layer_maps(Network.of(run), digit)))
    kernels = run.kernels()[chosen]
    scene = _Scene(digit, kernels, maps, kernel_shares(kernels).edge)
    silent = percent(float((maps.after == 0).mean()), 0)
    weakest, strongest = (percent(share, 0) for share in (scene.edge.min(), scene.edge.max()))
    two_signed = int(((maps.before.min((1, 2)) < 0) & (maps.before.max((1, 2)) > 0)).sum())
    return Figure(
        plotted(
            lambda canvas, layout: _draw(canvas, layout, scene),
            height=_height("wide"),
            narrow_height=_height("narrow"),
        ),
        alt=(
            f"A 7 through {len(chosen)} kernels with edge shares from {weakest} to {strongest}. "
            f"Before ReLU the responses run from {decimal(maps.before.min(), 1)} to "
            f"{decimal(maps.before.max(), 1)}; ReLU sets {silent} of them to zero."
        ),
        caption=(
            f"{two_signed} of the {len(chosen)} kernels answer positively to one part of the 7 and "
            f"negatively to another. ReLU keeps what is positive and sets {silent} of the "
            "responses to zero."
        ),
        table=_table(scene, chosen),
    )


def _most_edge_like(run: Run) -> Int[np.ndarray, " shown"]:
    """Indices of the kernels with the largest edge shares, by the direction of their edge."""
    kernels = run.kernels()
    best = np.argsort(-kernel_shares(kernels).edge)[:SHOWN]
    return best[np.argsort(orientation_deg(kernels[best]))]


def _table(scene: _Scene, chosen: Int[np.ndarray, " shown"]) -> Table:
    return Table(
        ("kernel", "edge share", "direction, degrees", "least", "most", "set to zero by ReLU, %"),
        [
            (
                f"kernel {index}",
                float(edge),
                round(float(angle)),
                float(before.min()),
                float(before.max()),
                100 * float((after == 0).mean()),
            )
            for index, edge, angle, before, after in zip(
                chosen, scene.edge, orientation_deg(scene.kernels), *scene.maps, strict=True
            )
        ],
    )


def _columns(layout: Layout) -> int:
    return SHOWN if layout == "wide" else SHOWN // 2


def _side(layout: Layout) -> float:
    """Inches of one picture."""
    columns = _columns(layout)
    return (WIDTH[layout] - 2 * MARGIN - (columns - 1) * GAP) / columns


def _height(layout: Layout) -> float:
    groups = SHOWN // _columns(layout)
    rows = groups * len(ROWS) * (TITLE + _side(layout) + BELOW)
    return _head(layout) + rows + (groups - 1) * APART + MARGIN


def _head(layout: Layout) -> float:
    """Inches that the digit and the scales take."""
    return MARGIN + _side(layout) + BELOW


def _draw(canvas: Canvas, layout: Layout, scene: _Scene) -> None:
    limits = [float(np.abs(part).max()) for part in (scene.kernels, scene.maps.before)]
    right, columns = WIDTH[layout] - MARGIN, _columns(layout)
    side = _side(layout)
    pixel_image(axes_in(canvas, Box(MARGIN, MARGIN, side, side)), scene.digit)
    for line, (limit, label) in enumerate(zip(limits, ("weight", "response"), strict=True)):
        scale_bar(canvas, right=right, top=0.05 + 0.24 * line, limit=limit, label=label)
    top = _head(layout)
    for first in range(0, SHOWN, columns):
        _group(canvas, layout, scene, slice(first, first + columns), top, limits)
        top += len(ROWS) * (TITLE + side + BELOW) + APART


def _group(
    canvas: Canvas, layout: Layout, scene: _Scene, part: slice, top: float, limits: list[float]
) -> None:
    """Some kernels in a row, with their maps before and after ReLU below them."""
    side = _side(layout)
    pictures = (scene.kernels, scene.maps.before, scene.maps.after)
    for title, row, limit in zip(ROWS, pictures, (limits[0], limits[1], limits[1]), strict=True):
        for column, (picture, edge) in enumerate(zip(row[part], scene.edge[part], strict=True)):
            left = MARGIN + column * (side + GAP)
            if title == ROWS[0]:
                write(canvas, left, top, f"edge {percent(edge, 0)}", fontsize=SMALL, color=MUTED)
            elif column == 0:
                write(canvas, left, top, title)
            axes = axes_in(canvas, Box(left, top + TITLE, side, side))
            signed_image(axes, picture, limit=limit)
            bare(axes, frame=True)
        top += TITLE + side + BELOW
