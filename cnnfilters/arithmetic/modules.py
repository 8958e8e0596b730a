"""Read a stack: our own descriptions, or PyTorch's modules, known by their class names.

Torch is never imported here; a module is asked for its attributes only.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.layers import (
    Convolution,
    Flatten,
    Layer,
    Linear,
    Pointwise,
    PoolingLayer,
)
from cnnfilters.arithmetic.pooling import Pooling


def described(layers: Any) -> tuple[tuple[str, Layer], ...]:
    """Every layer with its name, in order, nested stacks unfolded.

    Args:
        layers: One layer, an `nn.Sequential`, or a sequence of layers, described or modules.

    Returns:
        Names as PyTorch gives them ("features.0"), and descriptions.

    Raises:
        TypeError: Something is no layer that is known here.
        ValueError: A module has options that are not known here.

    Example:
        >>> described([Pooling(2), Flatten()])
        (('0', PoolingLayer(pooling=Pooling(2), name='Pooling')), ('1', Flatten()))
    """
    return tuple(_unfold("", layers))


def _unfold(name: str, layer: Any) -> Iterator[tuple[str, Layer]]:
    if isinstance(layer, Layer):
        yield name, layer
    elif isinstance(layer, Pooling):
        yield name, PoolingLayer(layer)
    elif isinstance(layer, ConvGeometry):
        raise TypeError(
            f"{layer!r} has no channels; write Convolution(in_channels, out_channels, geometry)"
        )
    elif (known := _known_class(layer)) is not None:
        yield name, _READERS.get(known, _pointwise)(layer)
    else:
        for inner, member in _members(layer):
            yield from _unfold(f"{name}.{inner}" if name else inner, member)


def _members(layer: Any) -> Iterable[tuple[str, Any]]:
    stack = any(base.__name__ in _STACKS for base in type(layer).__mro__)
    if stack:
        return list(layer.named_children())
    if isinstance(layer, Iterable) and not isinstance(layer, str | bytes | dict):
        return [(str(index), member) for index, member in enumerate(layer)]
    raise TypeError(
        f"{type(layer).__name__} is no layer that is known here; give an nn.Sequential or a list "
        f"of {', '.join(_READERS)} and layers that keep the shape"
    )


def _known_class(layer: Any) -> str | None:
    names = (base.__name__ for base in type(layer).__mro__)
    return next((name for name in names if name in _READERS or name in _POINTWISE), None)


def _convolution(module: Any) -> Convolution:
    transposed = "ConvTranspose2d" in (base.__name__ for base in type(module).__mro__)
    geometry = ConvGeometry(
        module.kernel_size,
        stride=module.stride,
        padding=0 if module.padding == "valid" else module.padding,
        dilation=module.dilation,
        groups=module.groups,
        transposed=transposed,
        output_padding=module.output_padding,
    )
    return Convolution(
        module.in_channels, module.out_channels, geometry, bias=module.bias is not None
    )


def _pooling(module: Any) -> PoolingLayer:
    pooling = Pooling(
        module.kernel_size,
        stride=module.stride,
        padding=module.padding,
        dilation=getattr(module, "dilation", 1),  # an average has none
        ceil_mode=module.ceil_mode,
    )
    return PoolingLayer(pooling, type(module).__name__)


def _linear(module: Any) -> Linear:
    return Linear(module.in_features, module.out_features, bias=module.bias is not None)


def _flatten(module: Any) -> Flatten:
    if (module.start_dim, module.end_dim) != (1, -1):
        raise ValueError(
            f"`start_dim` (={module.start_dim}) must be 1 and `end_dim` (={module.end_dim}) -1: "
            "only a Flatten() of everything but the batch is known here"
        )
    return Flatten()


def _pointwise(module: Any) -> Pointwise:
    parameters = sum(parameter.numel() for parameter in module.parameters())
    channels = getattr(module, "num_features", None)
    return Pointwise(type(module).__name__, channels, parameters)


_STACKS = frozenset({"Sequential", "ModuleList"})
_READERS: dict[str, Callable[[Any], Layer]] = {
    "Conv2d": _convolution,
    "ConvTranspose2d": _convolution,
    "MaxPool2d": _pooling,
    "AvgPool2d": _pooling,
    "Linear": _linear,
    "Flatten": _flatten,
}
_POINTWISE = frozenset(
    {
        "BatchNorm2d",
        "Dropout",
        "Dropout2d",
        "ELU",
        "GELU",
        "Hardswish",
        "Identity",
        "LeakyReLU",
        "LogSoftmax",
        "PReLU",
        "ReLU",
        "ReLU6",
        "SELU",
        "SiLU",
        "Sigmoid",
        "Softmax",
        "Softplus",
        "Tanh",
    }
)
