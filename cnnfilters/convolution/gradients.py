"""Backwards through a convolution: both gradients, each a convolution itself.

`upstream` is the gradient of the loss with respect to each output of `cross_correlate`. A weight
was used at every position and a pixel in several windows, so each gradient is a sum.
"""

from __future__ import annotations

from functools import partial

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.arithmetic.sizes import Pair, Size, as_pair
from cnnfilters.convolution.groups import by_group
from cnnfilters.convolution.operands import (
    as_filters,
    as_geometry,
    as_real,
    check_forward,
    in_one_float,
    planes_agree,
)
from cnnfilters.convolution.windows import by_windows
from cnnfilters.convolution.zeros import spread


def input_gradient(
    upstream: ArrayLike,
    kernel: ArrayLike,
    *,
    input_size: Size,
    geometry: ConvGeometry | None = None,
) -> Float[np.ndarray, "*channels height width"]:
    """How the loss changes with each pixel: the upstream gradient convolved with the kernel.

    A stride becomes zeros between the upstream numbers; the kernel is flipped, and filters and
    channels change places. This is also what a transposed convolution computes: Cᵀ times upstream.

    Args:
        upstream: `(filters, out_height, out_width)`, or one plane.
        kernel: `(filters, channels / groups, height, width)`, or one plane beside a plane.
        input_size: Height and width of the image; the output's size alone doesn't tell them.
        geometry: That of the forward pass. None: stride 1, no padding.

    Returns:
        `(channels, height, width)`, or a plane from two planes.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: Arguments don't fit together; the message names parameter, value and rule.

    Example:
        >>> input_gradient([[1, 10]], [[1, 2]], input_size=(1, 3))  # 1·(1, 2, 0) + 10·(0, 1, 2)
        array([[ 1., 12., 20.]])

    Source: Dumoulin & Visin 2016, section 4, Relationship 14.
    """
    gradient, weights = in_one_float(as_real("upstream", upstream), as_real("kernel", kernel))
    is_plane = planes_agree("upstream", gradient, "kernel", weights)
    gradient, weights = gradient[(None,) * (3 - gradient.ndim)], as_filters(weights)
    checked = as_geometry(geometry, weights)
    size = as_pair("input_size", input_size, least=1)
    _check_upstream(gradient, len(weights), size, checked)
    compute = partial(_to_pixels, size=size, geometry=checked)
    pixels = by_group(compute, gradient, weights, groups=checked.groups)
    return pixels[0] if is_plane else pixels


def kernel_gradient(
    upstream: ArrayLike, image: ArrayLike, *, geometry: ConvGeometry
) -> Float[np.ndarray, "*filters_channels height width"]:
    """How the loss changes with each weight: the image cross-correlated with the upstream gradient.

    Stride and dilation change places: the pixels that one weight has met lie a stride apart, and
    its neighbour has met those a dilation further on.

    Args:
        upstream: `(filters, out_height, out_width)`, or one plane.
        image: `(channels, height, width)`, or one plane beside a plane.
        geometry: That of the forward pass; it also says how large the kernel is.

    Returns:
        `(filters, channels / groups, height, width)`, or a plane from two planes.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: Arguments don't fit together; the message names parameter, value and rule.

    Example:
        >>> kernel_gradient([[1, 10]], [[1, 2, 3]], geometry=ConvGeometry((1, 2)))
        array([[21., 32.]])
    """
    gradient, pixels = in_one_float(as_real("upstream", upstream), as_real("image", image))
    is_plane = planes_agree("upstream", gradient, "image", pixels)
    gradient, pixels = (array[(None,) * (3 - array.ndim)] for array in (gradient, pixels))
    check_forward(geometry)
    for name, array in (("filters", gradient), ("channels", pixels)):
        if len(array) % geometry.groups:
            raise ValueError(
                f"`groups` (={geometry.groups}) must divide the number of {name}, {len(array)}"
            )
    height, width = pixels.shape[1:]
    _check_upstream(gradient, len(gradient), (height, width), geometry)
    compute = partial(_to_weights, geometry=geometry)
    weights = by_group(compute, gradient, pixels, groups=geometry.groups)
    return weights[0, 0] if is_plane else weights


def _to_pixels(
    upstream: Float[np.ndarray, "filters out_height out_width"],
    kernel: Float[np.ndarray, "filters channels kernel_height kernel_width"],
    size: Pair,
    geometry: ConvGeometry,
) -> Float[np.ndarray, "channels height width"]:
    stretched = spread(upstream, geometry.stride_pair)
    sides, crop = [], []
    for axis, ((before, after), extent) in enumerate(
        zip(geometry.padding_pairs, geometry.extent_pair, strict=True)
    ):
        padded = before + size[axis] + after
        # enough zeros for a window at every pixel that the forward pass read, unread ones last
        sides.append((extent - 1, padded - stretched.shape[1 + axis]))
        crop.append(slice(before, before + size[axis]))  # a gradient for the padding has no use
    full = ConvGeometry(geometry.kernel_pair, dilation=geometry.dilation, padding=sides)
    turned = kernel.swapaxes(0, 1)[..., ::-1, ::-1]
    return by_windows(stretched, turned, full)[:, crop[0], crop[1]]


def _to_weights(
    upstream: Float[np.ndarray, "filters out_height out_width"],
    image: Float[np.ndarray, "channels height width"],
    geometry: ConvGeometry,
) -> Float[np.ndarray, "filters channels kernel_height kernel_width"]:
    swapped = ConvGeometry(
        upstream.shape[1:],
        stride=geometry.dilation,
        dilation=geometry.stride,
        padding=geometry.padding_pairs,
    )
    height, width = geometry.kernel_pair  # more come out where the stride left pixels unread
    planes = [by_windows(channel[None], upstream[:, None], swapped) for channel in image]
    return np.stack(planes, axis=1)[..., :height, :width]


def _check_upstream(
    upstream: Float[np.ndarray, "filters out_height out_width"],
    filters: int,
    size: Pair,
    geometry: ConvGeometry,
) -> None:
    wanted = (filters, *geometry.output_size(size))
    if upstream.shape != wanted:
        raise ValueError(
            f"`upstream` (shape {upstream.shape}) must have the output's shape {wanted}"
        )
