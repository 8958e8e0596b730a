"""LeNet-5: what every layer costs in 1998 and today."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from cnnfilters.figures.drawing.figure import Figure
from cnnfilters.figures.drawing.style import INK, MUTED, RULE, Layout
from cnnfilters.figures.drawing.svg import POINTS, box, line, picture, text
from cnnfilters.figures.drawing.table import Table
from cnnfilters.lenet import IMAGE, Layer, lenet_1998, lenet_today
from cnnfilters.words import percent

TOP, ROW, HEAD = 40.0, 37.0, 30.0
INPUT = Layer("input", "digit with a margin of 2", IMAGE, 0, 0)  # it has none


class _Pair(NamedTuple):
    """One layer then and now."""

    then: Layer
    now: Layer


def lenet_layers() -> Figure:
    """Every layer of LeNet-5 in 1998 and today: shape, parameters, connections.

    Example:
        >>> for row in lenet_layers().table.rows[:2]:
        ...     print(row)
        ('input', '1×32×32', 'digit with a margin of 2', 0, 0, 'the same', 0, 0)
        ('C1', '6×28×28', '5×5, tanh', 156, 122304, '5×5, ReLU', 156, 122304)
    """
    pairs = [_Pair(*each) for each in zip(lenet_1998(), lenet_today(), strict=True)]
    then, now = (_sums(side) for side in zip(*pairs, strict=True))
    late = percent(sum(p.then.parameters for p in pairs if p.then.name in ("C5", "F6")) / then[0])
    side = IMAGE[1]
    c3 = next(pair for pair in pairs if pair.then.name == "C3")
    return Figure(
        lambda layout: _draw_layers(layout, pairs, then, now),
        alt=(
            f"Seven layers, then and now. In 1998: {then[0]:,} parameters and {then[1]:,} "
            f"connections. Today: {now[0]:,} and {now[1]:,}. From an input of 32×32 the maps "
            f"shrink over 28×28 to 1×1, while their number grows from 6 to 120."
        ),
        caption=(
            f"The input is a digit with a margin of 2, so C1's maps have {side} − 5 + 1 = "
            f"{side - 4} rows. The sizes are the same then and now; what changed is inside. A C3 "
            f"that reads all maps has {c3.now.parameters:,} parameters instead of "
            f"{c3.then.parameters:,}, pooling learns nothing, and the output is learned. In both, "
            f"C5 and F6 hold nearly all: {late} "
            "in 1998."
        ),
        table=Table(
            (
                *("layer", "shape", "1998", "parameters 1998", "connections 1998"),
                *("today", "parameters today", "connections today"),
            ),
            [("input", _shape(INPUT), INPUT.what, *INPUT[3:], "the same", *INPUT[3:])]
            + [
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
    marks.extend(_named(layout, HEAD, row, INPUT))
    marks.append(text(_ends(layout).get("then", 108), HEAD + row / 2 + 3, INPUT.what))
    top = HEAD + row
    for pair in pairs:
        marks.extend(_named(layout, top, row, pair.then))
        marks.extend(_row(layout, top + row / 2, *pair))
        top += row
    marks.append(line((0, top), (POINTS[layout], top), stroke=INK, stroke_width="0.8"))
    marks.append(text(38, top + row / 2 + 3, "all layers", bold=True))
    sums = (Layer("", "", (), *then), Layer("", "", (), *now))
    marks.extend(_row(layout, top + row / 2, *sums))
    return picture(layout, top + row, marks)


def _named(layout: Layout, top: float, row: float, layer: Layer) -> Iterator[str]:
    """The outline of a layer's maps, its name and shape, below a rule."""
    yield line((0, top), (POINTS[layout], top), stroke=RULE, stroke_width="0.6")
    yield from _outline(layer.shape, top + row / 2)
    yield text(38, top + row / 2 - 3, layer.name, bold=True)
    yield text(38, top + row / 2 + 9, _shape(layer), colour=MUTED)


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
