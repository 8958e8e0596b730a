"""Pooling: windows of a given size, or as many as are asked for."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from math import inf, prod

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.layers.layer import INDEX, INPUT, NOTHING, NUMBER, Kept, Layer
from cnnfilters.arithmetic.pooling import Pooling
from cnnfilters.arithmetic.shapes import Shape, ShapeError, fitted, split
from cnnfilters.arithmetic.windows import Windows

UNPADDED = ("AvgPool3d", "LPPool3d")  # PyTorch wants their kernel to fit without padding


@dataclass(frozen=True)
class PoolingLayer(Layer):
    """A pooling in a stack.

    Attributes:
        pooling: Its windows.
        name: PyTorch's, for the table; a bare `Pooling` counts as one of maxima.
        norm_type: The power of an LPPool.
    """

    pooling: Pooling | Windows
    name: str = "Pooling"
    _: KW_ONLY
    norm_type: float = 2

    def __str__(self) -> str:
        options = repr(self.pooling).partition("(")[2]
        power = f"{self.norm_type:g}, " if self.name.startswith("LP") else ""
        return f"{self.name}({power}{options}"

    def output_shape(self, shape: Shape) -> Shape:
        """The channels as they were, fewer places."""
        count = len(self.pooling.axes)
        channels, lengths = split(self.name, shape, count, channels_needed=False)
        places = fitted(self.pooling, lengths)
        if self.name in UNPADDED:
            for axis, length in zip(self.pooling.axes, lengths, strict=True):
                if axis.kernel > length:
                    raise ShapeError(
                        f"`kernel_size` (={axis.kernel}) must be at most {length}, padding apart"
                    )
        return (*channels, *places)

    def sight(self, axes: int, lengths: Shape | None) -> tuple[Axis, ...] | None:  # noqa: ARG002
        """Its windows, unless it pools over the channels, too."""
        return self.pooling.axes if len(self.pooling.axes) == axes else None

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What it reads; of a maximum its index, of a power mean five steps between."""
        numbers, given = prod(self.output_shape(shape)), NUMBER * prod(shape)
        if self.name.startswith("Avg"):
            return INPUT
        if not self.name.startswith("LP"):
            return Kept(input=True, own=INDEX * numbers)
        if abs(self.norm_type) == inf:
            return Kept(input=True, own=given + INDEX * numbers)
        return Kept(input=True, own=given + 4 * NUMBER * numbers)


@dataclass(frozen=True)
class AdaptivePooling(Layer):
    """A pooling that chooses its windows so that a given number of places comes out.

    Attributes:
        name: PyTorch's.
        output_size: Places along each axis; None keeps them.

    Example:
        >>> AdaptivePooling("AdaptiveAvgPool2d", (1, None)).output_shape((8, 7, 9))
        (8, 1, 9)
    """

    name: str
    output_size: tuple[int | None, ...]

    def __str__(self) -> str:
        size = self.output_size
        return f"{self.name}({size[0] if len(set(size)) == 1 else size})"

    def output_shape(self, shape: Shape) -> Shape:
        """The channels as they were, and the places asked for."""
        count = len(self.output_size)
        channels, lengths = split(self.name, shape, count, channels_needed=False)
        pairs = zip(self.output_size, lengths, strict=True)
        return (*channels, *(length if size is None else size for size, length in pairs))

    def sight(self, axes: int, lengths: Shape | None) -> tuple[Axis, ...] | None:
        """Windows that just touch; None where some are larger than others."""
        if lengths is None or axes != len(self.output_size):
            return None
        windows = []
        for size, length in zip(self.output_size, lengths, strict=True):
            side, rest = divmod(length, size or length)
            if rest or not side:
                return None
            windows.append(Axis(side, stride=side))
        return tuple(windows)

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What it reads; a maximum its indices, too; the mean of everything needs nothing."""
        if self.name.startswith("AdaptiveMax"):
            return Kept(input=True, own=INDEX * prod(self.output_shape(shape)))
        places = self.output_shape(shape)[-len(self.output_size) :]
        return NOTHING if set(places) == {1} else INPUT


@dataclass(frozen=True)
class FractionalPooling(Layer):
    """A max-pooling whose windows are placed by chance, so that a given number comes out.

    Attributes:
        name: PyTorch's.
        kernel_size: Places of a window, along each axis.
        output_size: Places along each axis, or a ratio of those that reach it.
    """

    name: str
    kernel_size: tuple[int, ...]
    output_size: tuple[float, ...]

    def __str__(self) -> str:
        kernel, size = (
            values[0] if len(set(values)) == 1 else values
            for values in (self.kernel_size, self.output_size)
        )
        option = "output_size" if isinstance(self.output_size[0], int) else "output_ratio"
        return f"{self.name}({kernel}, {option}={size})"

    def output_shape(self, shape: Shape) -> Shape:
        """The channels as they were, and the places asked for."""
        count = len(self.kernel_size)
        channels, lengths = split(self.name, shape, count, channels_needed=False)
        found = []
        for kernel, size, length in zip(self.kernel_size, self.output_size, lengths, strict=True):
            places = size if isinstance(size, int) else int(length * size)
            if places < 1:
                raise ShapeError(f"`output_ratio` (={size}) leaves nothing of {length}")
            most = length - places + (count == 2)  # in PyTorch, a volume needs one to spare
            if kernel > most:
                raise ShapeError(
                    f"`kernel_size` (={kernel}) must be at most {most} for {places} windows on "
                    f"the {length} that reach it"
                )
            found.append(places)
        return (*channels, *found)

    def sight(self, axes: int, lengths: Shape | None) -> None:  # noqa: ARG002
        """None: windows are placed by chance."""
        return

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What it reads, and the indices of its maxima."""
        return Kept(input=True, own=INDEX * prod(self.output_shape(shape)))
