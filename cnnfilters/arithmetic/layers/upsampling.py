"""Images made larger, or smaller, without learning how."""

from __future__ import annotations

from dataclasses import dataclass
from math import floor
from typing import Any

from cnnfilters.arithmetic.layers.layer import INPUT, NOTHING, Kept, Layer
from cnnfilters.arithmetic.shapes import Shape, ShapeError

MODES = {  # on how many axes of the image each works
    "nearest": (1, 2, 3),
    "nearest-exact": (1, 2, 3),
    "area": (1, 2, 3),
    "linear": (1,),
    "bilinear": (2,),
    "bicubic": (2,),
    "trilinear": (3,),
}


@dataclass(frozen=True)
class Upsample(Layer):
    """An image of another size.

    Attributes:
        name: PyTorch's.
        size: What comes out along each axis, or one number for all; None to scale.
        scale: How many times longer each axis becomes, or one number for all.
        mode: How values between are found.

    Example:
        >>> Upsample("Upsample", None, 1.5, "nearest").output_shape((3, 9, 10))
        (3, 13, 15)
    """

    name: str
    size: int | Shape | None
    scale: float | tuple[float, ...] | None
    mode: str

    def __str__(self) -> str:
        given = f"scale_factor={self.scale}" if self.size is None else f"size={self.size}"
        mode = "" if self.name != "Upsample" or self.mode == "nearest" else f", mode={self.mode!r}"
        return f"{self.name}({given}{mode})"

    def output_shape(self, shape: Shape) -> Shape:
        """The channels as they were."""
        axes = len(shape) - 1
        if axes not in MODES[self.mode]:
            needed = " or ".join(str(count + 1) for count in MODES[self.mode])
            raise ShapeError(f"mode {self.mode!r} needs {needed} axes, and {shape} reaches it")
        lengths = self._lengths(shape[1:])
        if min(lengths) < 1:
            raise ShapeError(f"nothing is left: {lengths} would come out")
        return (shape[0], *lengths)

    def sight(self, axes: int, lengths: Shape | None) -> None:  # noqa: ARG002
        """None: units differ in what they see."""
        return

    def kept(self, shape: Shape, *, gradient: bool) -> Kept:  # noqa: ARG002
        """Nothing, but for means over areas, which need what they read."""
        areas = self.mode == "area" and set(self.output_shape(shape)[1:]) != {1}
        return INPUT if areas else NOTHING

    def _lengths(self, lengths: Shape) -> Shape:
        if self.size is not None:
            return _each("size", self.size, len(lengths))
        scales = _each("scale_factor", self.scale, len(lengths))
        return tuple(floor(length * scale) for length, scale in zip(lengths, scales, strict=True))


def _each(option: str, given: Any, count: int) -> tuple[Any, ...]:
    """One number for each axis."""
    each = given if isinstance(given, tuple) else (given,) * count
    if len(each) != count:
        raise ShapeError(f"`{option}` (={given}) must have {count} members")
    return each
