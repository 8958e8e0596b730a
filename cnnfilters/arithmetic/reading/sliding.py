"""Convolutions, poolings and paddings, read from PyTorch's modules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from math import inf
from typing import Any

from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.layers.convolution import Convolution
from cnnfilters.arithmetic.layers.edges import Padding
from cnnfilters.arithmetic.layers.layer import Layer
from cnnfilters.arithmetic.layers.lazy import Lazy
from cnnfilters.arithmetic.layers.pooling import AdaptivePooling, FractionalPooling, PoolingLayer
from cnnfilters.arithmetic.layers.unfolding import Fold, Unfold
from cnnfilters.arithmetic.pooling import Pooling
from cnnfilters.arithmetic.sizes import as_integer
from cnnfilters.arithmetic.windows import Windows, along

_MODES = {
    "Circular": "circular",
    "Constant": "constant",
    "Reflection": "reflect",
    "Replication": "replicate",
    "Zero": "constant",
}


def axes_of(name: str) -> int:
    """The axes that a class works on, from the end of its name: 2 for "Conv2d"."""
    return int(name[-2])


def convolution(name: str, module: Any) -> Layer:
    """A convolution of any kind, lazy or not."""
    transposed, axes = "Transpose" in name, axes_of(name)
    padding = module.padding
    if padding == "valid" and not transposed:
        padding = 0
    if not isinstance(padding, str):
        padding = along("padding", padding, axes, least=0)
    options = {
        "stride": module.stride,
        "padding": padding,
        "dilation": module.dilation,
        "groups": module.groups,
        "transposed": transposed,
        "output_padding": module.output_padding,
    }
    geometry: ConvGeometry | Windows
    if axes == 2:
        geometry = ConvGeometry(module.kernel_size, **options)
    else:
        geometry = Windows(axes, module.kernel_size, **options)
    make = partial(
        Convolution,
        out_channels=module.out_channels,
        geometry=geometry,
        bias=module.bias is not None,
        padding_mode=module.padding_mode,
    )
    if name.startswith("Lazy"):
        return Lazy(name, (axes,), make, groups=geometry.groups)
    return make(module.in_channels)


def pooling(name: str, module: Any) -> PoolingLayer:
    """A pooling with windows of one size."""
    one_output(module)
    if getattr(module, "divisor_override", None) == 0:
        raise ValueError("`divisor_override` (=0) must not be 0")
    axes, stride = axes_of(name), module.stride
    kernel = _unwrapped(module.kernel_size)
    options = {
        "stride": kernel if stride is None else _unwrapped(stride),
        "padding": _unwrapped(getattr(module, "padding", 0)),  # a power mean has none
        "dilation": _unwrapped(getattr(module, "dilation", 1)),  # a mean has none
        "ceil_mode": module.ceil_mode,
    }
    norm_type = getattr(module, "norm_type", 2)
    if norm_type == 0:
        raise ValueError("`norm_type` (=0) must not be 0")
    if name == "LPPool1d" and norm_type not in (inf, -inf):
        as_integer("kernel_size", module.kernel_size, least=1)  # PyTorch multiplies with it
    if axes == 2:
        return PoolingLayer(Pooling(kernel, **options), name, norm_type=norm_type)
    windows = Windows(axes, kernel, **options)
    if any(axis.before > axis.kernel // 2 for axis in windows.axes):
        raise ValueError(
            f"`padding` (={module.padding}) must be at most half of `kernel_size` "
            f"(={module.kernel_size})"
        )
    return PoolingLayer(windows, name, norm_type=norm_type)


def adaptive_pooling(name: str, module: Any) -> AdaptivePooling:
    """A pooling that is told how much comes out."""
    one_output(module)
    size, axes = module.output_size, axes_of(name)
    if not isinstance(size, Sequence) or axes == 1:
        return AdaptivePooling(name, along("output_size", size, axes, least=1))
    if len(size) != axes:
        raise ValueError(f"`output_size` (={size}) must have {axes} members")
    found = (None if n is None else as_integer("output_size", n, least=1) for n in size)
    return AdaptivePooling(name, tuple(found))


def fractional_pooling(name: str, module: Any) -> FractionalPooling:
    """A pooling with windows placed by chance."""
    one_output(module)
    axes = axes_of(name)
    kernel = along("kernel_size", module.kernel_size, axes, least=1)
    if module.output_size is None:
        return FractionalPooling(name, kernel, tuple(map(float, module.output_ratio)))
    return FractionalPooling(name, kernel, along("output_size", module.output_size, axes, least=1))


def padding(name: str, module: Any) -> Padding:
    """A layer that pads; PyTorch writes the last axis first."""
    axes, flat = axes_of(name), module.padding
    mode = _MODES[name.removesuffix(f"Pad{axes}d")]
    if mode == "circular" and len(flat) != 2 * axes:
        raise ValueError(f"`padding` (={flat}) must have {2 * axes} members")
    if not flat or len(flat) % 2:
        raise ValueError(f"`padding` (={flat}) must have two members for each axis")
    numbers = [as_integer("padding", number, least=-(2**63)) for number in flat]
    sides = zip(numbers[-2::-2], numbers[::-2], strict=True)
    return Padding(name, mode, tuple(sides))


def unfold(_: str, module: Any) -> Unfold:
    """Windows as columns."""
    return Unfold(_columns(module))


def fold(_: str, module: Any) -> Fold:
    """Columns as windows."""
    return Fold(along("output_size", module.output_size, 2, least=1), _columns(module))


def one_output(module: Any) -> None:
    """Raise if the module gives indices beside what it pools."""
    if getattr(module, "return_indices", False):
        raise ValueError("`return_indices` (=True) gives two things; a stack passes on one")


def _columns(module: Any) -> Windows:
    return Windows(
        2,
        module.kernel_size,
        stride=module.stride,
        padding=module.padding,
        dilation=module.dilation,
    )


def _unwrapped(size: Any) -> Any:
    """The size of a pooling, where one in brackets stands for all axes; PyTorch takes no array."""
    if isinstance(size, range) or len(getattr(size, "shape", "")) > 0:
        raise TypeError(f"sizes (={size!r}) must be an integer or a tuple of them")
    return size[0] if isinstance(size, Sequence) and len(size) == 1 else size
