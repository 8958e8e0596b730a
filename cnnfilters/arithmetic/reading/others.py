"""Activations, normalisations, linear and reshaping layers, read from PyTorch's modules."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from cnnfilters.arithmetic.layers.layer import Layer
from cnnfilters.arithmetic.layers.lazy import Lazy
from cnnfilters.arithmetic.layers.linear import Linear
from cnnfilters.arithmetic.layers.normalisation import (
    BatchNormalisation,
    GroupNormalisation,
    InstanceNormalisation,
    LayerNormalisation,
    LocalResponse,
)
from cnnfilters.arithmetic.layers.pointwise import AlongAnAxis, Dropout, Pointwise
from cnnfilters.arithmetic.layers.reshaping import (
    ChannelShuffle,
    Flatten,
    PixelShuffle,
    Unflatten,
)
from cnnfilters.arithmetic.layers.upsampling import MODES, Upsample
from cnnfilters.arithmetic.reading.sliding import axes_of
from cnnfilters.arithmetic.sizes import as_integer

ANY = -(2**63)  # an axis may be counted from the end


def pointwise(name: str, module: Any) -> Pointwise:
    """An activation of each number on its own."""
    _check_options(name, module)
    return Pointwise(name, inplace=bool(getattr(module, "inplace", False)))


def softmax2d(name: str, _: Any) -> Pointwise:
    """A softmax over the channels of an image."""
    return Pointwise(name, axes=(1, 2))


def prelu(name: str, module: Any) -> Pointwise:
    """A slope that is learned, one for all channels or one for each."""
    slopes = module.weight.numel()
    return Pointwise(name, None if slopes == 1 else slopes, slopes)


def along_an_axis(name: str, module: Any) -> AlongAnAxis:
    """A softmax or a gated unit."""
    dim = module.dim
    return AlongAnAxis(name, None if dim is None else as_integer("dim", dim, least=ANY))


def dropout(name: str, module: Any) -> Dropout:
    """Dropout of any kind."""
    return Dropout(name, module.p, inplace=bool(module.inplace))


def linear(name: str, module: Any) -> Layer:
    """A linear layer, lazy or not."""
    make = partial(Linear, out_features=module.out_features, bias=module.bias is not None)
    return (
        Lazy(name, (), make, reads=-1) if name.startswith("Lazy") else make(int(module.in_features))
    )


def batch_norm(name: str, module: Any) -> Layer:
    """Batch normalisation, lazy or not; that of signals takes features, too."""
    axes = axes_of(name)
    accepted = (0, 1) if axes == 1 else (axes,)
    make = partial(
        BatchNormalisation,
        name.removeprefix("Lazy"),
        axes=accepted,
        learned=learned(module),
        tracked=module.running_mean is not None,
    )
    if name.startswith("Lazy"):
        return Lazy(name, accepted, make)
    return make(module.num_features)


def instance_norm(name: str, module: Any) -> Layer:
    """Instance normalisation, lazy or not."""
    make = partial(
        InstanceNormalisation,
        name.removeprefix("Lazy"),
        axes=axes_of(name),
        learned=learned(module),
        tracked=module.running_mean is not None,
    )
    return Lazy(name, (), make) if name.startswith("Lazy") else make(module.num_features)


def group_norm(_: str, module: Any) -> GroupNormalisation:
    """Group normalisation."""
    return GroupNormalisation(module.num_groups, module.num_channels, learned(module))


def layer_norm(name: str, module: Any) -> LayerNormalisation:
    """Layer normalisation, or that by root mean squares."""
    return LayerNormalisation(name, tuple(module.normalized_shape), learned(module))


def local_response(name: str, module: Any) -> LocalResponse:
    """Normalisation among neighbouring channels."""
    return LocalResponse(name, as_integer("size", module.size, least=1))


def flatten(_: str, module: Any) -> Flatten:
    """Axes made one."""
    ends = (as_integer(n, getattr(module, n), least=ANY) for n in ("start_dim", "end_dim"))
    return Flatten(*ends)


def unflatten(_: str, module: Any) -> Unflatten:
    """One axis made several."""
    sizes = (as_integer("unflattened_size", size, least=-1) for size in module.unflattened_size)
    return Unflatten(as_integer("dim", module.dim, least=ANY), tuple(sizes))


def pixel_shuffle(_: str, module: Any) -> PixelShuffle:
    """Channels as pixels."""
    return PixelShuffle(as_integer("upscale_factor", module.upscale_factor, least=1))


def pixel_unshuffle(_: str, module: Any) -> PixelShuffle:
    """Pixels as channels."""
    factor = as_integer("downscale_factor", module.downscale_factor, least=1)
    return PixelShuffle(factor, back=True)


def channel_shuffle(_: str, module: Any) -> ChannelShuffle:
    """Channels interleaved."""
    return ChannelShuffle(as_integer("groups", module.groups, least=1))


def upsample(name: str, module: Any) -> Upsample:
    """An image of another size, or a scale of it."""
    size, scale, mode = module.size, module.scale_factor, module.mode
    if (size is None) == (scale is None):
        raise ValueError("either `size` or `scale_factor` must be given, and not both")
    if mode not in MODES:
        raise ValueError(f"`mode` (={mode!r}) must be one of {', '.join(MODES)}")
    if module.align_corners is not None and (mode == "area" or mode.startswith("nearest")):
        raise ValueError(f"`align_corners` must not be given when `mode` is {mode!r}")
    if module.recompute_scale_factor and size is not None:
        raise ValueError("`recompute_scale_factor` must not be given when `size` is")
    if isinstance(size, Sequence):
        size = tuple(as_integer("size", length, least=1) for length in size)
    elif size is not None:
        size = as_integer("size", size, least=1)
    return Upsample(name, size, scale, mode)


def learned(module: Any) -> int:
    """Numbers for each place that a normalisation learns: a scale, a shift, or neither."""
    return sum(getattr(module, name, None) is not None for name in ("weight", "bias"))


def _check_options(name: str, module: Any) -> None:
    """What PyTorch finds out only when the layer runs."""
    if name == "GELU" and module.approximate not in ("none", "tanh"):
        raise ValueError(f"`approximate` (={module.approximate!r}) must be 'none' or 'tanh'")
    if name == "CELU" and module.alpha == 0:
        raise ValueError("`alpha` (=0) must not be 0")
    if name == "Softshrink" and module.lambd < 0:
        raise ValueError(f"`lambd` (={module.lambd}) must be at least 0")
    if name == "RReLU" and module.lower > module.upper:
        raise ValueError(f"`lower` (={module.lower}) must be at most `upper` (={module.upper})")
