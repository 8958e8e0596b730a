"""Small grids of numbers, coloured by their size, several to a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import matplotlib as mpl
import numpy as np
from jaxtyping import Int, Shaped
from matplotlib.colors import to_hex

from cnnfilters.figures.drawing.sheets import readable_on
from cnnfilters.figures.drawing.style import INK, MAGNITUDE, MUTED, SMALL, Layout
from cnnfilters.figures.drawing.svg import POINTS, box, picture, text

GAP, BELOW, LINE = 20.0, 12.0, 11.5  # points: between grids, under them, one line of a title
LARGEST = 19.0  # side of a cell


class Grid(NamedTuple):
    """One grid with its title.

    Attributes:
        title: Its lines.
        values: The number in each cell.
    """

    title: Sequence[str]
    values: Int[np.ndarray, "rows columns"]


def number_grids(grids: Sequence[Grid], layout: Layout, *, columns: dict[Layout, int]) -> str:
    """Grids side by side on one scale of colours, from 0 to the largest value of all.

    Args:
        grids: What is drawn, in order.
        layout: Of the picture.
        columns: Grids side by side, in each layout.

    Returns:
        The picture; zeros are hatched.

    Example:
        >>> import re
        >>> visits = Grid(["How often each pixel is read"], np.array([[1, 2], [0, 4]]))
        >>> svg = number_grids([visits], "wide", columns={"wide": 1, "narrow": 1})
        >>> re.findall(">([0-9])<", svg), svg.count("url(#hatch)")
        (['1', '2', '4'], 1)
    """
    most = max(int(grid.values.max()) for grid in grids)
    width = (POINTS[layout] - (columns[layout] - 1) * GAP) / columns[layout]
    marks, top = [], 0.0
    for start in range(0, len(grids), columns[layout]):
        line = grids[start : start + columns[layout]]
        head = LINE * max(len(grid.title) for grid in line) + 4
        widest = max(grid.values.shape[1] for grid in line)
        side = min(LARGEST, (width - 1) / widest)
        for index, grid in enumerate(line):
            left = index * (width + GAP) + 0.5
            for nth, words in enumerate(grid.title):
                colour = MUTED if nth else INK
                marks.append(text(left, top + SMALL + nth * LINE, words, colour=colour))
            marks.extend(_cells(grid.values, left, top + head, side, most))
        top += head + side * max(grid.values.shape[0] for grid in line) + BELOW
    return picture(layout, top, marks)


def _cells(
    values: Shaped[np.ndarray, "rows columns"], left: float, top: float, side: float, most: int
) -> Iterator[str]:
    colours = mpl.colormaps[MAGNITUDE]
    for (row, column), value in np.ndenumerate(values):
        x, y = left + column * side, top + row * side
        if value == 0:
            yield box(x, y, side, side, fill="url(#hatch)", stroke=MUTED, stroke_width="0.5")
            continue
        colour = colours(0.15 + 0.85 * float(value) / most)
        yield box(x, y, side, side, fill=to_hex(colour), stroke=to_hex(colour), stroke_width="0.5")
        if side >= SMALL + 2:
            middle, foot = x + side / 2, y + side / 2 + SMALL * 0.36
            yield text(middle, foot, str(value), anchor="middle", colour=readable_on(colour))
