"""LeNet-5: which maps C3 reads, and what every layer costs in 1998 and today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cnnfilters.figures.figure import Figure
from cnnfilters.figures.style import INK, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.svg import POINTS, box, line, picture, squares, text
from cnnfilters.figures.table import Table
from cnnfilters.lenet import C3_INPUTS, IMAGE, MAPS_C3, MAPS_S2, Layer, lenet_1998, lenet_today
from cnnfilters.words import percent

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


class _Pair(NamedTuple):
    """One layer then and now."""

    then: Layer
    now: Layer


def lenet_layers() -> Figure:
    """Every layer of LeNet-5 in 1998 and today: shape, parameters, connections.

    Example:
        >>> lenet_layers().table.rows[0]
        ('C1', '6×28×28', '5×5, tanh', 156, 122304, '5×5, ReLU', 156, 122304)
    """
    pairs = [_Pair(*each) for each in zip(lenet_1998(), lenet_today(), strict=True)]
    then, now = (_sums(side) for side in zip(*pairs, strict=True))
    late = percent(sum(p.then.parameters for p in pairs if p.then.name in ("C5", "F6")) / then[0])
    c3 = next(pair for pair in pairs if pair.then.name == "C3")
    return Figure(
        lambda layout: _draw_layers(layout, pairs, then, now),
        alt=(
            f"Seven layers, then and now. In 1998: {then[0]:,} parameters and {then[1]:,} "
            f"connections. Today: {now[0]:,} and {now[1]:,}. The maps shrink from 28×28 to 1×1 "
            f"while their number grows from 6 to 120."
        ),
        caption=(
            f"The sizes are the same; what changed is inside. A C3 that reads all maps has "
            f"{c3.now.parameters:,} parameters instead of {c3.then.parameters:,}, pooling learns "
            f"nothing, and the output is learned. In both, C5 and F6 hold nearly all: {late} "
            "in 1998."
        ),
        table=Table(
            (
                *("layer", "shape", "1998", "parameters 1998", "connections 1998"),
                *("today", "parameters today", "connections today"),
            ),
            [
                (p.then.name, _shape(p.then), p.then.what, *p.then[3:], p.now.what, *p.now[3:])
                for p in pairs
            ]
            + [("all layers", "", "", *then, "", *now)],
        ),
    )


def _sums(layers: tuple[Layer, ...]) -> tuple[int, int]:
    return sum(layer.parameters for layer in layers), sum(layer.connections for layer in layers)


def _shape(layer: Layer) -> str:
    return "×".join(map(str, layer.shape))


def _ends(layout: Layout) -> dict[str, float]:
    """Where each column of numbers ends, or of words begins."""
    if layout == "narrow":
        return {"parameters": 170, "connections": POINTS[layout] - 1}
    return {
        "then": 108,
        "parameters": 258,
        "connections": 318,
        "now": 338,
        "parameters now": 456,
        "connections now": POINTS[layout] - 1,
    }


def _draw_layers(
    layout: Layout, pairs: list[_Pair], then: tuple[int, int], now: tuple[int, int]
) -> str:
    row = ROW if layout == "wide" else ROW + 6
    marks = list(_headings(layout))
    top = HEAD
    for pair in pairs:
        marks.append(line((0, top), (POINTS[layout], top), stroke=RULE, stroke_width="0.6"))
        marks.extend(_outline(pair.then.shape, top + row / 2))
        marks.append(text(38, top + row / 2 - 3, pair.then.name, bold=True))
        marks.append(text(38, top + row / 2 + 9, _shape(pair.then), colour=MUTED))
        marks.extend(_row(layout, top + row / 2, *pair))
        top += row
    marks.append(line((0, top), (POINTS[layout], top), stroke=INK, stroke_width="0.8"))
    marks.append(text(38, top + row / 2 + 3, "all layers", bold=True))
    sums = (Layer("", "", (), *then), Layer("", "", (), *now))
    marks.extend(_row(layout, top + row / 2, *sums))
    return picture(layout, top + row, marks)


def _headings(layout: Layout) -> Iterator[str]:
    ends = _ends(layout)
    if layout == "wide":
        yield text(ends["then"], 10, "1998", bold=True)
        yield text(ends["now"], 10, "today", bold=True)
    else:
        yield text(38, 10, "first line 1998, second line today", colour=MUTED)
    for name, end in ends.items():
        if name not in ("then", "now"):
            yield text(end, 22, name.removesuffix(" now"), anchor="end", colour=MUTED)


def _row(layout: Layout, middle: float, *readings: Layer) -> Iterator[str]:
    """What two readings of one layer do and hold: side by side, or one below the other."""
    ends = _ends(layout)
    for order, layer in enumerate(readings):
        wide = layout == "wide"
        suffix = " now" if order and wide else ""
        place = middle + 3 if wide else middle - 3 + 12 * order
        if wide:
            yield text(ends["now" if order else "then"], place, layer.what)
        yield text(ends[f"parameters{suffix}"], place, f"{layer.parameters:,}", anchor="end")
        yield text(ends[f"connections{suffix}"], place, f"{layer.connections:,}", anchor="end")


def _outline(shape: tuple[int, ...], middle: float) -> Iterator[str]:
    """A square as large as the maps beside the image, or a bar for a list of units."""
    if len(shape) == 1:
        yield box(13, middle - 12, 4, 24, fill=RULE, stroke=INK, stroke_width="0.8")
        return
    side = max(30.0 * shape[1] / IMAGE[1], 2.5)
    yield box(1, middle - side / 2, side, side, fill=RULE, stroke=INK, stroke_width="0.8")
