"""Cross-correlation as its definition says it: four plain loops."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution.zeros import zero_pad


def by_loops(
    image: Float[np.ndarray, "channels height width"],
    kernel: Float[np.ndarray, "filters channels kernel_height kernel_width"],
    geometry: ConvGeometry,
) -> Float[np.ndarray, "filters out_height out_width"]:
    """For each output position, for each kernel element: weight times the pixel below it."""
    # --8<-- [start:loops]
    padded = zero_pad(image, geometry)
    rows, columns = geometry.output_size(image.shape[1:])
    down, right = geometry.stride_pair
    gap_down, gap_right = geometry.dilation_pair
    response = np.zeros((len(kernel), rows, columns), image.dtype)
    for row in range(rows):
        for column in range(columns):
            for m in range(kernel.shape[2]):
                for n in range(kernel.shape[3]):
                    y, x = row * down + m * gap_down, column * right + n * gap_right
                    response[:, row, column] += kernel[:, :, m, n] @ padded[:, y, x]
    # --8<-- [end:loops]
    return response
