"""Normalisations: over the batch, over channels, over the image, over neighbours."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from math import prod

from cnnfilters.arithmetic.layers.layer import INPUT, NUMBER, Kept, Layer
from cnnfilters.arithmetic.shapes import Shape, ShapeError, split


@dataclass(frozen=True)
class BatchNormalisation(Layer):
    """Each channel normalised over the batch.

    Attributes:
        name: PyTorch's.
        channels: How many it was made for.
        axes: Axes of the image that it takes, one of the numbers.
        learned: Numbers that it learns for each channel: a scale and a shift, or none.
        tracked: Whether it remembers means.
    """

    name: str
    channels: int
    _: KW_ONLY
    axes: tuple[int, ...] = (2,)
    learned: int = 2
    tracked: bool = True

    def __str__(self) -> str:
        return f"{self.name}({self.channels}{'' if self.learned else ', affine=False'})"

    @property
    def parameters(self) -> int:
        """A scale and a shift for each channel."""
        return self.learned * self.channels

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape."""
        if len(shape) - 1 not in self.axes:
            split(self.name, shape, self.axes[-1])
        if self.learned or self.tracked:
            check_channels(self.name, self.channels, shape)
        return shape

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What it reads; means and deviations do not grow with the batch."""
        return INPUT


@dataclass(frozen=True)
class InstanceNormalisation(Layer):
    """Each channel of each image normalised over the image.

    Attributes:
        name: PyTorch's.
        channels: How many it was made for.
        axes: How many the image has.
        learned: Numbers that it learns for each channel.
        tracked: Whether it remembers means, and so must know the number of channels.
    """

    name: str
    channels: int
    axes: int
    _: KW_ONLY
    learned: int = 0
    tracked: bool = False

    def __str__(self) -> str:
        return f"{self.name}({self.channels}{', affine=True' if self.learned else ''})"

    @property
    def parameters(self) -> int:
        """A scale and a shift for each channel, if it learns them."""
        return self.learned * self.channels

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape; one number alone has no spread."""
        strict = self.tracked or self.learned > 0
        _, lengths = split(self.name, shape, self.axes, channels_needed=strict)
        if strict:
            check_channels(self.name, self.channels, shape)
        if prod(lengths) == 1:
            raise ShapeError("it needs more than one number in each channel to normalise over")
        return shape

    def sight(self, axes: int, lengths: Shape | None) -> None:  # noqa: ARG002
        """None: each unit sees the whole image."""
        return

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What it reads, and for each channel a mean, a deviation, and what it is scaled by."""
        channels = shape[0] if len(shape) > self.axes else 1
        of_each = 2 + (self.learned > 0) + 2 * self.tracked
        return Kept(input=True, own=NUMBER * of_each * channels)


@dataclass(frozen=True)
class GroupNormalisation(Layer):
    """Groups of channels normalised over the image.

    Attributes:
        groups: Into how many the channels are split.
        channels: How many it needs.
        learned: Numbers that it learns for each channel.

    Raises:
        ValueError: The groups do not divide the channels.
    """

    groups: int
    channels: int
    learned: int = 2

    def __post_init__(self) -> None:
        if self.groups < 1 or self.channels % self.groups:
            raise ValueError(
                f"`num_groups` (={self.groups}) must be at least 1 and divide `num_channels` "
                f"(={self.channels})"
            )

    def __str__(self) -> str:
        return f"GroupNorm({self.groups}, {self.channels})"

    @property
    def parameters(self) -> int:
        """A scale and a shift for each channel."""
        return self.learned * self.channels

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape."""
        if self.learned and self.channels != shape[0]:
            raise ShapeError(f"`num_channels` (={self.channels}) must be {shape[0]}")
        if shape[0] % self.groups:
            raise ShapeError(f"`num_groups` (={self.groups}) must divide the {shape[0]} channels")
        return shape

    def sight(self, axes: int, lengths: Shape | None) -> None:  # noqa: ARG002
        """None: each unit sees the whole image."""
        return

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What it reads, and a mean and a deviation for each group."""
        return Kept(input=True, own=2 * NUMBER * self.groups)


@dataclass(frozen=True)
class LayerNormalisation(Layer):
    """The last axes normalised together.

    Attributes:
        name: "LayerNorm" or "RMSNorm".
        lengths: Of those axes.
        learned: Numbers that it learns for each place: a scale and a shift, a scale, or none.
    """

    name: str
    lengths: Shape
    learned: int

    def __str__(self) -> str:
        return f"{self.name}({self.lengths[0] if len(self.lengths) == 1 else self.lengths})"

    @property
    def parameters(self) -> int:
        """A scale and a shift for each place."""
        return self.learned * prod(self.lengths)

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape."""
        if not self.lengths or shape[-len(self.lengths) :] != self.lengths:
            raise ShapeError(
                f"`normalized_shape` (={self.lengths}) must be the last axes of {shape}"
            )
        return shape

    def sight(self, axes: int, lengths: Shape | None) -> None:  # noqa: ARG002
        """None: each unit sees a whole axis."""
        return

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:
        """What it reads and, for each row, a mean and a deviation; or what a scale multiplies."""
        rows = prod(shape) // prod(self.lengths)
        if self.name == "LayerNorm":
            return Kept(input=True, own=2 * NUMBER * rows)
        scaled = NUMBER * prod(shape) * bool(self.learned)
        return Kept(input=gradient, own=scaled + NUMBER * rows * gradient)

    def kept_frozen(self, shape: Shape, *, gradient: bool) -> Kept:
        """Without what a scale multiplies, where the scale is frozen."""
        return replace(self, learned=0).kept(shape, gradient=gradient)


@dataclass(frozen=True)
class LocalResponse(Layer):
    """Each number divided by what its neighbours among the channels have.

    Attributes:
        name: "LocalResponseNorm", or "CrossMapLRN2d", which takes images alone.
        size: Channels that count as neighbours.
    """

    name: str
    size: int

    def __str__(self) -> str:
        return f"{self.name}({self.size})"

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape."""
        if self.name == "CrossMapLRN2d":
            split(self.name, shape, 2)
        elif len(shape) < 2:
            raise ShapeError(f"it needs channels and at least one axis more; {shape} reaches it")
        return shape

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What it reads and gives; or the squares with their padding, and both sides of a power."""
        if self.name == "CrossMapLRN2d":
            return Kept(input=True, output=True)
        padded = (shape[0] + self.size - 1) * prod(shape[1:])
        return Kept(input=True, own=NUMBER * (padded + 2 * prod(shape)))


def check_channels(name: str, channels: int, shape: Shape) -> None:
    """Raise if not as many channels reach it as it has."""
    if channels != shape[0]:
        raise ShapeError(
            f"its channels (={channels}) must be {shape[0]}, as many as reach it; "
            f"write {name}({shape[0]})"
        )
