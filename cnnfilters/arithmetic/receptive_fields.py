"""What one unit deep in a stack can see of the image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.layers import Layer
from cnnfilters.arithmetic.layers.pooling import AdaptivePooling
from cnnfilters.arithmetic.modules import described
from cnnfilters.arithmetic.shapes import Shape


@dataclass(frozen=True)
class ReceptiveField:
    """The box of pixels that can change a unit; gaps of dilation lie inside it.

    Each attribute has one member for each axis of the image: height and width, or the length of a
    signal, or depth, height and width.

    Attributes:
        size: Of the box, in pixels.
        jump: Pixels between the boxes of neighbouring units.
        start: The first unit's first pixel; negative in the padding.
    """

    size: Shape = (1, 1)
    jump: Shape = (1, 1)
    start: Shape = (0, 0)

    @classmethod
    def of_a_pixel(cls, axes: int) -> ReceptiveField:
        """What a pixel sees of an image with so many axes: itself."""
        return cls((1,) * axes, (1,) * axes, (0,) * axes)

    def pixels(self, *unit: int) -> tuple[range, ...]:
        """What the unit in a place sees along each axis, padding included.

        Example:
            >>> receptive_field([ConvGeometry(5), ConvGeometry(2, stride=2)]).pixels(0, 1)
            (range(0, 6), range(2, 8))
        """
        return tuple(
            range(start + place * jump, start + place * jump + size)
            for start, place, jump, size in zip(self.start, unit, self.jump, self.size, strict=True)
        )

    def through(self, axes: tuple[Axis, ...]) -> ReceptiveField:
        """The receptive field one layer deeper.

        Source: Araujo, Norris & Sim 2019, *Computing receptive fields of convolutional neural
        networks*.
        """
        deeper = [
            (size + (axis.extent - 1) * jump, jump * axis.stride, start - axis.before * jump)
            for axis, size, jump, start in zip(axes, self.size, self.jump, self.start, strict=True)
        ]
        size, jump, start = zip(*deeper, strict=True)
        return ReceptiveField(size, jump, start)


def receptive_field(layers: Any) -> ReceptiveField:
    """Size, jump and start of the receptive field after the last layer.

    Args:
        layers: An `nn.Sequential`, or a sequence of modules, descriptions or bare geometries.

    Returns:
        For each axis, in pixels of the input.

    Raises:
        TypeError: Something is no layer that is known here.
        ValueError: A layer has no receptive field of one size, such as Flatten, Linear, or a
            transposed convolution; or its windows depend on the size of the image.

    Example:
        >>> receptive_field([ConvGeometry(3), ConvGeometry(3), ConvGeometry(3)]).size
        (7, 7)
    """
    known = _geometries(layers)
    field = ReceptiveField.of_a_pixel(_axes_of_the_image(known))
    for layer in known:
        deeper = after(field, layer)
        if deeper is None:
            raise ValueError(_without_one_size(layer))
        field = deeper
    return field


def after(
    field: ReceptiveField | None, layer: ConvGeometry | Layer, lengths: Shape | None = None
) -> ReceptiveField | None:
    """The receptive field one layer deeper; None where units differ in what they see.

    Args:
        field: That of the layer's input.
        layer: The layer.
        lengths: Of the image that reaches it, where they are known.
    """
    if field is None:
        return None
    axes = len(field.size)
    if isinstance(layer, ConvGeometry):
        seen: tuple[Axis, ...] | None = None if layer.transposed else layer.axes
    else:
        seen = layer.sight(axes, lengths)
    return field.through(seen) if seen is not None and len(seen) == axes else None


def _without_one_size(layer: ConvGeometry | Layer) -> str:
    if isinstance(layer, AdaptivePooling):
        return f"the windows of {layer} depend on the image; trace it with an input shape"
    return f"{layer} gives units no receptive field of one size; stop before it"


def _axes_of_the_image(layers: list[ConvGeometry | Layer]) -> int:
    """As many as the first layer with windows has; an image is taken for granted before."""
    for layer in layers:
        if isinstance(layer, ConvGeometry):
            return 2
        for axes in (1, 2, 3):
            seen = layer.sight(axes, None)
            if seen is not None and seen != (Axis(1),) * axes:
                return len(seen)
    return 2


def _geometries(layers: Any) -> list[ConvGeometry | Layer]:
    """Bare geometries are enough here; everything else is read as a stack."""
    found: list[ConvGeometry | Layer] = []
    for layer in layers if isinstance(layers, list | tuple) else [layers]:
        if isinstance(layer, ConvGeometry):
            found.append(layer)
        else:
            found.extend(inner for _, inner in described(layer))
    return found
