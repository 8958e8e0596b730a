"""Zeros around an image, and zeros between the pixels of one."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.arithmetic.sizes import Pair


def zero_pad(
    image: Float[np.ndarray, "channels height width"], geometry: ConvGeometry
) -> Float[np.ndarray, "channels padded_height padded_width"]:
    """The image with the geometry's padding around it; the image itself where there is none.

    Example:
        >>> zero_pad(np.ones((1, 1, 1)), ConvGeometry(1, padding=((0, 1), (2, 0))))
        array([[[0., 0., 1.],
                [0., 0., 0.]]])
    """
    if not np.any(geometry.padding_pairs):
        return image  # saves a copy
    return np.pad(image, ((0, 0), *geometry.padding_pairs))


def spread(
    array: Float[np.ndarray, "*planes height width"], step: Pair
) -> Float[np.ndarray, "*planes spread_height spread_width"]:
    """The array with `step - 1` zeros between neighbours; nothing is added outside.

    Example:
        >>> spread(np.array([[1.0, 2.0]]), (3, 2))
        array([[1., 0., 2.]])
    """
    *planes, height, width = array.shape
    down, right = step
    stretched = np.zeros((*planes, (height - 1) * down + 1, (width - 1) * right + 1), array.dtype)
    stretched[..., ::down, ::right] = array
    return stretched
