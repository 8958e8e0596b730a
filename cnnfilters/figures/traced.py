"""A network, layer by layer: what goes through, what is learned, what it costs."""

from __future__ import annotations

from collections.abc import Iterator

from cnnfilters.arithmetic import (
    ConvGeometry,
    Convolution,
    Flatten,
    Linear,
    Pooling,
    Trace,
    TraceRow,
    trace,
)
from cnnfilters.arithmetic.layers import Pointwise, PoolingLayer
from cnnfilters.facts.words import percent
from cnnfilters.figures.figure import Figure
from cnnfilters.figures.style import INK, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.svg import POINTS, box, line, picture, text
from cnnfilters.figures.table import Table

POOL = PoolingLayer(Pooling(2), "MaxPool2d")
LAYERS = (  # the source tutorial's network
    Convolution(1, 16, ConvGeometry(5, padding=2)),
    Pointwise("ReLU"),
    POOL,
    Convolution(16, 32, ConvGeometry(5, padding=2)),
    Pointwise("ReLU"),
    POOL,
    Flatten(),
    Linear(1568, 10),
)
IMAGE = (1, 28, 28)
LARGEST, ROW, HEAD = 30.0, 35.0, 16.0  # points: the image's square, one layer, the headings


def traced_network() -> Figure:
    """The source tutorial's network, from the digit to ten logits."""
    traced = trace(LAYERS, IMAGE)
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
            f"{percent(held / traced.parameters, 0)} of the "
            "parameters."
        ),
        table=Table(
            ("layer", "output", "parameters", "MACs", "receptive field"),
            [(row.layer, *row.cells()[2:]) for row in traced.rows],
        ),
    )


def _draw(layout: Layout, traced: Trace) -> str:
    marks = list(_headings(layout))
    top = HEAD
    marks.extend(_row(layout, top, _input(traced)))
    for row in traced.rows:
        top += ROW
        marks.extend(_row(layout, top, row))
    return picture(layout, top + ROW, marks)


def _input(traced: Trace) -> TraceRow:
    return TraceRow("", "the digit", traced.input_shape, 0, 0, None)


def _ends(layout: Layout) -> dict[str, float]:
    """Where each column of numbers ends."""
    width = POINTS[layout]
    if layout == "narrow":
        return {"output": width - 70, "parameters": width - 70, "MACs": width - 1}
    return {"output": 300, "parameters": 368, "MACs": 446, "field": width - 1}


def _headings(layout: Layout) -> Iterator[str]:
    words = {"output": "output", "parameters": "parameters", "MACs": "MACs", "field": "sees"}
    for name, end in _ends(layout).items():
        if layout == "wide" or name == "MACs":
            yield text(end, SMALL + 1, words[name], anchor="end", colour=MUTED)
    yield text(40, SMALL + 1, "layer and output" if layout == "narrow" else "layer", colour=MUTED)


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
        yield text(ends["MACs"], middle, macs, anchor="end")
        return
    yield text(40, middle, row.layer)
    yield text(ends["output"], middle, shape, anchor="end")
    yield text(ends["parameters"], middle, parameters if row.parameters else "–", anchor="end")
    yield text(ends["MACs"], middle, macs, anchor="end")
    yield text(ends["field"], middle, field.replace(" × ", "×"), anchor="end")


def _shape(shape: tuple[int, ...], middle: float) -> Iterator[str]:
    """A square as large as the maps beside the image, or a bar for a list of features."""
    if len(shape) == 1:
        yield box(13, middle - 12, 4, 24, fill=RULE, stroke=INK, stroke_width="0.8")
        return
    side = LARGEST * shape[1] / IMAGE[1]
    yield box(1, middle - side / 2, side, side, fill=RULE, stroke=INK, stroke_width="0.8")
