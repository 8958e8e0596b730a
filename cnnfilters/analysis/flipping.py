"""What becomes of a feature map when the kernel is flipped."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from cnnfilters.convolution import cross_correlate, flipped


def flip_correlation(image: ArrayLike, kernels: ArrayLike) -> Float[np.ndarray, " filters"]:
    """How alike the two maps of each kernel are: as it stands, and turned by 180°.

    Args:
        image: `(channels, height, width)`.
        kernels: `(filters, channels, height, width)`.

    Returns:
        For each filter the correlation coefficient of the two maps: 1 where the flip changes
        nothing, -1 where it turns the sign, as for every antisymmetric kernel, an edge; 0 where a
        map is constant.

    Raises:
        ValueError: Image and kernels don't fit together.

    Example:
        >>> ramps = [[[0, 1, 3, 4, 4, 2]]]
        >>> flip_correlation(ramps, [[[[-1, 0, 1]]], [[[-1, 2, -1]]]]).round(6)  # edge, line
        array([-1.,  1.])
    """
    maps, turned = (cross_correlate(image, k) for k in (np.asarray(kernels), flipped(kernels)))
    first, second = (x.reshape(len(x), -1) for x in (maps, turned))
    first, second = (x - x.mean(axis=1, keepdims=True) for x in (first, second))
    lengths = np.linalg.norm(first, axis=1) * np.linalg.norm(second, axis=1)
    correlation: Float[np.ndarray, " filters"] = np.zeros_like(lengths)
    np.divide((first * second).sum(axis=1), lengths, out=correlation, where=lengths > 0)
    return correlation
