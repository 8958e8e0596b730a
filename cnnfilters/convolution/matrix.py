"""Cross-correlation as what it is, a linear map, with its whole matrix written out."""

from __future__ import annotations

from math import prod

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import ArrayLike

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.arithmetic.sizes import Pair, Size, as_pair
from cnnfilters.convolution.operands import as_filters, as_geometry, as_real, in_one_float

MOST_ENTRIES = 100_000_000  # 800 MB of float64


def as_matrix(
    kernel: ArrayLike, *, input_size: Size, geometry: ConvGeometry | None = None
) -> Float[np.ndarray, "outputs inputs"]:
    """The matrix C with C @ image.ravel() == cross_correlate(image, kernel).ravel().

    Each row is the kernel, laid over the image where one output looks; all rows share the same few
    weights, and the rest is zeros. C.T spreads a gradient over the outputs back to the pixels.

    Args:
        kernel: `(filters, channels / groups, height, width)`, or one plane.
        input_size: Height and width of the image before any padding.
        geometry: As for `cross_correlate`.

    Returns:
        One row for each output number, one column for each pixel of each channel.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: Arguments don't fit together, or the matrix would hold over 100 million entries.

    Example:
        >>> as_matrix([[1, 2]], input_size=(1, 3))  # the window is in two places
        array([[1., 2., 0.],
               [0., 1., 2.]])
    """
    weights = as_filters(in_one_float(as_real("kernel", kernel))[0])
    checked = as_geometry(geometry, weights)
    size = as_pair("input_size", input_size, least=1)
    filters, channels = len(weights), weights.shape[1] * checked.groups
    _check_entries("input_size", size, checked, filters=filters, channels=channels)
    blocks = [_one_group(group, size, checked) for group in np.split(weights, checked.groups)]
    rows, columns = blocks[0].shape
    matrix = np.zeros((len(blocks) * rows, len(blocks) * columns), weights.dtype)
    for i, block in enumerate(blocks):  # a group doesn't see the others: blocks on the diagonal
        matrix[i * rows : (i + 1) * rows, i * columns : (i + 1) * columns] = block
    return matrix


def by_matrix(
    image: Float[np.ndarray, "channels height width"],
    kernel: Float[np.ndarray, "filters channels kernel_height kernel_width"],
    geometry: ConvGeometry,
) -> Float[np.ndarray, "filters out_height out_width"]:
    """One product of the whole matrix with the whole image as one column."""
    channels, height, width = image.shape
    size = (height, width)
    _check_entries("image", size, geometry, filters=len(kernel), channels=channels)
    response: Float[np.ndarray, " outputs"] = _one_group(kernel, size, geometry) @ image.ravel()
    return response.reshape(-1, *geometry.output_size(size))


def _one_group(
    kernel: Float[np.ndarray, "filters channels kernel_height kernel_width"],
    size: Pair,
    geometry: ConvGeometry,
) -> Float[np.ndarray, "outputs inputs"]:
    """The matrix of one group: each weight goes to where an output and the pixel it reads meet."""
    filters, channels, kernel_height, kernel_width = kernel.shape
    positions = geometry.output_size(size)
    matrix = np.zeros((filters, *positions, channels, *size), kernel.dtype)
    for m in range(kernel_height):
        rows, pixel_rows = _meetings(m, size, geometry, axis=0)
        for n in range(kernel_width):
            columns, pixel_columns = _meetings(n, size, geometry, axis=1)
            # NumPy puts the indexed axes first: (rows, columns, filters, channels)
            matrix[:, rows[:, None], columns, :, pixel_rows[:, None], pixel_columns] = kernel[
                :, :, m, n
            ]
    return matrix.reshape(filters * prod(positions), channels * prod(size))


def _meetings(
    element: int, size: Pair, geometry: ConvGeometry, *, axis: int
) -> tuple[Int[np.ndarray, " n"], Int[np.ndarray, " n"]]:
    """Along one axis, the outputs whose kernel element lies on the image, and on which pixel."""
    outputs = np.arange(geometry.output_size(size)[axis])
    before, _ = geometry.padding_pairs[axis]
    pixels = outputs * geometry.stride_pair[axis] + element * geometry.dilation_pair[axis] - before
    inside = (pixels >= 0) & (pixels < size[axis])  # outside is padding, which is zero
    return outputs[inside], pixels[inside]


def _check_entries(
    name: str, size: Pair, geometry: ConvGeometry, *, filters: int, channels: int
) -> None:
    entries = filters * channels * prod(geometry.output_size(size)) * prod(size)
    if entries > MOST_ENTRIES:
        raise ValueError(
            f"`{name}` (={size[0]}×{size[1]}) must be smaller: the matrix would have {entries:,} "
            f"entries, more than {MOST_ENTRIES:,}"
        )
