"""A network, layer by layer: what goes through, what is learned, what it costs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from cnnfilters.arithmetic import (
    ConvGeometry,
    Convolution,
    Flatten,
    Linear,
    Trace,
    TraceRow,
    trace,
)
from cnnfilters.arithmetic.layers import Pointwise
from cnnfilters.figures.drawing.figure import Figure
from cnnfilters.figures.drawing.style import FONT_SIZE, INK, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.drawing.svg import POINTS, box, line, picture, text
from cnnfilters.figures.drawing.table import Table
from cnnfilters.lenet import POOL
from cnnfilters.words import percent

SOURCE = (  # the source tutorial's network
    Convolution(1, 16, ConvGeometry(5, padding=2)),
    Pointwise("ReLU"),
    POOL,
    Convolution(16, 32, ConvGeometry(5, padding=2)),
    Pointwise("ReLU"),
    POOL,
    Flatten(),
    Linear(1568, 10),
)
STACK = tuple(Convolution(channels, 8, ConvGeometry(3)) for channels in (1, 8, 8))
IMAGE = (1, 28, 28)
LARGEST, ROW, HEAD = 30.0, 35.0, 16.0  # points: the image's square, one layer, the headings


class _Broken(NamedTuple):
    """A layer that can't take what reaches it."""

    layer: str
    words: str


def traced_network() -> Figure:
    """The source tutorial's network, from the digit to ten logits.

    Example:
        >>> traced_network().table.rows[0]
        ('Conv2d(1, 16, 5, padding=2)', '16 × 28 × 28', '416', '313,600', '5 × 5')
    """
    traced = trace(SOURCE, IMAGE)
    pooled = traced.rows[5].output_shape
    features = traced.rows[6].output_shape[0]
    second = traced.rows[3]
    held = second.parameters + traced.rows[7].parameters
    return Figure(
        lambda layout: _draw(layout, traced),
        alt=(
            f"The source network, row by row. Two poolings take 28×28 to {pooled[1]}×{pooled[2]}, "
            f"with {pooled[0]} channels: {features:,} numbers reach the linear layer. Conv2 does "
            f"{second.macs:,} of {traced.macs:,} MACs."
        ),
        caption=(
            f"{pooled[0]}·{pooled[1]}·{pooled[2]} = {features:,}: 28 is halved twice, and there "
            f"are {pooled[0]} channels. The second convolution does "
            f"{percent(second.macs / traced.macs, 0)} of the work; it and the linear layer hold "
            f"{percent(held / traced.parameters, 0)} of the parameters."
        ),
        table=_table(traced),
    )


def traced_stack() -> Figure:
    """Three 3×3 convolutions on a digit.

    Example:
        >>> traced_stack().table.rows[0]
        ('Conv2d(1, 8, 3)', '8 × 26 × 26', '80', '48,672', '3 × 3')
    """
    traced = trace(STACK, IMAGE)
    fields = [row.receptive_field.size[0] for row in traced.rows if row.receptive_field]
    sides = [row.output_shape[1] for row in traced.rows]
    return Figure(
        lambda layout: _draw(layout, traced),
        alt=(
            f"Three 3×3 convolutions of 8 filters, row by row. A unit sees {fields[0]}, then "
            f"{fields[1]}, then {fields[2]} pixels in each direction, while the maps shrink from "
            f"28 to {sides[0]}, {sides[1]} and {sides[2]}."
        ),
        caption=(
            f"Each 3×3 layer lets a unit see two pixels more, and without padding takes two pixels "
            f"away: after three of them a unit sees {fields[2]}×{fields[2]}."
        ),
        table=_table(traced),
    )


def broken_network() -> Figure:
    """The source tutorial's network with its padding forgotten: it stops at the linear layer.

    Example:
        >>> broken_network().table.rows[-1]
        ('Flatten()', '512', '0', '0', '–')
    """
    bare = [
        replace(layer, geometry=ConvGeometry(5)) if isinstance(layer, Convolution) else layer
        for layer in SOURCE[:-1]
    ]
    traced, wanted = trace(bare, IMAGE), SOURCE[-1].in_features
    channels, rows, columns = traced.rows[-2].output_shape
    given = traced.output_shape[0]
    broken = _Broken(str(SOURCE[-1]), f"takes {wanted:,}, gets {given:,}")
    return Figure(
        lambda layout: _draw(layout, traced, broken),
        alt=(
            f"The same network without padding, row by row. The maps arrive at {rows}×{columns} "
            f"with {channels} channels, which makes {given:,} numbers; the linear layer takes "
            f"{wanted:,}, and the network stops there."
        ),
        caption=(
            f"Without padding {channels}·{rows}·{columns} = {given:,} numbers reach the linear "
            f"layer, and it was built for {wanted:,}."
        ),
        table=_table(traced),
    )


