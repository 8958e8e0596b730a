"""A convolution with its channels, direct or transposed, along one to three axes."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from math import prod

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.layers.edges import check_room
from cnnfilters.arithmetic.layers.layer import INPUT, NUMBER, Kept, Layer
from cnnfilters.arithmetic.shapes import Shape, ShapeError, fitted, split
from cnnfilters.arithmetic.sizes import as_integer
from cnnfilters.arithmetic.windows import Windows

KEEPS_ITS_INPUT = ("reflect", "replicate")  # a padding that autograd needs the unpadded image for


@dataclass(frozen=True)
class Convolution(Layer):
    """A convolution with its channels.

    Attributes:
        in_channels: Channels that it reads.
        out_channels: Filters, each giving one channel.
        geometry: Kernel size, stride and the rest: of an image, or along one or three axes.
        bias: Whether each filter adds a number of its own.
        padding_mode: What stands in the padding: "zeros", "reflect", "replicate" or "circular".

    Raises:
        ValueError: `groups` does not divide the channels.

    Example:
        >>> Convolution(1, 16, ConvGeometry(5)).parameters
        416
    """

    in_channels: int
    out_channels: int
    geometry: ConvGeometry | Windows
    _: KW_ONLY
    bias: bool = True
    padding_mode: str = "zeros"

    def __post_init__(self) -> None:
        for name in ("in_channels", "out_channels"):
            channels = as_integer(name, getattr(self, name), least=1)
            object.__setattr__(self, name, channels)
            if channels % self.geometry.groups:
                raise ValueError(
                    f"`groups` (={self.geometry.groups}) must divide `{name}` (={channels})"
                )

    def __str__(self) -> str:
        options = repr(self.geometry).partition("(")[2][:-1].replace(", transposed=True", "")
        mode = "" if self.padding_mode == "zeros" else f", padding_mode={self.padding_mode!r}"
        bias = "" if self.bias else ", bias=False"
        return f"{self.name}({self.in_channels}, {self.out_channels}, {options}{bias}{mode})"

    @property
    def name(self) -> str:
        """PyTorch's."""
        kind = "ConvTranspose" if self.geometry.transposed else "Conv"
        return f"{kind}{len(self.geometry.axes)}d"

    @property
    def weight_shape(self) -> Shape:
        """Of all kernels, as PyTorch keeps them: the channels that read or are read, then sizes."""
        first, second = self.out_channels, self.in_channels
        if self.geometry.transposed:
            first, second = second, first
        return (first, second // self.geometry.groups, *(a.kernel for a in self.geometry.axes))

    @property
    def weights(self) -> int:
        """Numbers in all kernels."""
        return prod(self.weight_shape)

    @property
    def parameters(self) -> int:
        """Weights, and a bias for each filter."""
        return self.weights + self.bias * self.out_channels

    def output_shape(self, shape: Shape) -> Shape:
        """The filters, and the lengths of what comes out."""
        (channels,), lengths = split(self.name, shape, len(self.geometry.axes))
        if channels != self.in_channels:
            raise ShapeError(
                f"`in_channels` (={self.in_channels}) must be {channels}, as many as reach it"
                + self._instead(channels)
            )
        for axis, length in zip(self.geometry.axes, lengths, strict=True):
            check_room(self.padding_mode, length, axis.before, axis.after)
        return (self.out_channels, *fitted(self.geometry, lengths))

    def macs(self, shape: Shape) -> int:
        """Multiply–accumulates: each weight once for each place where its kernel is put down."""
        places = self.output_shape(shape)
        if self.geometry.transposed:
            places = shape  # a kernel is put down for each input
        return self.weights * prod(places[1:])

    def sight(self, axes: int, lengths: Shape | None) -> tuple[Axis, ...] | None:  # noqa: ARG002
        """Its windows; those of a transposed convolution differ from unit to unit."""
        return None if self.geometry.transposed else self.geometry.axes

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:
        """What it reads: the image, or the copy of it that PyTorch pads before."""
        axes = self.geometry.axes
        if self.padding_mode == "zeros":
            added = [axis.after - axis.before for axis in axes]  # the rest needs no copy
        else:
            added = [axis.padding for axis in axes]
        if self.padding_mode == "zeros" and not any(added):
            return INPUT
        padded = [length + more for length, more in zip(shape[1:], added, strict=True)]
        both = gradient and self.padding_mode in KEEPS_ITS_INPUT
        return Kept(input=both, own=NUMBER * shape[0] * prod(padded))

    def _instead(self, channels: int) -> str:
        if channels % self.geometry.groups:
            return f" and a multiple of `groups` (={self.geometry.groups})"
        return f"; write {replace(self, in_channels=channels)}"
