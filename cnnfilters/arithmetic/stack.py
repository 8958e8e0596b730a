"""Walk through a stack of layers: shapes, parameters, multiplications, memory, receptive field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any, SupportsIndex

from cnnfilters.arithmetic.memory import Memory, Tensor
from cnnfilters.arithmetic.modules import members
from cnnfilters.arithmetic.receptive_fields import ReceptiveField, after
from cnnfilters.arithmetic.shapes import Shape, ShapeError
from cnnfilters.arithmetic.sizes import as_integer
from cnnfilters.arithmetic.weights import Weights


@dataclass(frozen=True)
class TraceRow:
    """One layer of a stack.

    Attributes:
        name: Its place, as PyTorch names it.
        layer: What it is, as PyTorch writes it.
        output_shape: (channels, height, width), or (features,).
        parameters: Numbers that it learns, those apart that an earlier row counted.
        macs: Multiply–accumulates for one image.
        receptive_field: Of its units; None where they have none of one size.
        memory: Bytes that its output takes, and that training keeps because of it.
    """

    name: str
    layer: str
    output_shape: Shape
    parameters: int
    macs: int
    receptive_field: ReceptiveField | None
    memory: Memory = field(default_factory=Memory)

    def cells(self) -> tuple[str, ...]:
        """The row as text."""
        field = "–" if self.receptive_field is None else _times(self.receptive_field.size)
        shape, counts = _times(self.output_shape), (f"{self.parameters:,}", f"{self.macs:,}")
        return self.name, self.layer, shape, *counts, field


@dataclass(frozen=True)
class Trace:
    """The table of a stack; prints as text, and as HTML in a notebook.

    Attributes:
        input_shape: What the first layer is given.
        rows: One for each layer.
    """

    input_shape: Shape
    rows: tuple[TraceRow, ...]

    @property
    def output_shape(self) -> Shape:
        """What the last layer gives."""
        return self.rows[-1].output_shape if self.rows else self.input_shape

    @property
    def parameters(self) -> int:
        """Of all layers."""
        return sum(row.parameters for row in self.rows)

    @property
    def macs(self) -> int:
        """Of all layers, for one image."""
        return sum(row.macs for row in self.rows)

    @property
    def memory(self) -> Memory:
        """Of all layers, for one image.

        Example:
            >>> from cnnfilters.arithmetic import Linear, Pointwise
            >>> trace([Linear(100, 10), Pointwise("ReLU")], (100,)).memory
            Memory(forward=80, training=440)
        """
        return sum((row.memory for row in self.rows), Memory())

    def cells(self) -> tuple[tuple[str, ...], ...]:
        """Header, input, one line for each layer, and the sums."""
        field = _times((1,) * (len(self.input_shape) - 1)) or "–"  # features have none
        start = ("", "input", _times(self.input_shape), "0", "0", field)
        sums = (
            "",
            "all layers",
            _times(self.output_shape),
            f"{self.parameters:,}",
            f"{self.macs:,}",
        )
        return (COLUMNS, start, *(row.cells() for row in self.rows), (*sums, ""))

    def __str__(self) -> str:
        lines = self.cells()
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join(
            "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
            for line in lines
        )

    def _repr_html_(self) -> str:
        header, *lines = self.cells()
        head = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in header)
        body = "".join(
            f'<tr><td>{escape(name)}</td><th scope="row">{escape(layer)}</th>'
            + "".join(f"<td>{escape(cell).replace(' ', NO_BREAK)}</td>" for cell in cells)
            + "</tr>"
            for name, layer, *cells in lines
        )
        caption = f"<caption>A stack of {len(self.rows)} layers, traced</caption>"
        return f"<table>{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


NO_BREAK = "\N{NO-BREAK SPACE}"  # a shape stays on one line
COLUMNS = ("name", "layer", "output", "parameters", "MACs", "receptive field")


def trace(layers: Any, input_shape: Sequence[SupportsIndex]) -> Trace:
    """What each layer of a stack makes of one image.

    Args:
        layers: An `nn.Sequential`, or a sequence of modules or descriptions.
        input_shape: Of one image, without the batch: (channels, height, width), (features,) for
            a row of numbers, (channels, length) or (channels, depth, height, width).

    Returns:
        A row for each layer.

    Raises:
        TypeError: Something is no layer that is known here.
        ValueError: The input's shape is none, or (`ShapeError`) a layer can't take what reaches
            it; the message names the layer and says what to change.

    Example:
        >>> from cnnfilters.arithmetic import Convolution, ConvGeometry, Linear, Pooling
        >>> print(trace([Convolution(1, 16, ConvGeometry(5)), Pooling(2)], (1, 28, 28)))
        name  layer             output        parameters  MACs     receptive field
              input             1 × 28 × 28   0           0        1 × 1
        0     Conv2d(1, 16, 5)  16 × 24 × 24  416         230,400  5 × 5
        1     Pooling(2)        16 × 12 × 12  0           0        6 × 6
              all layers        16 × 12 × 12  416         230,400
        >>> trace([Convolution(1, 16, ConvGeometry(5)), Linear(9216, 10)], (1, 28, 28))
        Traceback (most recent call last):
        cnnfilters.arithmetic.shapes.ShapeError: layer 1, Linear(9216, 10): `in_features` (=9216)
        must be 24, the last axis of (16, 24, 24); put Flatten() before it
    """
    first = shape = _checked_shape(input_shape)
    axes = len(shape) - 1
    seen = ReceptiveField.of_a_pixel(axes) if axes else None
    tensor, weights, rows = Tensor.image(shape), Weights(), []
    for member in members(layers):
        layer = weights.shaped(member, shape)
        try:
            macs, output = layer.macs(shape), layer.output_shape(shape)
        except ShapeError as error:
            raise ShapeError(f"layer {member.name}, {layer}: {error}") from error
        seen = after(seen, layer, shape[1:])
        trained = member.trained
        memory, tensor = tensor.through(
            layer, shape, trained=bool(trained), weight="weight" in trained
        )
        shape, parameters = output, weights.new(member, layer)
        rows.append(TraceRow(member.name, str(layer), shape, parameters, macs, seen, memory))
    return Trace(first, tuple(rows))


def count_parameters(layers: Any) -> int:
    """Numbers that the layers learn, weights and biases; those that modules share count once.

    Args:
        layers: One layer, an `nn.Sequential`, or a sequence of modules or descriptions.

    Raises:
        TypeError: Something is no layer that is known here.
        ValueError: A lazy layer has seen no image yet, so that it has no weights.

    Example:
        >>> from cnnfilters.arithmetic import Convolution, ConvGeometry
        >>> count_parameters(Convolution(1, 16, ConvGeometry(5)))  # 16 · 25 weights, 16 biases
        416
    """
    weights = Weights()
    return sum(weights.new(member, member.layer) for member in members(layers))


def count_macs(layers: Any, input_shape: Sequence[SupportsIndex]) -> int:
    """Multiply–accumulates for one image; products with padding count, additions of a bias do not.

    Args:
        layers: One layer, an `nn.Sequential`, or a sequence of modules or descriptions.
        input_shape: Of one image, without the batch: (channels, height, width), (features,) for
            a row of numbers, (channels, length) or (channels, depth, height, width).

    Raises:
        TypeError: Something is no layer that is known here.
        ValueError: Shapes do not fit.

    Example:
        >>> from cnnfilters.arithmetic import Convolution, ConvGeometry
        >>> count_macs(Convolution(1, 16, ConvGeometry(5)), (1, 28, 28))  # 16 · 25 · 24 · 24
        230400
    """
    return trace(layers, input_shape).macs


def _checked_shape(input_shape: Sequence[SupportsIndex]) -> Shape:
    shape = tuple(as_integer("input_shape", length, least=1) for length in input_shape)
    if not 1 <= len(shape) <= 4:
        batch = "; leave out the batch" if shape else ""
        raise ValueError(
            f"`input_shape` (={shape}) must be (channels, height, width), or have one, two or four "
            f"members{batch}"
        )
    return shape


def _times(lengths: Sequence[int]) -> str:
    return " × ".join(f"{length:,}" for length in lengths)
