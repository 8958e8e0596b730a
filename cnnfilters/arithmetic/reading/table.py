"""The classes of torch.nn that are known, each with what reads it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnfilters.arithmetic.layers.layer import Layer
from cnnfilters.arithmetic.layers.pointwise import KEEPS
from cnnfilters.arithmetic.reading import others, sliding

Reader = Callable[[str, Any], Layer]


def _along_axes(
    pattern: str, reader: Reader, axes: tuple[int, ...] = (1, 2, 3)
) -> dict[str, Reader]:
    return {pattern.format(count): reader for count in axes}


READERS: dict[str, Reader] = {
    **dict.fromkeys(KEEPS, others.pointwise),
    "PReLU": others.prelu,
    "Softmax2d": others.softmax2d,
    **dict.fromkeys(("GLU", "LogSoftmax", "Softmax", "Softmin"), others.along_an_axis),
    **dict.fromkeys(("AlphaDropout", "Dropout", "FeatureAlphaDropout"), others.dropout),
    **_along_axes("Dropout{}d", others.dropout),
    **_along_axes("Conv{}d", sliding.convolution),
    **_along_axes("ConvTranspose{}d", sliding.convolution),
    **_along_axes("LazyConv{}d", sliding.convolution),
    **_along_axes("LazyConvTranspose{}d", sliding.convolution),
    **_along_axes("MaxPool{}d", sliding.pooling),
    **_along_axes("AvgPool{}d", sliding.pooling),
    **_along_axes("LPPool{}d", sliding.pooling),
    **_along_axes("AdaptiveAvgPool{}d", sliding.adaptive_pooling),
    **_along_axes("AdaptiveMaxPool{}d", sliding.adaptive_pooling),
    **_along_axes("FractionalMaxPool{}d", sliding.fractional_pooling, (2, 3)),
    **_along_axes("CircularPad{}d", sliding.padding),
    **_along_axes("ConstantPad{}d", sliding.padding),
    **_along_axes("ReflectionPad{}d", sliding.padding),
    **_along_axes("ReplicationPad{}d", sliding.padding),
    **_along_axes("ZeroPad{}d", sliding.padding),
    "Unfold": sliding.unfold,
    "Fold": sliding.fold,
    **_along_axes("BatchNorm{}d", others.batch_norm),
    **_along_axes("LazyBatchNorm{}d", others.batch_norm),
    **_along_axes("InstanceNorm{}d", others.instance_norm),
    **_along_axes("LazyInstanceNorm{}d", others.instance_norm),
    "GroupNorm": others.group_norm,
    **dict.fromkeys(("LayerNorm", "RMSNorm"), others.layer_norm),
    **dict.fromkeys(("LocalResponseNorm", "CrossMapLRN2d"), others.local_response),
    **dict.fromkeys(("Linear", "LazyLinear"), others.linear),
    "Flatten": others.flatten,
    "Unflatten": others.unflatten,
    "PixelShuffle": others.pixel_shuffle,
    "PixelUnshuffle": others.pixel_unshuffle,
    "ChannelShuffle": others.channel_shuffle,
    **dict.fromkeys(("Upsample", "UpsamplingBilinear2d", "UpsamplingNearest2d"), others.upsample),
}
