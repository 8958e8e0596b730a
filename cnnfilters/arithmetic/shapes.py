"""The shape that reaches a layer, and the error when the layer can't take it."""

from __future__ import annotations

from typing import TypeAlias

from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.pooling import Pooling
from cnnfilters.arithmetic.windows import Windows

Shape: TypeAlias = tuple[int, ...]
"""`(channels, *lengths)` of what a layer is given, or `(features,)` once flattened."""

_IMAGES = {
    1: "a signal (channels, length)",
    2: "an image (channels, height, width)",
    3: "a volume (channels, depth, height, width)",
}


class ShapeError(ValueError):
    """A layer can't take the shape that reaches it; the message says what to change."""


def split(
    layer: str, shape: Shape, axes: int, *, channels_needed: bool = True
) -> tuple[Shape, Shape]:
    """The channels and the lengths of an image with so many axes.

    Args:
        layer: Its class, for the message.
        shape: What reaches it.
        axes: How many the layer works on.
        channels_needed: False where PyTorch takes a batch without channels for channels.

    Raises:
        ShapeError: There are fewer or more axes.

    Example:
        >>> split("Conv2d", (3, 28, 29), 2)
        ((3,), (28, 29))
    """
    if len(shape) == axes + 1 or (len(shape) == axes and not channels_needed):
        return shape[:-axes], shape[-axes:]
    raise ShapeError(f"it needs {_IMAGES[axes]} but {shape} reaches it" + _instead(layer, shape))


def _instead(layer: str, shape: Shape) -> str:
    """What to do about a wrong number of axes."""
    if len(shape) == 1:
        return "; put it before Flatten()"
    family, axes = layer[:-2], len(shape) - 1
    if axes not in _IMAGES or not layer.endswith(("1d", "2d", "3d")) or family.startswith("Frac"):
        return ""
    batch = "leave out the batch, or " if axes == 3 else ""
    return f"; {batch}{family}{axes}d takes {_IMAGES[axes]}"


def fitted(geometry: ConvGeometry | Pooling | Windows, lengths: Shape) -> Shape:
    """What comes out along each axis, and what to change where nothing does."""
    try:
        return geometry.output_size(lengths)
    except ValueError as error:
        less = "a smaller kernel, or shrink the image less before"
        change = "less padding" if geometry.axes[0].transposed else less
        raise ShapeError(f"{error}; choose {change}") from error
