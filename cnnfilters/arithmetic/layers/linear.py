"""The fully connected layer."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, replace
from math import prod

from cnnfilters.arithmetic.layers.layer import INPUT, NOTHING, Kept, Layer
from cnnfilters.arithmetic.shapes import Shape, ShapeError
from cnnfilters.arithmetic.sizes import as_integer


@dataclass(frozen=True)
class Linear(Layer):
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
    def weight_shape(self) -> Shape:
        """As PyTorch keeps it: a row for each output."""
        return self.out_features, self.in_features

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

    def sight(self, axes: int, lengths: Shape | None) -> None:  # noqa: ARG002
        """None: each unit sees a whole axis."""
        return

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What it reads."""
        return INPUT

    def kept_frozen(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """Nothing: the gradient of what it reads needs the weight alone."""
        return NOTHING
