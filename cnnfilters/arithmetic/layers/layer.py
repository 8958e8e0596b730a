"""What every layer answers about the shape that reaches it."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.shapes import Shape

NUMBER = 4  # bytes of a float32
INDEX = 8  # bytes of an index, as max-pooling keeps them


@dataclass(frozen=True)
class Kept:
    """What autograd keeps of a layer until the backward pass, weights apart.

    Attributes:
        input: Whether it keeps what it was given.
        output: Whether it keeps what it gives.
        own: Bytes of anything else, for one image: a mask, indices, a padded copy.
    """

    input: bool = False
    output: bool = False
    own: int = 0


INPUT, OUTPUT, NOTHING = Kept(input=True), Kept(output=True), Kept()


class Layer:
    """A layer that learns nothing and keeps the shape; others answer what they do otherwise."""

    @property
    def parameters(self) -> int:
        """Numbers that it learns."""
        return 0

    def given(self, shape: Shape) -> Layer:  # noqa: ARG002 - a lazy layer answers otherwise
        """The layer once it has seen a shape; a lazy layer takes its channels from it."""
        return self

    def output_shape(self, shape: Shape) -> Shape:
        """What comes out.

        Raises:
            ShapeError: The shape does not fit.
        """
        return shape

    def macs(self, shape: Shape) -> int:
        """None: nothing is multiplied by a weight."""
        self.output_shape(shape)
        return 0

    def sight(self, axes: int, lengths: Shape | None) -> tuple[Axis, ...] | None:  # noqa: ARG002
        """The window through which a unit looks at the layer before, along each axis of the image.

        Args:
            axes: How many the image has.
            lengths: Of the image, None where they are not known.

        Returns:
            One axis for each; None where units differ in what they see, or see all of it.
        """
        return (Axis(1),) * axes

    def written(self, shape: Shape, *, training: bool) -> int:  # noqa: ARG002
        """Bytes of memory that its output takes anew; 0 where it is the input's own."""
        return NUMBER * prod(self.output_shape(shape))

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """What stays until the backward pass.

        Args:
            shape: What reaches it.
            gradient: Whether a gradient flows on to what comes before.
        """
        return NOTHING

    def kept_frozen(self, shape: Shape, *, gradient: bool) -> Kept:
        """What stays where its weight is frozen: most layers keep the same."""
        return self.kept(shape, gradient=gradient)