def _table(traced: Trace) -> Table:
    return Table(
        ("layer", "output", "parameters", "MACs", "receptive field"),
        [(row.layer, *row.cells()[2:]) for row in traced.rows],
    )


def _draw(layout: Layout, traced: Trace, broken: _Broken | None = None) -> str:
    marks = list(_headings(layout))
    top = HEAD
    marks.extend(_row(layout, top, _input(traced)))
    for row in traced.rows:
        top += ROW
        marks.extend(_row(layout, top, row))
    if broken:
        top += ROW
        marks.extend(_broken_row(layout, top, broken))
    return picture(layout, top + ROW, marks)


def _broken_row(layout: Layout, top: float, broken: _Broken) -> Iterator[str]:
    """The layer at which a network stops, crossed out where its shape would be."""
    middle = top + ROW / 2
    frame = {"fill": "url(#hatch)", "stroke": INK, "stroke_width": "0.8"}
    yield box(0.5, top + 1, POINTS[layout] - 1, ROW - 2, fill="none", stroke=INK)
    yield box(9, middle - 8, 16, 16, **frame)
    if layout == "narrow":
        yield text(40, middle - 3, broken.layer)
        yield text(40, middle + 9, broken.words, bold=True)
        return
    end, size = _ends(layout)["output"], FONT_SIZE
    yield text(40, middle + 3, broken.layer, size=size)
    yield text(end, middle + 3, broken.words, size=size, anchor="end", bold=True)


def _headings(layout: Layout) -> Iterator[str]:
    words = {"output": "output", "parameters": "parameters", "MACs": "MACs", "field": "sees"}
    for name, end in _ends(layout).items():
        yield text(end, SMALL + 1, words[name], anchor="end", colour=MUTED)
    yield text(40, SMALL + 1, "layer and output" if layout == "narrow" else "layer", colour=MUTED)


def _ends(layout: Layout) -> dict[str, float]:
    """Where each column of numbers ends."""
    width = POINTS[layout]
    if layout == "narrow":
        return {"MACs": width - 1}
    return {"output": 306, "parameters": 376, "MACs": 452, "field": width - 1}


def _input(traced: Trace) -> TraceRow:
    return TraceRow("", "the digit", traced.input_shape, 0, 0, None)


def _row(layout: Layout, top: float, row: TraceRow) -> Iterator[str]:
    yield line((0, top), (POINTS[layout], top), stroke=RULE, stroke_width="0.6")
    yield from _shape(row.output_shape, top + ROW / 2)
    _, _, shape, parameters, macs, field = row.cells()
    ends, middle = _ends(layout), top + ROW / 2 + 3
    shape = shape.replace(" × ", "×")
    macs = macs if row.macs else "–"
    if layout == "narrow":
        learned = f", {parameters} parameters" if row.parameters else ""
        yield text(40, middle - 6, row.layer)
        yield text(40, middle + 6, shape + learned, colour=MUTED)
        yield text(ends["MACs"], middle - 6, macs, anchor="end")
        sees = f"sees {field}".replace(" × ", "×") if field != "–" else field
        yield text(ends["MACs"], middle + 6, sees, anchor="end", colour=MUTED)
        return
    learned = parameters if row.parameters else "–"
    cells = dict(zip(ends, (shape, learned, macs, field.replace(" × ", "×")), strict=True))
    yield text(40, middle, row.layer, size=FONT_SIZE)
    for name, words in cells.items():
        yield text(ends[name], middle, words, size=FONT_SIZE, anchor="end")


def _shape(shape: tuple[int, ...], middle: float) -> Iterator[str]:
    """A square as large as the maps beside the image, or a bar for a list of features."""
    if len(shape) == 1:
        yield box(13, middle - 12, 4, 24, fill=RULE, stroke=INK, stroke_width="0.8")
        return
    side = LARGEST * shape[1] / IMAGE[1]
    yield box(1, middle - side / 2, side, side, fill=RULE, stroke=INK, stroke_width="0.8")
