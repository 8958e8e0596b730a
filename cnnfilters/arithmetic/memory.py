"""What a stack of layers writes into memory, and what stays there until the backward pass."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

from cnnfilters.arithmetic.layers.layer import NOTHING, NUMBER, Layer
from cnnfilters.arithmetic.shapes import Shape


@dataclass(frozen=True)
class Memory:
    """Bytes for one image, in 32-bit floating point; weights are not counted.

    Attributes:
        forward: What a layer writes at rest: its output, 0 where that is its input's own memory.
        training: What it adds to what autograd keeps for the backward pass.
    """

    forward: int = 0
    training: int = 0

    def __add__(self, other: Memory) -> Memory:
        return Memory(self.forward + other.forward, self.training + other.training)


@dataclass(frozen=True)
class Tensor:
    """What one layer hands to the next.

    Attributes:
        size: Bytes that it lies in.
        kept: Whether an earlier layer keeps it already.
        gradient: Whether a gradient flows back through it; none flows to the image.
    """

    size: int
    kept: bool = False
    gradient: bool = False

    @classmethod
    def image(cls, shape: Shape) -> Tensor:
        """What the first layer is given."""
        return cls(NUMBER * prod(shape))

    def through(
        self, layer: Layer, shape: Shape, *, trained: bool = True, weight: bool = True
    ) -> tuple[Memory, Tensor]:
        """The memory that a layer needs, and what it hands on.

        Args:
            layer: Its description.
            shape: What reaches it.
            trained: Whether any of its parameters is trained, if it has some.
            weight: Whether its weight is; `requires_grad=False` freezes it.

        Example:
            >>> from cnnfilters.arithmetic.layers import Linear, Pointwise
            >>> memory, hidden = Tensor.image((100,)).through(Linear(100, 10), (100,))
            >>> memory, hidden  # 10 numbers of 4 bytes; 100 are kept for the weights' gradient
            (Memory(forward=40, training=400), Tensor(size=40, kept=False, gradient=True))
            >>> hidden.through(Pointwise("ReLU"), (10,))[0]  # the next keeps what it gave
            Memory(forward=40, training=40)
        """
        learns = trained and layer.parameters > 0
        kept_of = layer.kept if weight else layer.kept_frozen
        keeps = kept_of(shape, gradient=self.gradient) if learns or self.gradient else NOTHING
        written = layer.written(shape, training=True)
        training = keeps.own + written * keeps.output
        if keeps.input and not self.kept:
            training += self.size
        kept = keeps.output if written else self.kept or keeps.input
        after = Tensor(written or self.size, kept, self.gradient or learns)
        return Memory(layer.written(shape, training=False), training), after
