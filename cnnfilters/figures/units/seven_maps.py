"""A digit through the first layer: what each kernel answers, before and after ReLU."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.feature_maps import FeatureMaps, first_layer_maps, shown
from cnnfilters.analysis.forward import Network
from cnnfilters.analysis.kernels import kernel_shares, orientation_deg
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.cells import note, picture
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import pixel_image
from cnnfilters.figures.drawing.style import Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, Tiles, axes_in, scale_bar, write
from cnnfilters.run import Run
from cnnfilters.words import decimal, percent

SHOWN = 8  # kernels: the most edge-like, so that the maps have something to tell
GAP, TITLE, BELOW = 0.07, 0.2, 0.1  # inches: between, above, below
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
    """
    digit = shown(digits)
    chosen = _most_edge_like(run)
    maps = FeatureMaps(*(part[chosen] for part in first_layer_maps(Network.of(run), digit)))
    kernels = run.kernels()[chosen]
    scene = _Scene(digit, kernels, maps, kernel_shares(kernels).edge)
    silent = percent(float((maps.after == 0).mean()), 0)
    weakest, strongest = (percent(share, 0) for share in (scene.edge.min(), scene.edge.max()))
    two_signed = int(((maps.before.min((1, 2)) < 0) & (maps.before.max((1, 2)) > 0)).sum())
    return Figure(
        plotted(_draw, scene, height=_height),
        alt=(
            f"A 7 through {len(chosen)} kernels with centred edge shares from {weakest} to "
            f"{strongest}. Before ReLU the responses run from {decimal(maps.before.min(), 1)} to "
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
    """Indices of the kernels with the largest centred edge shares, by direction."""
    kernels = run.kernels()
    best = np.argsort(-kernel_shares(kernels).edge)[:SHOWN]
    return best[np.argsort(orientation_deg(kernels[best]))]


def _table(scene: _Scene, chosen: Int[np.ndarray, " shown"]) -> Table:
    return Table(
        (
            "kernel",
            "centred edge share",
            "direction, degrees",
            "least",
            "most",
            "set to zero by ReLU, %",
        ),
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


def _tiles(layout: Layout, group: int = 0) -> Tiles:
    """Places for a group of kernels with their maps below; the digit stands over the first."""
    columns = SHOWN if layout == "wide" else SHOWN // 2
    tiles = Tiles(layout, columns, gap=GAP, title=TITLE, below=BELOW)
    tiles = replace(tiles, top=MARGIN + tiles.side + BELOW)
    return tiles.group(group, rows=len(ROWS), apart=APART)


def _height(layout: Layout) -> float:
    columns = _tiles(layout).columns
    return _tiles(layout, SHOWN // columns - 1).height(len(ROWS) * columns) + MARGIN


def _draw(canvas: Canvas, layout: Layout, scene: _Scene) -> None:
    limits = [float(np.abs(part).max()) for part in (scene.kernels, scene.maps.before)]
    tiles = _tiles(layout)
    pixel_image(axes_in(canvas, Box(MARGIN, MARGIN, tiles.side, tiles.side)), scene.digit)
    for line, (limit, label) in enumerate(zip(limits, ("weight", "response"), strict=True)):
        scale_bar(canvas, top=MARGIN + 0.24 * line, limit=limit, label=label)
    for group, first in enumerate(range(0, SHOWN, tiles.columns)):
        _group(canvas, _tiles(layout, group), scene, first, limits)


def _group(canvas: Canvas, tiles: Tiles, scene: _Scene, first: int, limits: list[float]) -> None:
    """Some kernels in a row, with their maps before and after ReLU below them."""
    rows = (scene.kernels, scene.maps.before, scene.maps.after)
    part = slice(first, first + tiles.columns)
    for line, (values, limit) in enumerate(zip(rows, (limits[0], *limits[1:] * 2), strict=True)):
        for column, (each, edge) in enumerate(zip(values[part], scene.edge[part], strict=True)):
            box = tiles.box(line * tiles.columns + column)
            if line == 0:
                note(canvas, box.left, box.top - TITLE, f"edge {percent(edge, 0)}")
            elif column == 0:
                write(canvas, box.left, box.top - TITLE, ROWS[line])
            picture(canvas, box, each, limit=limit)
