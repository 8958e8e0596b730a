"""Read a stack: our own descriptions, or PyTorch's modules, known by their classes.

Torch is never imported here; a module is asked for its attributes only.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.layers import Convolution, Flatten, Layer, Linear, PoolingLayer
from cnnfilters.arithmetic.layers.lazy import Lazy
from cnnfilters.arithmetic.pooling import Pooling
from cnnfilters.arithmetic.reading.classes import known_base
from cnnfilters.arithmetic.reading.options import check_options
from cnnfilters.arithmetic.reading.refused import REFUSED
from cnnfilters.arithmetic.reading.table import READERS


@dataclass(frozen=True)
class Member:
    """A layer in its place in a stack.

    Attributes:
        name: As PyTorch gives it ("features.0").
        layer: Its description.
        module: What it was read from; None for a description.
    """

    name: str
    layer: Layer
    module: Any = None

    def weights(self) -> dict[int, int]:
        """Numbers in each array that it learns, by the array's identity."""
        if self.module is None:
            return {}
        return {id(array): array.numel() for array in self.module.parameters()}

    @property
    def trained(self) -> frozenset[str]:
        """Names of its parameters that are not frozen; those of a description all are trained."""
        if self.module is None:
            return frozenset({"weight"})
        named = self.module.named_parameters()
        return frozenset(name for name, array in named if array.requires_grad)


def members(layers: Any) -> tuple[Member, ...]:
    """Every layer in order, nested stacks unfolded; one that stands twice comes twice.

    Args:
        layers: One layer, an `nn.Sequential`, or a sequence of layers, described or modules.

    Raises:
        TypeError: Something is no layer that is known here.
        ValueError: A module has options with which PyTorch could not run it either.
    """
    return tuple(_unfold("", layers))


def described(layers: Any) -> tuple[tuple[str, Layer], ...]:
    """Every layer with its name, in order, nested stacks unfolded.

    Args:
        layers: One layer, an `nn.Sequential`, or a sequence of layers, described or modules.

    Returns:
        Names as PyTorch gives them ("features.0"), and descriptions.

    Raises:
        TypeError: Something is no layer that is known here.
        ValueError: A module has options with which PyTorch could not run it either.

    Example:
        >>> described([Pooling(2), Flatten()])
        (('0', PoolingLayer(pooling=Pooling(2), name='Pooling', norm_type=2)),
         ('1', Flatten(start_dim=1, end_dim=-1)))
    """
    return tuple((member.name, member.layer) for member in members(layers))


def _unfold(name: str, layer: Any) -> Iterator[Member]:
    if isinstance(layer, Layer):
        yield Member(name, layer)
    elif isinstance(layer, Pooling):
        yield Member(name, PoolingLayer(layer))
    elif isinstance(layer, ConvGeometry):
        raise TypeError(
            f"{layer!r} has no channels; write Convolution(in_channels, out_channels, geometry)"
        )
    else:
        yield from _unfold_modules(name, layer)


def _unfold_modules(name: str, layer: Any) -> Iterator[Member]:
    base = known_base(layer)
    if base is not None and base.__name__ in READERS:
        yield Member(name, _read(name, base.__name__, layer), layer)
        return
    for inner, member in _parts(layer, base):
        yield from _unfold(f"{name}.{inner}" if name else inner, member)


def _parts(layer: Any, base: type | None) -> Iterable[tuple[str, Any]]:
    """What a stack holds, in the order in which it runs, repeats included."""
    if base is not None and base.__name__ == "Sequential":
        return list(layer._modules.items())
    if base is not None and base.__name__ in ("AlexNet", "VGG"):
        parts = layer._modules
        first, last = ("features", "avgpool"), "classifier"
        flatten = ("flatten", Flatten())
        return [*((part, parts[part]) for part in first), flatten, (last, parts[last])]
    if base is not None and base.__name__ in REFUSED:
        raise TypeError(f"{base.__name__} can't be traced: {REFUSED[base.__name__]}")
    if isinstance(layer, type):
        raise TypeError(f"{layer.__name__} is a class, not a layer; write {layer.__name__}(…)")
    if _is_list(layer):
        return [(str(index), member) for index, member in enumerate(layer)]
    raise TypeError(
        f"{type(layer).__name__} is no layer that is known here; give an nn.Sequential or a list "
        "of layers of torch.nn that take one image and give one"
    )


def _is_list(layer: Any) -> bool:
    """Whether its members are layers; those of a module or an array may be anything."""
    other = isinstance(layer, str | bytes | dict) or hasattr(layer, "forward")
    return isinstance(layer, Iterable) and not other and not hasattr(layer, "shape")


def _read(place: str, name: str, module: Any) -> Layer:
    """The description; a wrong option is told with the layer that has it."""
    where = f"layer {place}, {name}" if place else name
    try:
        check_options(name, module)
        layer = READERS[name](name, module)
    except (TypeError, ValueError) as error:
        raise type(error)(f"{where}: {error}") from error
    if not isinstance(layer, Lazy):
        _check_weights(where, layer, module)
    return layer


def _check_weights(where: str, layer: Layer, module: Any) -> None:
    """Its numbers must be as many as those of a layer with its options, and in its order."""
    held = sum(array.numel() for array in module.parameters())
    if held != layer.parameters:
        raise ValueError(
            f"{where}: it holds {held:,} numbers, and {layer} {layer.parameters:,}; its weights "
            "were exchanged"
        )
    if isinstance(layer, Convolution | Linear) and tuple(module.weight.shape) != layer.weight_shape:
        raise ValueError(
            f"{where}: its weights have the shape {tuple(module.weight.shape)}, and those of "
            f"{layer} {layer.weight_shape}; they were exchanged"
        )
