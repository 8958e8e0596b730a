"""Layers described by their sizes alone: what each needs, gives, holds and costs."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from math import prod
from typing import ClassVar, TypeAlias

from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.pooling import Pooling
from cnnfilters.arithmetic.sizes import as_integer

Shape: TypeAlias = tuple[int, ...]  # (channels, height, width), or (features,) once flattened


class ShapeError(ValueError):
    """A layer can't take the shape that reaches it; the message says what to change."""


@dataclass(frozen=True)
class Convolution:
    """A convolution with its channels.

    Attributes:
        in_channels: Channels that it reads.
        out_channels: Filters, each giving one channel.
        geometry: Kernel size, stride and the rest.
        bias: Whether each filter adds a number of its own.

    Raises:
        ValueError: `groups` does not divide the channels.

    Example:
        >>> Convolution(1, 16, ConvGeometry(5)).parameters
        416
    """

    in_channels: int
    out_channels: int
    geometry: ConvGeometry
    _: KW_ONLY
    bias: bool = True

    def __post_init__(self) -> None:
        for name in ("in_channels", "out_channels"):
            channels = as_integer(name, getattr(self, name), least=1)
            object.__setattr__(self, name, channels)
            if channels % self.geometry.groups:
                raise ValueError(
                    f"`groups` (={self.geometry.groups}) must divide `{name}` (={channels})"
                )

    def __str__(self) -> str:
        name = "ConvTranspose2d" if self.geometry.transposed else "Conv2d"
        options = repr(self.geometry)[len("ConvGeometry(") : -1].replace(", transposed=True", "")
        bias = "" if self.bias else ", bias=False"
        return f"{name}({self.in_channels}, {self.out_channels}, {options}{bias})"

    @property
    def weights(self) -> int:
        """Numbers in all kernels."""
        pairs_of_channels = self.in_channels * self.out_channels // self.geometry.groups
        return pairs_of_channels * prod(self.geometry.kernel_pair)

    @property
    def parameters(self) -> int:
        """Weights, and a bias for each filter."""
        return self.weights + self.bias * self.out_channels

    def output_shape(self, shape: Shape) -> Shape:
        """Channels, height and width of what comes out."""
        channels, height, width = _image(shape)
        if channels != self.in_channels:
            raise ShapeError(
                f"`in_channels` (={self.in_channels}) must be {channels}, as many as reach it"
                + self._instead(channels)
            )
        return (self.out_channels, *_fitted(self.geometry, height, width))

    def macs(self, shape: Shape) -> int:
        """Multiply–accumulates: each weight once for each place where its kernel is put down."""
        places = self.output_shape(shape)
        if self.geometry.transposed:
            places = shape  # a kernel is put down for each input
        return self.weights * prod(places[1:])

    def _instead(self, channels: int) -> str:
        if channels % self.geometry.groups:
            return f" and a multiple of `groups` (={self.geometry.groups})"
        return f"; write {replace(self, in_channels=channels)}"


@dataclass(frozen=True)
class PoolingLayer:
    """A pooling in a stack.

    Attributes:
        pooling: Its windows.
        name: PyTorch's, for the table.
    """

    pooling: Pooling
    name: str = "Pooling"
    parameters: ClassVar[int] = 0

    def __str__(self) -> str:
        return f"{self.name}{repr(self.pooling).removeprefix('Pooling')}"

    def output_shape(self, shape: Shape) -> Shape:
        """The channels as they were, fewer rows and columns."""
        channels, height, width = _image(shape)
        return (channels, *_fitted(self.pooling, height, width))

    def macs(self, shape: Shape) -> int:
        """None: nothing is multiplied by a weight."""
        self.output_shape(shape)
        return 0


@dataclass(frozen=True)
class Linear:
    """A fully connected layer on the last axis.

    Attributes:
        in_features: Numbers that it reads.
        out_features: Numbers that it gives.
        bias: Whether each output adds a number of its own.

    Example:
        >>> Linear(512, 10).parameters
        5130
    """

    in_features: int
    out_features: int
    _: KW_ONLY
    bias: bool = True

    def __post_init__(self) -> None:
        for name in ("in_features", "out_features"):
            object.__setattr__(self, name, as_integer(name, getattr(self, name), least=1))

    def __str__(self) -> str:
        bias = "" if self.bias else ", bias=False"
        return f"Linear({self.in_features}, {self.out_features}{bias})"

    @property
    def parameters(self) -> int:
        """Weights, and a bias for each output."""
        return (self.in_features + self.bias) * self.out_features

    def output_shape(self, shape: Shape) -> Shape:
        """The shape with its last axis replaced; an image needs a Flatten first."""
        if shape[-1] == self.in_features:
            return (*shape[:-1], self.out_features)
        size = prod(shape)
        flatten = "put Flatten() before it" if len(shape) > 1 else ""
        change = "" if size == self.in_features else f"write {replace(self, in_features=size)}"
        raise ShapeError(
            f"`in_features` (={self.in_features}) must be {shape[-1]}, the last axis of {shape}; "
            + " and ".join(filter(None, [flatten, change]))
        )

    def macs(self, shape: Shape) -> int:
        """Each weight once, for each row that the layer is given."""
        return self.in_features * prod(self.output_shape(shape))


@dataclass(frozen=True)
class Flatten:
    """All axes made one."""

    parameters: ClassVar[int] = 0

    def __str__(self) -> str:
        return "Flatten()"

    def output_shape(self, shape: Shape) -> Shape:
        """One axis with as many numbers."""
        return (prod(shape),)

    def macs(self, shape: Shape) -> int:  # noqa: ARG002 - every layer answers the same questions
        """None."""
        return 0


@dataclass(frozen=True)
class Pointwise:
    """A layer that keeps the shape: an activation, dropout or a normalisation.

    Attributes:
        name: PyTorch's.
        channels: How many it needs; None for any.
        parameters: Numbers that it learns.
    """

    name: str
    channels: int | None = None
    parameters: int = 0

    def __str__(self) -> str:
        return f"{self.name}({self.channels or ''})"

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape."""
        if self.channels not in (None, shape[0]):
            raise ShapeError(
                f"its channels (={self.channels}) must be {shape[0]}, as many as reach it; "
                f"write {self.name}({shape[0]})"
            )
        return shape

    def macs(self, shape: Shape) -> int:
        """None are counted: one operation a number is little beside a convolution."""
        self.output_shape(shape)
        return 0


Layer: TypeAlias = Convolution | PoolingLayer | Linear | Flatten | Pointwise


def _image(shape: Shape) -> tuple[int, int, int]:
    if len(shape) != 3:
        raise ShapeError(
            f"it needs an image (channels, height, width) but {shape} reaches it; "
            "put it before Flatten()"
        )
    channels, height, width = shape
    return channels, height, width


def _fitted(geometry: ConvGeometry | Pooling, height: int, width: int) -> tuple[int, int]:
    try:
        return geometry.output_size((height, width))
    except ValueError as error:
        transposed = isinstance(geometry, ConvGeometry) and geometry.transposed
        change = (
            "less padding" if transposed else "a smaller kernel, or shrink the image less before"
        )
        raise ShapeError(f"{error}; choose {change}") from error
