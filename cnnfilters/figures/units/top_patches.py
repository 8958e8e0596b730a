"""The patches that excite a unit most, beside those of the same unit untrained."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.forward import Network
from cnnfilters.analysis.receptive_patches import coherence, cut, strongest
from cnnfilters.digits import Digits
from cnnfilters.figures.drawing.cells import note
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import bare, mosaic
from cnnfilters.figures.drawing.style import (
    PIXELS,
    RULE,
    Layout,
)
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, Tiles, axes_in, write
from cnnfilters.run import Run
from cnnfilters.words import decimal

SNAPSHOTS = {"trained": -1, "untrained": 0}
PATCHES, SHOWN = 9, 6  # patches of a unit, units in the picture
IN_A_ROW = 3  # patches
MOST = 1_000  # held-out digits to choose from
GAP, TITLE, LINE, BELOW = 0.14, 0.22, 0.18, 0.16  # inches
APART = 0.14  # inches between groups of units
TITLES = {"trained": "trained: units with their coherence", "untrained": "the same, untrained"}


class _Side(NamedTuple):
    """All units of one network."""

    patches: Float[np.ndarray, "units top rows columns"]
    coherence: Float[np.ndarray, " units"]
    response: Float[np.ndarray, " units"]  # the strongest to any digit


def top_patches(run: Run, digits: Digits) -> Figure:
    """Nine patches each of units from the most coherent to the least, trained and untrained.

    Args:
        run: A training of `SmallCNN`.
        digits: Its held-out digits are what the patches are cut from.
    """
    sides = {name: _side(run, snapshot, digits) for name, snapshot in SNAPSHOTS.items()}
    heard = np.flatnonzero(sides["trained"].response > 0)
    chosen = heard[spread(sides["trained"].coherence[heard])]
    of = {name: side.coherence for name, side in sides.items()}
    most, least = (float(of["trained"][unit]) for unit in (chosen[0], chosen[-1]))
    higher = int((of["trained"] > of["untrained"]).sum())
    return Figure(
        plotted(_draw, sides, chosen, height=_height),
        alt=(
            f"Nine strongest patches of {len(chosen)} of {len(of['trained'])} units. Trained, "
            f"their coherence runs from {decimal(most)} to {decimal(least)}. The mean of all units "
            f"is {decimal(of['trained'].mean())}; untrained it is "
            f"{decimal(of['untrained'].mean())}."
        ),
        caption=(
            f"{higher} of {len(of['trained'])} units of the second layer choose patches that are "
            "more alike after training than before. Those were alike, too. Six units, evenly "
            "spaced from the most coherent to the least, of those that answer to a digit at all."
        ),
        table=Table(
            ("unit", "coherence, trained", "untrained", "strongest response", "in the picture"),
            [
                (f"unit {unit}", *map(float, numbers), "yes" if unit in chosen else "no")
                for unit, numbers in enumerate(
                    zip(*of.values(), sides["trained"].response, strict=True)
                )
            ],
        ),
    )


def spread(ranked: Float[np.ndarray, " units"], count: int = SHOWN) -> Int[np.ndarray, " count"]:
    """Units at equal distances in the ranking, the first and the last among them.

    Example:
        >>> spread(np.array([0.1, 0.9, 0.5, 0.3, 0.7]), 3)
        array([1, 2, 0])
    """
    order = np.argsort(-ranked, kind="stable")
    return np.asarray(order[np.linspace(0, len(order) - 1, count).round().astype(int)])


def _side(run: Run, snapshot: int, digits: Digits) -> _Side:
    network, images = Network.of(run, snapshot), digits.held_out_images[:MOST]
    found = strongest(network, images, top=min(PATCHES, len(images)))
    patches = cut(network, images, found)
    return _Side(patches, coherence(patches), found.response[:, 0])


def _tiles(layout: Layout, group: int = 0) -> Tiles:
    """Places for a group of units, trained and below it untrained."""
    columns = SHOWN if layout == "wide" else SHOWN // 2
    tiles = Tiles(layout, columns, gap=GAP, title=TITLE + LINE, below=BELOW, top=MARGIN)
    return tiles.group(group, rows=len(SNAPSHOTS), apart=APART)


def _height(layout: Layout) -> float:
    columns = _tiles(layout).columns
    last = _tiles(layout, SHOWN // columns - 1)
    return last.height(len(SNAPSHOTS) * columns) - BELOW + MARGIN


def _draw(
    canvas: Canvas, layout: Layout, sides: Mapping[str, _Side], chosen: Int[np.ndarray, " shown"]
) -> None:
    columns = _tiles(layout).columns
    for group, first in enumerate(range(0, len(chosen), columns)):
        tiles = _tiles(layout, group)
        for line, (name, side) in enumerate(sides.items()):
            write(canvas, MARGIN, tiles.top + line * tiles.pitch, TITLES[name])
            for column, unit in enumerate(chosen[first : first + columns]):
                box = tiles.box(line * columns + column)
                words = f"unit {unit}: {decimal(side.coherence[unit])}"
                note(canvas, box.left, box.top - LINE, words)
                _nine(canvas, box, side.patches[unit])


def _nine(canvas: Canvas, box: Box, patches: Float[np.ndarray, "top rows columns"]) -> None:
    """Patches in three rows, with lines between: paper may meet paper."""
    axes = axes_in(canvas, box)
    bare(axes, frame=True)
    axes.set_facecolor(RULE)
    sheet = mosaic(patches, columns=IN_A_ROW)
    axes.imshow(sheet, cmap=PIXELS, vmin=0, vmax=1, interpolation="none")
