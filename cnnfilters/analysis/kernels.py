"""What a kernel looks like, in numbers: how much of it is an edge, a line, a blob, or neither."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from cnnfilters.kernel_bank import family_bases


class KernelShares(NamedTuple):
    """Centred shares of a kernel's energy, once its mean is removed; the four add up to one.

    Attributes:
        edge: Explained by first derivatives of a Gaussian, in [0, 1].
        line: By second derivatives with a direction, in [0, 1].
        blob: By the one that looks the same from everywhere, in [0, 1].
        rest: By none of these, in [0, 1].
    """

    edge: Float[np.ndarray, "*stack"]
    line: Float[np.ndarray, "*stack"]
    blob: Float[np.ndarray, "*stack"]
    rest: Float[np.ndarray, "*stack"]


def kernel_shares(kernels: ArrayLike) -> KernelShares:
    """How much of each kernel is an edge, a line, a blob in its middle, or none of them.

    This is the centred share: what lies off the middle, or is much wider or narrower, is rest; see
    `kernel_fits` for patterns wherever they lie. The mean is removed first. A share is the squared
    length of the kernel's projection on a family, divided by the squared length of the kernel: the
    share of variance that the family explains. For edges this is the fit of the *best-oriented*
    first derivative of a Gaussian, without a search over angles, since every orientation is a mix
    of two.

    Args:
        kernels: Square kernels of side 3 or more, with any axes before the last two.

    Returns:
        One share per family and kernel. A constant kernel has no pattern: all of it is rest.

    Raises:
        ValueError: A kernel is not square or too small, or holds NaN or infinity.

    Example:
        >>> shares = kernel_shares([[0, 0, 0], [1, 1, 1], [0, 0, 0]])  # a bright row: a line
        >>> max(shares._fields, key=lambda family: getattr(shares, family))
        'line'
        >>> round(float(sum(shares)), 6)
        1.0

    Source: Freeman & Adelson 1991 (steerable filters).
    """
    pattern = _mean_free(_checked(kernels))
    energy = (pattern**2).sum(axis=(-2, -1))
    edge, line, blob = (
        _ratio((_coordinates(pattern, basis) ** 2).sum(axis=-1), energy)
        for basis in family_bases(pattern.shape[-1]).values()
    )
    rest = np.asarray(np.maximum(1 - edge - line - blob, 0))  # rounding can take it below zero
    return KernelShares(edge, line, blob, rest)


def moran_i(kernels: ArrayLike) -> Float[np.ndarray, "*stack"]:
    """Smoothness: the correlation of weights that lie next to each other.

    Args:
        kernels: Square kernels of side 3 or more, with any axes before the last two.

    Returns:
        Moran's I with the four nearest neighbours: near 1 for a smooth kernel, -1 for a
        checkerboard, -1/(weights - 1) on average for noise; 0 for a constant kernel.

    Raises:
        ValueError: A kernel is not square or too small, or holds NaN or infinity.

    Example:
        >>> checkerboard = [[1, -1, 1, -1], [-1, 1, -1, 1]] * 2
        >>> float(moran_i(checkerboard))
        -1.0

    Source: Moran 1950, *Notes on continuous stochastic phenomena*.
    """
    pattern = _mean_free(_checked(kernels))
    down = (pattern[..., 1:, :] * pattern[..., :-1, :]).sum(axis=(-2, -1))
    across = (pattern[..., :, 1:] * pattern[..., :, :-1]).sum(axis=(-2, -1))
    side = pattern.shape[-1]
    pairs = 2 * side * (side - 1)
    return _ratio((down + across) / pairs, (pattern**2).mean(axis=(-2, -1)))


def orientation_deg(kernels: ArrayLike) -> Float[np.ndarray, "*stack"]:
    """The direction in which the best-fitting edge goes from negative to positive.

    Args:
        kernels: Square kernels of side 3 or more, with any axes before the last two.

    Returns:
        Degrees in [0, 360), counter-clockwise: 0 is positive on the right, 90 positive on top.

    Raises:
        ValueError: A kernel is not square or too small, or holds NaN or infinity.

    Example:
        >>> float(orientation_deg([[-1, 0, 1]] * 3))
        0.0
        >>> float(orientation_deg([[1, 1, 1], [0, 0, 0], [-1, -1, -1]]))
        90.0
    """
    pattern = _mean_free(_checked(kernels))
    left, top = np.moveaxis(_coordinates(pattern, family_bases(pattern.shape[-1])["edge"]), -1, 0)
    # rounded, so that an angle a hair below zero is 0, not 360
    return np.asarray(np.round(np.degrees(np.arctan2(top, -left)), 9) % 360)


def patterns(kernels: ArrayLike) -> Float[np.ndarray, "*stack side side"]:
    """Kernels as all measures see them: without their mean, and of length one.

    Args:
        kernels: Square kernels of side 3 or more, with any axes before the last two.

    Returns:
        As many patterns; of a constant kernel nothing is left, only zeros.

    Raises:
        ValueError: A kernel is not square or too small, or holds NaN or infinity.

    Example:
        >>> pattern = patterns([[9, 9, 9], [9, 18, 9], [9, 9, 9]])
        >>> (pattern * 72**0.5).round()  # minus one around an eight
        array([[-1., -1., -1.],
               [-1.,  8., -1.],
               [-1., -1., -1.]])
    """
    pattern = _mean_free(_checked(kernels))
    # a kernel of huge or tiny weights would have a length beyond what a number can be
    pattern = pattern / _or_one(np.abs(pattern).max(axis=(-2, -1), keepdims=True))
    return np.asarray(pattern / _or_one(np.linalg.norm(pattern, axis=(-2, -1), keepdims=True)))


def _or_one(values: Float[np.ndarray, "*stack"]) -> Float[np.ndarray, "*stack"]:
    return np.where(values > 0, values, 1.0)


def _checked(kernels: ArrayLike) -> Float[np.ndarray, "*stack side side"]:
    array = np.asarray(kernels, dtype=np.float64)
    if array.ndim < 2 or array.shape[-1] != array.shape[-2] or array.shape[-1] < 3:
        raise ValueError(f"`kernels` (shape {array.shape}) must be square, of side 3 or more")
    if not np.isfinite(array).all():
        raise ValueError("`kernels` must be finite")
    return array


def _mean_free(
    kernels: Float[np.ndarray, "*stack side side"],
) -> Float[np.ndarray, "*stack side side"]:
    """The kernels without their means; exactly zero where only rounding would be left."""
    pattern = kernels - kernels.mean(axis=(-2, -1), keepdims=True)
    rounding = 1e-12 * np.abs(kernels).max(axis=(-2, -1), keepdims=True)
    return np.where(np.abs(pattern).max(axis=(-2, -1), keepdims=True) > rounding, pattern, 0.0)


def _coordinates(
    pattern: Float[np.ndarray, "*stack side side"], basis: Float[np.ndarray, "dimensions side side"]
) -> Float[np.ndarray, "*stack dimensions"]:
    """The dot product of each kernel with each kernel of an orthonormal basis."""
    return np.tensordot(pattern, basis, axes=([-2, -1], [-2, -1]))


def _ratio(part: ArrayLike, whole: ArrayLike) -> Float[np.ndarray, "*stack"]:
    """The quotient, and 0 where the whole is 0."""
    share = np.zeros(np.shape(whole))
    return np.divide(part, whole, out=share, where=np.greater(whole, 0))
