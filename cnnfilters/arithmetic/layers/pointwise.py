"""Layers that keep the shape: activations and dropout."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass
from math import prod
from typing import Literal

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.layers.layer import NOTHING, NUMBER, Kept, Layer
from cnnfilters.arithmetic.shapes import Shape, ShapeError

Keeps = Literal["input", "output", "copy", "input and copy", "input and output", ""]

# What autograd keeps of each; "copy" is another array of the input's size.
KEEPS: dict[str, Keeps] = {
    "CELU": "input",
    "ELU": "input",
    "GELU": "input",
    "Hardshrink": "input",
    "Hardsigmoid": "input",
    "Hardswish": "input",
    "Hardtanh": "input",
    "Identity": "",
    "LeakyReLU": "input",
    "LogSigmoid": "input and copy",
    "LogSoftmax": "output",
    "Mish": "input",
    "PReLU": "input",
    "RReLU": "input and copy",
    "ReLU": "output",
    "ReLU6": "input",
    "SELU": "input",
    "SiLU": "input",
    "Sigmoid": "output",
    "Softmax": "output",
    "Softmax2d": "output",
    "Softmin": "output",
    "Softplus": "input",
    "Softshrink": "input",
    "Softsign": "input and copy",
    "Tanh": "output",
    "Tanhshrink": "copy",
    "Threshold": "input",
}
# In place, these keep what they gave, which is now their input's memory; the rest copy it before.
_KEEP_WHAT_THEY_GAVE = frozenset({"CELU", "ELU", "LeakyReLU", "RReLU", "ReLU", "SELU"})


@dataclass(frozen=True)
class Pointwise(Layer):
    """A layer that keeps the shape: an activation, or a layer that does nothing.

    Attributes:
        name: PyTorch's.
        channels: How many it needs; None for any.
        parameters: Numbers that it learns.
        axes: Axes of the image that it needs, one of the numbers; empty for any.
        inplace: Whether it writes over what it is given.
    """

    name: str
    channels: int | None = None
    parameters: int = 0  # a field here, a property of most layers
    _: KW_ONLY
    axes: tuple[int, ...] = ()
    inplace: bool = False

    def __str__(self) -> str:
        return f"{self.name}({self.channels or ''})"

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape."""
        if self.axes and len(shape) - 1 not in self.axes:
            needed = " or ".join(str(axes + 1) for axes in self.axes)
            raise ShapeError(f"it needs {needed} axes, the channels among them; {shape} reaches it")
        if self.channels not in (None, shape[0]):
            raise ShapeError(
                f"its channels (={self.channels}) must be {shape[0]}, as many as reach it; "
                f"write {self.name}({shape[0]})"
            )
        return shape

    def written(self, shape: Shape, *, training: bool) -> int:
        """Nothing in place."""
        shared = self.inplace or self.name == "Identity"
        return 0 if shared else super().written(shape, training=training)

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """By the kind of activation; one that is not known is taken to keep its output."""
        keeps: str = KEEPS.get(self.name, "output")
        if self.inplace:
            keeps = keeps.replace("output", "input")  # one memory for both
            if self.name not in _KEEP_WHAT_THEY_GAVE:
                keeps = "copy"
        own = NUMBER * prod(shape) if "copy" in keeps else 0
        return Kept(input="input" in keeps, output="output" in keeps, own=own)


@dataclass(frozen=True)
class AlongAnAxis(Layer):
    """A softmax or a gated linear unit: numbers along one axis are compared.

    Attributes:
        name: PyTorch's.
        dim: The axis, the batch counted as 0; None as PyTorch then chooses.
    """

    name: str
    dim: int | None

    def __str__(self) -> str:
        return f"{self.name}({'' if self.dim is None else f'dim={self.dim}'})"

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape; GLU halves its axis."""
        axis = self._axis(len(shape))
        if self.name != "GLU":
            return shape
        if axis == 0:
            raise ShapeError("`dim` (=0) is the batch, which would be halved")
        length = shape[axis - 1]
        if length % 2:
            raise ShapeError(f"axis {axis} must be even to be halved, and {length} reach it")
        return (*shape[: axis - 1], length // 2, *shape[axis:])

    def sight(self, axes: int, lengths: Shape | None) -> tuple[Axis, ...] | None:
        """None along an axis of the image, all of which each unit sees."""
        along_the_image = self._axis(axes + 1) > 1
        return None if along_the_image else super().sight(axes, lengths)

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """The shares that a softmax gives; all that a gated unit reads."""
        return Kept(input=self.name == "GLU", output=self.name != "GLU")

    def _axis(self, members: int) -> int:
        """The axis from the front, the batch counted, of a shape with so many members."""
        if self.dim is None:
            return 0 if members == 2 else 1  # PyTorch's choice, with a warning
        if not -members - 1 <= self.dim <= members:
            raise ShapeError(
                f"`dim` (={self.dim}) must lie between {-members - 1} and {members}, the batch "
                "counted"
            )
        return self.dim % (members + 1)


@dataclass(frozen=True)
class Dropout(Layer):
    """Numbers, or whole channels, left out by chance in training.

    Attributes:
        name: PyTorch's.
        probability: Of each to be left out.
        inplace: Whether it writes over what it is given.
    """

    name: str
    probability: float = 0.5
    _: KW_ONLY
    inplace: bool = False

    def __str__(self) -> str:
        return f"{self.name}({self.probability:g})"

    def output_shape(self, shape: Shape) -> Shape:
        """The same shape; Dropout1d takes one axis at most beside the channels."""
        if self.name == "Dropout1d" and len(shape) > 2:
            raise ShapeError(f"it needs a signal (channels, length) but {shape} reaches it")
        return shape

    def written(self, shape: Shape, *, training: bool) -> int:
        """Nothing at rest, where it does nothing, and nothing in place."""
        if not training or self.probability == 0 or self._in_place:
            return 0
        return super().written(shape, training=training)

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What each number, or each channel, is multiplied by."""
        if self.probability in (0, 1):
            return NOTHING
        return Kept(own=NUMBER * self._chances(shape))

    @property
    def _in_place(self) -> bool:
        return self.inplace and "Alpha" not in self.name  # whose `inplace` PyTorch leaves aside

    def _chances(self, shape: Shape) -> int:
        """Numbers drawn for one image; some classes take a batch without channels for channels."""
        if self.name in ("Dropout", "AlphaDropout"):
            return prod(shape)
        no_channels = {"Dropout1d": len(shape) == 1, "Dropout3d": len(shape) != 4}
        return 1 if no_channels.get(self.name) else shape[0]
