"""A transposed convolution taken apart: stretch the input, rotate the kernel, convolve directly."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Shaped
from numpy.typing import ArrayLike

from cnnfilters.arithmetic.sizes import Pair, Size, as_integer, as_pair


@dataclass(frozen=True)
class Stretch:
    """Zeros put between the pixels of an input, as if the kernel moved by a fraction of a pixel.

    Attributes:
        zeros_between: Rows and columns of zeros between neighbours: the stride less one.
    """

    zeros_between: Pair

    def output_size(self, input_size: Size) -> Pair:
        """Height and width once stretched.

        Example:
            >>> Stretch((1, 2)).output_size(3)
            (5, 7)

        Source: Dumoulin & Visin 2016, section 4.5: s(i' − 1) + 1.
        """
        height, width = as_pair("input_size", input_size, least=1)
        rows, columns = self.zeros_between
        return height + (height - 1) * rows, width + (width - 1) * columns

    def __call__(self, images: ArrayLike) -> Shaped[np.ndarray, "*channels rows columns"]:
        """The images with their zeros; leading axes stay as they are.

        Example:
            >>> Stretch((1, 1))([[1, 2]])
            array([[1, 0, 2]])
        """
        pixels = np.asarray(images)
        if pixels.ndim < 2:
            raise ValueError(f"`images` (of shape {pixels.shape}) must have at least two axes")
        size = self.output_size(pixels.shape[-2:])
        stretched = np.zeros(pixels.shape[:-2] + size, pixels.dtype)
        rows, columns = self.zeros_between
        stretched[..., :: rows + 1, :: columns + 1] = pixels
        return stretched


def rotated(weights: ArrayLike, *, groups: int = 1) -> Shaped[np.ndarray, "..."]:
    """Kernels turned by 180 degrees, their channels in the order of a direct convolution.

    Args:
        weights: One kernel, or PyTorch's weights of a transposed convolution: (in channels,
            out channels / groups, height, width).
        groups: As in the transposed convolution.

    Returns:
        The kernel, or weights (out channels, in channels / groups, height, width).

    Raises:
        ValueError: There are neither two nor four axes, or the groups do not divide the channels.

    Example:
        >>> rotated([[1, 2], [3, 4]])
        array([[4, 3],
               [2, 1]])
    """
    kernels = np.asarray(weights)
    groups = as_integer("groups", groups, least=1)
    if kernels.ndim not in (2, 4):
        raise ValueError(f"`weights` (of shape {kernels.shape}) must have two or four axes")
    turned = kernels[..., ::-1, ::-1]
    if kernels.ndim == 2:
        return turned
    inputs, outputs, height, width = kernels.shape
    if inputs % groups:
        raise ValueError(f"`groups` (={groups}) must divide the {inputs} input channels")
    # (groups, inputs, outputs, height, width): each group's channels change places
    grouped = turned.reshape(groups, inputs // groups, outputs, height, width).swapaxes(1, 2)
    return grouped.reshape(groups * outputs, inputs // groups, height, width)
