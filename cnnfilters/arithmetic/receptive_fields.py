"""What one unit deep in a stack can see of the image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.layers import Convolution, Layer, Pointwise, PoolingLayer
from cnnfilters.arithmetic.modules import described
from cnnfilters.arithmetic.pooling import Pooling
from cnnfilters.arithmetic.sizes import Pair


@dataclass(frozen=True)
class ReceptiveField:
    """The box of pixels that can change a unit; gaps of dilation lie inside it.

    Attributes:
        size: Height and width of the box, in pixels.
        jump: Rows and columns between the boxes of neighbouring units.
        start: Row and column of the first unit's first pixel; negative in the padding.
    """

    size: Pair = (1, 1)
    jump: Pair = (1, 1)
    start: Pair = (0, 0)

    def pixels(self, row: int, column: int) -> tuple[range, range]:
        """Rows and columns that the unit at (row, column) sees, padding included.

        Example:
            >>> receptive_field([ConvGeometry(5), Pooling(2)]).pixels(0, 1)
            (range(0, 6), range(2, 8))
        """
        down, across = (
            range(start + unit * jump, start + unit * jump + size)
            for start, unit, jump, size in zip(
                self.start, (row, column), self.jump, self.size, strict=True
            )
        )
        return down, across

    def through(self, axes: tuple[Axis, Axis]) -> ReceptiveField:
        """The receptive field one layer deeper.

        Source: Araujo, Norris & Sim 2019, *Computing receptive fields of convolutional neural
        networks*.
        """
        (down, across), (high, wide), (top, left) = self.jump, self.size, self.start
        rows, columns = axes
        return ReceptiveField(
            size=(high + (rows.extent - 1) * down, wide + (columns.extent - 1) * across),
            jump=(down * rows.stride, across * columns.stride),
            start=(top - rows.before * down, left - columns.before * across),
        )


def receptive_field(layers: Any) -> ReceptiveField:
    """Size, jump and start of the receptive field after the last layer.

    Args:
        layers: An `nn.Sequential`, or a sequence of modules, descriptions or bare geometries.

    Returns:
        For both axes, in pixels of the input.

    Raises:
        TypeError: Something is no layer that is known here.
        ValueError: A layer has no receptive field of one size: Flatten, Linear, or a transposed
            convolution.

    Example:
        >>> receptive_field([ConvGeometry(3), ConvGeometry(3), ConvGeometry(3)]).size
        (7, 7)
    """
    field = ReceptiveField()
    for layer in _geometries(layers):
        deeper = after(field, layer)
        if deeper is None:
            raise ValueError(f"{layer} gives units no receptive field of one size; stop before it")
        field = deeper
    return field


def after(
    field: ReceptiveField | None, layer: ConvGeometry | Pooling | Layer
) -> ReceptiveField | None:
    """The receptive field one layer deeper; None where units differ in what they see."""
    if field is None or isinstance(layer, Pointwise):
        return field
    geometry: object = layer
    if isinstance(layer, Convolution):
        geometry = layer.geometry
    elif isinstance(layer, PoolingLayer):
        geometry = layer.pooling
    if not isinstance(geometry, ConvGeometry | Pooling) or geometry.axes[0].transposed:
        return None
    return field.through(geometry.axes)


def _geometries(layers: Any) -> list[ConvGeometry | Layer]:
    """Bare geometries are enough here; everything else is read as a stack."""
    found: list[ConvGeometry | Layer] = []
    for layer in layers if isinstance(layers, list | tuple) else [layers]:
        if isinstance(layer, ConvGeometry):
            found.append(layer)
        else:
            found.extend(inner for _, inner in described(layer))
    return found
