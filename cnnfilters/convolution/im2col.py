"""Cross-correlation as one matrix product, once each window is copied into a column."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution.windows import window_view


def by_im2col(
    image: Float[np.ndarray, "channels height width"],
    kernel: Float[np.ndarray, "filters channels kernel_height kernel_width"],
    geometry: ConvGeometry,
) -> Float[np.ndarray, "filters out_height out_width"]:
    """Filters as rows, windows as columns: every dot product at once."""
    rows = kernel.reshape(len(kernel), -1)  # (filters, weights of one filter)
    response: Float[np.ndarray, "filters positions"] = rows @ window_columns(image, geometry)
    return response.reshape(-1, *geometry.output_size(image.shape[1:]))


def window_columns(
    image: Float[np.ndarray, "channels height width"], geometry: ConvGeometry
) -> Float[np.ndarray, "weights positions"]:
    """Each window of the padded image as a column; a pixel is copied once for each window it is in.

    Example:
        >>> image = np.array([[[0.0, 1.0, 2.0], [3.0, 4.0, 5.0]]])
        >>> window_columns(image, ConvGeometry(2))
        array([[0., 1.],
               [1., 2.],
               [3., 4.],
               [4., 5.]])
    """
    windows = window_view(image, geometry).transpose(0, 3, 4, 1, 2)
    channels, kernel_height, kernel_width, *positions = windows.shape
    return windows.reshape(channels * kernel_height * kernel_width, int(np.prod(positions)))
