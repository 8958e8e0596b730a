"""A layer that takes its channels from the first image that it sees."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.layers.layer import Layer
from cnnfilters.arithmetic.shapes import Shape, split


@dataclass(frozen=True)
class Lazy(Layer):
    """One of PyTorch's lazy layers before its first batch.

    Attributes:
        name: PyTorch's.
        axes: Axes of the image that it takes, one of the numbers; empty for any.
        make: The layer, from as many channels or features as reach it.
        reads: Which length that is: 0 for the channels, -1 for the last axis.
        groups: Into how many the channels are split.
    """

    name: str
    axes: tuple[int, ...]
    make: Callable[[int], Layer] = field(compare=False)
    reads: int = 0
    groups: int = 1

    def __str__(self) -> str:
        return f"{self.name}(…)"

    @property
    def parameters(self) -> int:
        """Not known yet.

        Raises:
            ValueError: Always.
        """
        raise ValueError(
            f"{self.name} has no weights before its first image; run one through it, or trace it "
            "with an input shape"
        )

    def given(self, shape: Shape) -> Layer:
        """The layer for a shape."""
        if self.axes and len(shape) - 1 not in self.axes:
            split(self.name, shape, self.axes[-1])
        return self.make(shape[self.reads])

    def output_shape(self, shape: Shape) -> Shape:
        """What comes out of the layer that it becomes."""
        return self.given(shape).output_shape(shape)

    def sight(self, axes: int, lengths: Shape | None) -> tuple[Axis, ...] | None:
        """That of the layer that it becomes, which does not depend on its channels."""
        return self.make(self.groups).sight(axes, lengths)
