"""Cross-correlation, the operation of a network's convolution layer, and convolution proper."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from types import MappingProxyType

import numpy as np
from jaxtyping import Float, Shaped
from numpy.typing import ArrayLike

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution.fourier import by_fft
from cnnfilters.convolution.groups import by_group
from cnnfilters.convolution.im2col import by_im2col
from cnnfilters.convolution.loops import by_loops
from cnnfilters.convolution.matrix import by_matrix
from cnnfilters.convolution.operands import as_operands, as_real
from cnnfilters.convolution.windows import by_windows

METHODS: MappingProxyType[str, Callable[..., Float[np.ndarray, "filters height width"]]]
METHODS = MappingProxyType(
    {
        "loops": by_loops,
        "windows": by_windows,
        "im2col": by_im2col,
        "matrix": by_matrix,
        "fft": by_fft,
    }
)
"""The ways of computing a cross-correlation, by name; all give the same."""


def cross_correlate(
    image: ArrayLike,
    kernel: ArrayLike,
    *,
    geometry: ConvGeometry | None = None,
    method: str = "windows",
) -> Float[np.ndarray, "*filters out_height out_width"]:
    """Slide the kernel over the image; each output is the dot product of kernel and window.

    Args:
        image: `(channels, height, width)`, or one plane `(height, width)`.
        kernel: `(filters, channels / groups, height, width)`, or one plane beside a plane.
        geometry: Stride, padding with zeros, dilation and groups. None: stride 1, no padding.
        method: How to compute it, always with the same result: `loops` spells out the definition,
            `windows` looks through a strided view, `im2col` copies the windows for one matrix
            product, `matrix` writes out the whole linear map, `fft` multiplies spectra.

    Returns:
        `(filters, out_height, out_width)`, or a plane from two planes; float32 from float32 and
        integers, else float64.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: Arguments don't fit together; the message names parameter, value and rule.

    Example:
        >>> cross_correlate([[0, 1, 2], [3, 4, 5], [6, 7, 8]], [[0, 1], [2, 3]])
        array([[19., 25.],
               [37., 43.]])
    """
    if method not in METHODS:
        raise ValueError(f"`method` (={method!r}) must be one of {', '.join(METHODS)}")
    pixels, weights, checked, is_plane = as_operands(image, kernel, geometry)
    compute = partial(METHODS[method], geometry=checked)
    response = by_group(compute, pixels, weights, groups=checked.groups)
    return response[0] if is_plane else response


def convolve(
    image: ArrayLike,
    kernel: ArrayLike,
    *,
    geometry: ConvGeometry | None = None,
    method: str = "windows",
) -> Float[np.ndarray, "*filters out_height out_width"]:
    """Cross-correlate with the flipped kernel, as the textbook formula of convolution says.

    Args, Returns and Raises are those of `cross_correlate`.

    Example:
        >>> impulse = [[0, 0, 0], [0, 1, 0], [0, 0, 0]]
        >>> convolve(impulse, [[1, 2], [3, 4]])  # an impulse in, the kernel out
        array([[1., 2.],
               [3., 4.]])
        >>> cross_correlate(impulse, [[1, 2], [3, 4]])
        array([[4., 3.],
               [2., 1.]])
    """
    return cross_correlate(image, flipped(kernel), geometry=geometry, method=method)


def flipped(kernel: ArrayLike) -> Shaped[np.ndarray, "*filters height width"]:
    """The kernel turned by 180°: both of its spatial axes reversed, channels kept in order.

    Raises:
        TypeError: It can't be read as real numbers.
        ValueError: It has neither two nor four axes, is empty, or holds NaN or infinity.

    Example:
        >>> flipped([[1, 2], [3, 4]])
        array([[4, 3],
               [2, 1]])
    """
    return as_real("kernel", kernel)[..., ::-1, ::-1]
