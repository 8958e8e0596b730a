"""LeNet-5: which maps of S2 each map of C3 reads."""

from __future__ import annotations

from collections.abc import Iterator

from cnnfilters.figures.drawing.figure import Figure
from cnnfilters.figures.drawing.style import INK, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.drawing.svg import line, picture, squares, text
from cnnfilters.figures.drawing.table import Table
from cnnfilters.lenet import C3_INPUTS, MAPS_C3, MAPS_S2, lenet_1998

GROUPS = {  # what the maps of C3 read, and how many maps do: in the order of the table
    "three neighbours": 6,
    "four neighbours": 6,
    "two pairs": 3,
    "all": 1,
}
CELL, LEFT = {"wide": 26.0, "narrow": 12.5}, {"wide": 62.0, "narrow": 22.0}  # points
TOP, ROW, HEAD = 40.0, 37.0, 30.0


def lenet_table() -> Figure:
    """The table that says which maps of S2 each map of C3 reads.

    Example:
        >>> lenet_table().table.rows[0]
        ('0', 'yes', 'yes', 'yes', 'no', 'no', 'no', 3)
    """
    kernels = sum(map(len, C3_INPUTS))
    c3 = {layer.name: layer for layer in lenet_1998()}["C3"]
    full = MAPS_S2 * MAPS_C3
    return Figure(
        _draw_table,
        alt=(
            f"A table of {MAPS_S2} rows, the maps of S2, and {MAPS_C3} columns, the maps of C3; "
            f"{kernels} of {full} cells are filled. Six maps of C3 read three neighbours, six "
            "read four, three read two pairs, and the last reads all."
        ),
        caption=(
            f"A filled cell is a kernel: {kernels} of {full}. With 25 weights each and "
            f"{MAPS_C3} biases that makes {c3.parameters:,} parameters, used at 10×10 places: "
            f"{c3.connections:,} connections. Every map of S2 is read by ten maps of C3."
        ),
        table=Table(
            ("map of C3", *(f"reads map {number}" for number in range(MAPS_S2)), "kernels"),
            [
                (
                    str(column),
                    *("yes" if row in reads else "no" for row in range(MAPS_S2)),
                    len(reads),
                )
                for column, reads in enumerate(C3_INPUTS)
            ],
        ),
    )


def _draw_table(layout: Layout) -> str:
    side, left, bottom = CELL[layout], LEFT[layout], TOP + MAPS_S2 * CELL[layout]
    wide = layout == "wide"
    filled = [(row, column) for column, reads in enumerate(C3_INPUTS) for row in reads]
    grid = [(row, column) for row in range(MAPS_S2) for column in range(MAPS_C3)]
    marks = [
        squares(grid, left, TOP, side, fill="none", stroke=RULE, stroke_width="0.8"),
        squares(filled, left, TOP, side, fill=MUTED, stroke=RULE, stroke_width="0.8"),
        text(left, SMALL + 1, "map of C3", colour=MUTED),
        text(0, TOP - 6, "map of S2" if wide else "S2", colour=MUTED),
        text(0, bottom + 15, "kernels", colour=MUTED) if wide else "",
    ]
    for column, reads in enumerate(C3_INPUTS):
        middle = left + (column + 0.5) * side
        marks.append(text(middle, TOP - 6, str(column), anchor="middle"))
        marks.append(text(middle, bottom + 15, str(len(reads)), anchor="middle"))
    rows = range(MAPS_S2)
    marks.extend(
        text(left - 8, TOP + (row + 0.5) * side + 3, str(row), anchor="end") for row in rows
    )
    marks.extend(_groups(layout, bottom + 22))
    return picture(layout, bottom + (44 if wide else 74), marks)


def _groups(layout: Layout, top: float) -> Iterator[str]:
    """Brackets under the columns that are built alike; on a phone they are named in a list."""
    side, start = CELL[layout], 0
    for order, (words, count) in enumerate(GROUPS.items()):
        left = LEFT[layout] + start * side + 2
        right = left + count * side - 4
        yield line((left, top), (left, top + 3), (right, top + 3), (right, top), stroke=INK)
        if layout == "wide":
            yield text((left + right) / 2, top + 15, words, anchor="middle")
        else:
            where = f"{start} to {start + count - 1}" if count > 1 else f"{start}"
            down, across = divmod(order, 2)
            place = (LEFT[layout] + 118 * across, top + 20 + 14 * down)
            yield text(*place, f"{where}: {words}")
        start += count
