"""One number of a feature map, taken apart into its products; and what a high number means."""

from __future__ import annotations

from typing import NamedTuple, SupportsIndex

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from cnnfilters.arithmetic.sizes import as_integer
from cnnfilters.convolution import cross_correlate


class DotProduct(NamedTuple):
    """What meets in one output of a cross-correlation at stride 1.

    Attributes:
        window: Pixels under the kernel.
        kernel: Its weights.
        products: Pixel times weight, cell by cell.
        total: Their sum: the output.
    """

    window: Float[np.ndarray, "height width"]
    kernel: Float[np.ndarray, "height width"]
    products: Float[np.ndarray, "height width"]
    total: float


def dot_product_at(
    image: ArrayLike, kernel: ArrayLike, *, row: SupportsIndex, column: SupportsIndex
) -> DotProduct:
    """The window under the kernel, the products, and their sum.

    Args:
        image: One plane.
        kernel: One plane.
        row: Of the output, from 0.
        column: Of the output, from 0.

    Raises:
        ValueError: The place is not on the output, or image and kernel don't fit together.

    Example:
        >>> dot = dot_product_at([[0, 1, 2], [3, 4, 5]], [[1, 0], [0, -1]], row=0, column=1)
        >>> dot.window.tolist(), dot.products.tolist(), dot.total
        ([[1.0, 2.0], [4.0, 5.0]], [[1.0, 0.0], [0.0, -5.0]], -4.0)
    """
    response = cross_correlate(image, kernel)
    if response.ndim != 2:
        raise ValueError(f"`image` (={response.ndim} axes) must be one plane")
    top, left = as_integer("row", row, least=0), as_integer("column", column, least=0)
    for name, place, size in zip(("row", "column"), (top, left), response.shape, strict=True):
        if place >= size:
            raise ValueError(f"`{name}` (={place}) must be below {size}, the output's size")
    weights = np.asarray(kernel, dtype=response.dtype)
    height, width = weights.shape
    window = np.asarray(image, dtype=response.dtype)[top : top + height, left : left + width]
    products = window * weights
    return DotProduct(window, weights, products, float(products.sum()))


def shared_top(
    first: Float[np.ndarray, "..."], second: Float[np.ndarray, "..."], *, count: SupportsIndex
) -> float:
    """How much of the top of one ranking is also at the top of another.

    Args:
        first: Scores.
        second: Other scores of the same things.
        count: How many to take from the top of each.

    Returns:
        The share, from 0 to 1.

    Raises:
        ValueError: `count` is below 1 or above the number of scores.

    Example:
        >>> shared_top(np.array([9.0, 8.0, 1.0]), np.array([7.0, 0.0, 5.0]), count=2)
        0.5
    """
    wanted = as_integer("count", count, least=1)
    if wanted > first.size:
        raise ValueError(f"`count` (={wanted}) must be at most {first.size}, the windows there are")
    tops = (set(np.argsort(-x.ravel(), kind="stable")[:wanted]) for x in (first, second))
    return len(set.intersection(*tops)) / wanted
