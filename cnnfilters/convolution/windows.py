"""Cross-correlation on a strided view: every window without copying a pixel."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.lib.stride_tricks import sliding_window_view

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution.zeros import zero_pad


def by_windows(
    image: Float[np.ndarray, "channels height width"],
    kernel: Float[np.ndarray, "filters channels kernel_height kernel_width"],
    geometry: ConvGeometry,
) -> Float[np.ndarray, "filters out_height out_width"]:
    """One dot product of window and filter for each output position."""
    windows = window_view(image, geometry)
    # r, s: output row and column; m, n: row and column inside the window; summed over c, m, n
    response: Float[np.ndarray, "filters out_height out_width"] = np.einsum(
        "crsmn,fcmn->frs", windows, kernel
    )
    return response


def window_view(
    image: Float[np.ndarray, "channels height width"], geometry: ConvGeometry
) -> Float[np.ndarray, "channels out_height out_width kernel_height kernel_width"]:
    """A read-only view of the padded image that shows each output position its window.

    The same pixel appears in many windows, yet sits in memory once: only the step from one element
    to the next is told anew. A stride skips windows; a dilation skips pixels inside them.

    Example:
        >>> image = np.array([[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]])
        >>> window_view(image, ConvGeometry(2))[0, 0, 1]
        array([[1., 2.],
               [4., 5.]])
    """
    every = sliding_window_view(zero_pad(image, geometry), geometry.extent_pair, axis=(1, 2))
    (down, right), (gap_down, gap_right) = geometry.stride_pair, geometry.dilation_pair
    return every[:, ::down, ::right, ::gap_down, ::gap_right]
