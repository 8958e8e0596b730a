"""Layers that put the same numbers in another order: axes joined, split, shuffled."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from cnnfilters.arithmetic.layers.layer import Layer
from cnnfilters.arithmetic.shapes import Shape, ShapeError


class Reordering(Layer):
    """A layer whose units no longer lie where they lay in the image."""

    def sight(self, axes: int, lengths: Shape | None) -> None:  # noqa: ARG002
        """None: places are mixed."""
        return


@dataclass(frozen=True)
class Flatten(Reordering):
    """Axes made one: all but the batch, or from one to another, the batch counted as 0.

    Attributes:
        start_dim: The first of them.
        end_dim: The last of them.

    Example:
        >>> Flatten().output_shape((2, 3, 4)), Flatten(2).output_shape((2, 3, 4))
        ((24,), (2, 12))
    """

    start_dim: int = 1
    end_dim: int = -1

    def __str__(self) -> str:
        usual = (self.start_dim, self.end_dim) == (1, -1)
        return "Flatten()" if usual else f"Flatten({self.start_dim}, {self.end_dim})"

    def output_shape(self, shape: Shape) -> Shape:
        """As many numbers."""
        start, end = (self._axis(name, len(shape)) for name in ("start_dim", "end_dim"))
        if start > end:
            raise ShapeError(f"`start_dim` (={self.start_dim}) must not lie behind `end_dim`")
        if start == 0 and end > 0:
            raise ShapeError(
                f"`start_dim` (={self.start_dim}) would flatten the batch, too; write Flatten()"
            )
        if start == 0:
            return shape  # the batch alone: nothing is joined
        return (*shape[: start - 1], prod(shape[start - 1 : end]), *shape[end:])

    def written(self, shape: Shape, *, training: bool) -> int:  # noqa: ARG002
        """Nothing: the same numbers, looked at otherwise."""
        return 0

    def _axis(self, name: str, axes: int) -> int:
        axis: int = getattr(self, name)
        if not -axes - 1 <= axis <= axes:
            raise ShapeError(
                f"`{name}` (={axis}) must lie between {-axes - 1} and {axes}, the batch counted"
            )
        return axis % (axes + 1)


@dataclass(frozen=True)
class Unflatten(Reordering):
    """One axis made several.

    Attributes:
        dim: The axis, the batch counted as 0.
        lengths: What it becomes; one of them may be -1, for what is left.

    Example:
        >>> Unflatten(1, (8, -1, 7)).output_shape((392,))
        (8, 7, 7)
    """

    dim: int
    lengths: Shape

    def __str__(self) -> str:
        return f"Unflatten({self.dim}, {self.lengths})"

    def output_shape(self, shape: Shape) -> Shape:
        """As many numbers."""
        axes = len(shape)
        if not -axes - 1 <= self.dim <= axes:
            raise ShapeError(f"`dim` (={self.dim}) must lie between {-axes - 1} and {axes}")
        axis = self.dim % (axes + 1)
        if axis == 0:
            return self._batch_alone(shape)
        return (*shape[: axis - 1], *self._filled(shape[axis - 1]), *shape[axis:])

    def written(self, shape: Shape, *, training: bool) -> int:  # noqa: ARG002
        """Nothing: the same numbers, looked at otherwise."""
        return 0

    def _batch_alone(self, shape: Shape) -> Shape:
        if self.lengths != (-1,):
            raise ShapeError(f"`dim` (={self.dim}) is the batch; count the axes behind it from 1")
        return shape

    def _filled(self, length: int) -> Shape:
        open_axes = self.lengths.count(-1)
        given = prod(size for size in self.lengths if size != -1)
        legal = (
            bool(self.lengths) and open_axes <= 1 and all(n > 0 or n == -1 for n in self.lengths)
        )
        fits = legal and (length % given == 0 if open_axes else length == given)
        if not fits:
            raise ShapeError(f"`unflattened_size` (={self.lengths}) must have {length} numbers")
        return tuple(length // given if size == -1 else size for size in self.lengths)


@dataclass(frozen=True)
class PixelShuffle(Reordering):
    """Channels turned into pixels between the pixels, or back.

    Attributes:
        factor: How many times higher and wider the image becomes, or lower and narrower.
        back: Whether pixels are turned into channels.

    Example:
        >>> PixelShuffle(2).output_shape((8, 3, 5))
        (2, 6, 10)
    """

    factor: int
    back: bool = False

    def __str__(self) -> str:
        return f"Pixel{'Unshuffle' if self.back else 'Shuffle'}({self.factor})"

    def output_shape(self, shape: Shape) -> Shape:
        """As many numbers."""
        if self.factor == 1 and len(shape) == 2:
            return shape  # PyTorch takes the batch for channels, and leaves them
        if len(shape) < 3:
            raise ShapeError(f"it needs an image (channels, height, width); {shape} reaches it")
        *before, channels, height, width = shape
        squared = self.factor**2
        if self.back:
            if height % self.factor or width % self.factor:
                raise ShapeError(
                    f"`downscale_factor` (={self.factor}) must divide height and width, "
                    f"{height} and {width}"
                )
            return (*before, channels * squared, height // self.factor, width // self.factor)
        if channels % squared:
            raise ShapeError(
                f"the channels ({channels}) must be a multiple of {squared}, the square of "
                f"`upscale_factor` (={self.factor})"
            )
        return (*before, channels // squared, height * self.factor, width * self.factor)


@dataclass(frozen=True)
class ChannelShuffle(Layer):
    """Channels of several groups interleaved.

    Attributes:
        groups: How many.
    """

    groups: int

    def __str__(self) -> str:
        return f"ChannelShuffle({self.groups})"

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape."""
        if len(shape) < 2:
            raise ShapeError(f"it needs channels and at least one axis more; {shape} reaches it")
        if shape[0] % self.groups:
            raise ShapeError(f"`groups` (={self.groups}) must divide the channels ({shape[0]})")
        return shape
