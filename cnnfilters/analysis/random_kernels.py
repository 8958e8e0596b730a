"""Kernels of chance: independent weights, or weights that vary together as pixels do."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float


def uniform_kernels(
    *, count: int = 200_000, side: int = 5, seed: int = 0
) -> Float[np.ndarray, "kernels side side"]:
    """Kernels as PyTorch starts them: independent weights, uniform about zero.

    Args:
        count: How many.
        side: Rows, and columns, of each.
        seed: Of the random numbers.

    Returns:
        Weights in [-1, 1]; no share depends on the scale.

    Example:
        >>> uniform_kernels(count=2).shape
        (2, 5, 5)
    """
    return np.random.default_rng(seed).uniform(-1, 1, (count, side, side))


def patch_covariance(
    images: Float[np.ndarray, "n height width"], *, side: int = 5
) -> Float[np.ndarray, "weights weights"]:
    """How the pixels of small patches of images vary together.

    Args:
        images: Ink in [0, 1].
        side: Rows, and columns, of a patch.

    Returns:
        The covariance of the pixels of all patches of all images, pixels row by row.

    Example:
        >>> checkerboard = np.indices((3, 3)).sum(axis=0) % 2.0
        >>> patch_covariance(checkerboard[None], side=2)[0]  # one pixel with its neighbours
        array([ 0.25, -0.25, -0.25,  0.25])
    """
    total, product, count = np.zeros(side**2), np.zeros((side**2, side**2)), 0
    for image in images:
        windows = np.lib.stride_tricks.sliding_window_view(image, (side, side))
        patches = windows.reshape(-1, side**2).astype(np.float64)
        total, product = total + patches.sum(axis=0), product + patches.T @ patches
        count += len(patches)
    mean = total / count
    return np.asarray(product / count - np.outer(mean, mean))


def random_kernels(
    covariance: Float[np.ndarray, "weights weights"], *, count: int = 20_000, seed: int = 0
) -> Float[np.ndarray, "kernels side side"]:
    """Gaussian kernels whose weights vary together as the covariance says, and are else random.

    Args:
        covariance: Of the weights, row by row.
        count: How many.
        seed: Of the random numbers.

    Returns:
        Kernels that nothing was learned for.

    Example:
        >>> random_kernels(np.eye(9), count=2).shape
        (2, 3, 3)
    """
    side = round(len(covariance) ** 0.5)
    return gaussian_rows(covariance, count=count, seed=seed).reshape(count, side, side)


def gaussian_rows(
    covariance: Float[np.ndarray, "weights weights"], *, count: int, seed: int = 0
) -> Float[np.ndarray, "count weights"]:
    """Random rows of mean 0 from a normal distribution.

    Args:
        covariance: Of the numbers in a row; it may leave out directions.
        count: How many.
        seed: Of the random numbers.

    Example:
        >>> rows = gaussian_rows(np.ones((2, 2)), count=3)
        >>> bool(np.allclose(rows[:, 0], rows[:, 1]))  # numbers that vary as one are equal
        True
    """
    values, vectors = np.linalg.eigh(covariance)
    spread = vectors * np.sqrt(np.maximum(values, 0))  # rounding can take one below zero
    return np.asarray(np.random.default_rng(seed).normal(size=(count, len(covariance))) @ spread.T)
