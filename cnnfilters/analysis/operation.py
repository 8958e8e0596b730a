"""What chapters 1 to 6 look at: one dot product, a flip, a move, and a gradient the slow way."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, SupportsIndex

import numpy as np
from jaxtyping import Bool, Float, Int
from numpy.typing import ArrayLike

from cnnfilters.analysis.forward import batches
from cnnfilters.arithmetic.sizes import as_integer
from cnnfilters.convolution import cross_correlate, flipped

Images = Float[np.ndarray, "batch height width"]
Logits = Callable[[Images], Float[np.ndarray, "batch classes"]]
DIRECTIONS = ((0, 1), (0, -1), (1, 0), (-1, 0))  # right, left, down, up


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


def moved(images: Images, *, down: int = 0, right: int = 0) -> Images:
    """Images moved over blank paper; what leaves the picture is lost.

    Args:
        images: Ink, 0 for paper.
        down: Pixels; negative moves up.
        right: Pixels; negative moves left.

    Example:
        >>> moved(np.array([[[1.0, 2.0, 3.0]]]), right=1)
        array([[[0., 1., 2.]]])
    """
    height, width = images.shape[1:]
    rows, columns = _kept(down, height), _kept(right, width)
    result = np.zeros_like(images)
    result[:, rows[1], columns[1]] = images[:, rows[0], columns[0]]
    return result


def _kept(by: int, size: int) -> tuple[slice, slice]:
    """Which part of an axis stays in the picture, before and after the move."""
    by = max(-size, min(size, by))
    first, last = slice(max(0, -by), size - max(0, by)), slice(max(0, by), size - max(0, -by))
    return first, last


def accuracy_when_moved(
    logits: Logits, images: Images, labels: Int[np.ndarray, " batch"], *, pixels: int
) -> float:
    """The share of images still named right, averaged over moves in four directions.

    Args:
        logits: The network.
        images: Ink in [0, 1].
        labels: The digits that they show.
        pixels: How far each image is moved: to the right, to the left, down and up.

    Returns:
        A share in [0, 1].

    Example:
        >>> left_or_right = lambda images: images.sum(axis=1)  # where the ink is
        >>> dot, label = np.array([[[1.0, 0.0]]]), np.array([0])
        >>> accuracy_when_moved(left_or_right, dot, label, pixels=0)
        1.0
        >>> accuracy_when_moved(left_or_right, dot, label, pixels=1)  # only right is off
        0.75
    """
    return float(right_when_moved(logits, images, labels, pixels=pixels).mean())


def right_when_moved(
    logits: Logits, images: Images, labels: Int[np.ndarray, " batch"], *, pixels: int
) -> Bool[np.ndarray, "moves batch"]:
    """Whether each image is still named right, moved in each of four directions.

    Args:
        logits: The network.
        images: Ink in [0, 1].
        labels: The digits that they show.
        pixels: How far each image is moved; at 0 there is one move, to where it is.

    Example:
        >>> left_or_right = lambda images: images.sum(axis=1)  # where the ink is
        >>> dot, label = np.array([[[1.0, 0.0]]]), np.array([0])
        >>> sorted(right_when_moved(left_or_right, dot, label, pixels=1).ravel().tolist())
        [False, True, True, True]
    """
    steps = sorted({(pixels * down, pixels * right) for down, right in DIRECTIONS})
    return np.stack(
        [_right(logits, moved(images, down=down, right=right), labels) for down, right in steps]
    )


def ink_kept(images: Images, *, pixels: int) -> float:
    """The share of all ink that is still in the picture after such moves, in their mean.

    Example:
        >>> images = np.zeros((1, 28, 28))
        >>> images[0, 0, 14] = 1  # a spot at the top edge
        >>> ink_kept(images, pixels=1)  # lost in the moves that go up
        0.75
    """
    kept = [
        moved(images, down=pixels * down, right=pixels * right).sum() for down, right in DIRECTIONS
    ]
    return float(np.mean(kept) / images.sum())


def _right(
    logits: Logits, images: Images, labels: Int[np.ndarray, " batch"]
) -> Bool[np.ndarray, " batch"]:
    hits = [logits(images[part]).argmax(axis=1) == labels[part] for part in batches(len(images))]
    return np.concatenate(hits)


def finite_differences(
    loss: Callable[[Float[np.ndarray, "*shape"]], float], at: ArrayLike, *, step: float = 1e-4
) -> Float[np.ndarray, "*shape"]:
    """The slope of a loss in each direction, measured from both sides.

    This takes two evaluations for each number and is how a gradient is checked, not how it is
    computed. A loss that is linear or quadratic in each number is measured exactly, up to rounding.

    Args:
        loss: Takes an array of the shape of `at`, returns one number.
        at: Where to measure.
        step: How far to nudge.

    Returns:
        One slope for each number of `at`, float64.

    Raises:
        ValueError: `step` is not above 0.

    Example:
        >>> finite_differences(lambda x: x[0] ** 2 + 3 * x[1], [2, 5]).round(6)
        array([4., 3.])
    """
    if not step > 0:
        raise ValueError(f"`step` (={step}) must be above 0")
    centre = np.array(at, dtype=np.float64)
    slopes = np.empty_like(centre)
    for place in np.ndindex(centre.shape):
        nudge = np.zeros_like(centre)
        nudge[place] = step
        slopes[place] = (loss(centre + nudge) - loss(centre - nudge)) / (2 * step)
    return slopes
