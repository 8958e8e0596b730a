"""Windows written out as columns, and columns added up into an image again."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from cnnfilters.arithmetic.layers.layer import NUMBER
from cnnfilters.arithmetic.layers.reshaping import Reordering
from cnnfilters.arithmetic.shapes import Shape, ShapeError, fitted, split
from cnnfilters.arithmetic.windows import Windows, shortest


class _Columns(Reordering):
    def written(self, shape: Shape, *, training: bool) -> int:  # noqa: ARG002
        """What it gives, or what it reads if that is more: PyTorch takes that much at once."""
        return NUMBER * max(prod(shape), prod(self.output_shape(shape)))


@dataclass(frozen=True)
class Unfold(_Columns):
    """Each window of an image as a column.

    Attributes:
        windows: Where they lie.

    Example:
        >>> Unfold(Windows(2, 3)).output_shape((4, 9, 10))
        (36, 56)
    """

    windows: Windows

    def __str__(self) -> str:
        return f"Unfold{repr(self.windows).removeprefix('Windows')}"

    def output_shape(self, shape: Shape) -> Shape:
        """(channels × places of a window, windows)."""
        (channels,), lengths = split("Unfold", shape, 2)
        places = fitted(self.windows, lengths)
        return (channels * prod(self.windows.kernel_size), prod(places))


@dataclass(frozen=True)
class Fold(_Columns):
    """Columns put back where their windows lay, and added up.

    Attributes:
        output_size: Height and width of the image.
        windows: Where they lie on it.
    """

    output_size: Shape
    windows: Windows

    def __str__(self) -> str:
        options = repr(self.windows).partition("(")[2]
        return f"Fold({shortest(self.output_size)}, {options}"

    def output_shape(self, shape: Shape) -> Shape:
        """(channels, height, width)."""
        if len(shape) != 2:
            raise ShapeError(f"it needs columns (numbers, windows) but {shape} reaches it")
        numbers, columns = shape
        places = prod(fitted(self.windows, self.output_size))
        if columns != places:
            raise ShapeError(f"{columns} windows reach it, and {places} lie on its image")
        channels, rest = divmod(numbers, prod(self.windows.kernel_size))
        if rest:
            raise ShapeError(
                f"its columns of {numbers} numbers must be a multiple of a window's "
                f"{prod(self.windows.kernel_size)}"
            )
        return (channels, *self.output_size)
