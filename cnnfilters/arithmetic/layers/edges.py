"""What is put around an image, by a layer of its own or by a convolution."""

from __future__ import annotations

from dataclasses import dataclass

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.layers.layer import INPUT, NOTHING, Kept, Layer
from cnnfilters.arithmetic.shapes import Shape, ShapeError


@dataclass(frozen=True)
class Padding(Layer):
    """A layer that pads, or with a negative number crops.

    Attributes:
        name: PyTorch's.
        mode: What it puts there: "constant", "reflect", "replicate" or "circular".
        sides: (before, after) of each axis, the first axis first.

    Example:
        >>> Padding("ZeroPad2d", "constant", ((0, 3), (1, 2))).output_shape((4, 9, 10))
        (4, 12, 13)
    """

    name: str
    mode: str
    sides: tuple[tuple[int, int], ...]

    def __str__(self) -> str:
        flat = tuple(side for pair in reversed(self.sides) for side in pair)  # PyTorch: last first
        return f"{self.name}({flat[0] if len(set(flat)) == 1 else flat})"

    def output_shape(self, shape: Shape) -> Shape:
        """Longer by both sides; axes before those that it pads stay as they were."""
        sides = self._sides(shape)
        count = len(sides)
        lengths = []
        for length, (before, after) in zip(shape[-count:], sides, strict=True):
            check_room(self.mode, length, before, after)
            self._check_crop(length, min(before, 0) + min(after, 0))
            lengths.append(length + before + after)
            if lengths[-1] < 1:
                raise ShapeError(
                    f"`padding` (={before} and {after}) crops {length} to nothing; crop less"
                )
        return (*shape[:-count], *lengths)

    def sight(self, axes: int, lengths: Shape | None) -> tuple[Axis, ...] | None:  # noqa: ARG002
        """One pixel, moved by what stands before; None once a channel is padded."""
        still = axes - len(self.sides)
        if still < 0:
            return None
        moved = [Axis(1, before=before, after=after) for before, after in self.sides]
        return (*[Axis(1)] * still, *moved)

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """The image, where the edge is made from it."""
        return INPUT if self.mode in ("reflect", "replicate") else NOTHING

    def _sides(self, shape: Shape) -> tuple[tuple[int, int], ...]:
        """PyTorch pads the last axes of anything with a constant, and a few ranks otherwise."""
        count, axes = len(self.sides), len(shape)
        constant = self.mode == "constant"
        if constant and count == axes + 1 and self.sides[0] == (0, 0):
            return self.sides[1:]  # nothing is added to the batch
        if axes < count or (axes > count + 1 and not constant):
            raise ShapeError(f"it pads {count} axes, and {axes} without the batch reach it")
        return self.sides

    def _check_crop(self, length: int, cropped: int) -> None:
        """PyTorch crops before it pads, but where it copies an edge."""
        if length + cropped < 0 and self.mode in ("constant", "circular"):
            raise ShapeError(f"`padding` crops {-cropped} of {length}; crop less")


def check_room(mode: str, length: int, before: int, after: int) -> None:
    """A mirror needs more pixels than it shows; a circle goes round once at most.

    Raises:
        ShapeError: There are too few.
    """
    most = {"reflect": length - 1, "circular": length}.get(mode)
    if most is not None and max(before, after) > most:
        raise ShapeError(
            f"`padding` (={max(before, after)}) must be at most {most}, since {length} reach it "
            f"and the padding is {mode!r}"
        )
