"""How well a window matches the kernel's pattern, whatever its brightness and contrast."""

from __future__ import annotations

from functools import partial

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution.groups import by_group
from cnnfilters.convolution.im2col import window_columns
from cnnfilters.convolution.operands import as_operands


def normalized_response(
    image: ArrayLike, kernel: ArrayLike, *, geometry: ConvGeometry | None = None
) -> Float[np.ndarray, "*filters out_height out_width"]:
    """The correlation coefficient of kernel and window, from -1 to 1.

    A plain dot product grows with brightness and contrast, so that a bright flat patch can score
    higher than the pattern. Here window and filter first lose their mean and take unit length.

    Args:
        image: `(channels, height, width)`, or one plane `(height, width)`.
        kernel: `(filters, channels / groups, height, width)`, or one plane beside a plane.
        geometry: As for `cross_correlate`; padding counts as pixels of value 0.

    Returns:
        1 where a window is the pattern, -1 where it is its negative, 0 where window or filter is
        flat and so has no pattern. Shape and type as from `cross_correlate`.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: Arguments don't fit together; the message names parameter, value and rule.

    Example:
        >>> normalized_response([[5, 5, 5, 7]], [[-1, 1]])  # flat, flat, an edge
        array([[0., 0., 1.]])
    """
    pixels, weights, checked, is_plane = as_operands(image, kernel, geometry)
    compute = partial(_coefficients, geometry=checked)
    response = by_group(compute, pixels, weights, groups=checked.groups)
    return response[0] if is_plane else response


def _coefficients(
    image: Float[np.ndarray, "channels height width"],
    kernel: Float[np.ndarray, "filters channels kernel_height kernel_width"],
    geometry: ConvGeometry,
) -> Float[np.ndarray, "filters out_height out_width"]:
    patterns = _unit_rows(kernel.reshape(len(kernel), -1))
    windows = _unit_rows(window_columns(image, geometry).T)
    correlations: Float[np.ndarray, "filters positions"] = patterns @ windows.T
    within = correlations.clip(-1, 1)  # rounding can go past 1
    return within.reshape(-1, *geometry.output_size(image.shape[1:]))


def _unit_rows(rows: Float[np.ndarray, "n numbers"]) -> Float[np.ndarray, "n numbers"]:
    """Each row without its mean and of length one; zeros where only rounding would be left."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    length, before = (np.linalg.norm(x, axis=1, keepdims=True) for x in (centred, rows))
    rounding = rows.shape[1] * np.finfo(rows.dtype).eps * before
    unit: Float[np.ndarray, "n numbers"] = np.zeros_like(rows)
    np.divide(centred, length, out=unit, where=length > rounding)
    return unit
