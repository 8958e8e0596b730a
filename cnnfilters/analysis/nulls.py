"""What a kernel of pure chance would score, and the rule that names a kernel only beyond that."""

from __future__ import annotations

from functools import cache
from typing import Literal

import numpy as np
from jaxtyping import Float, Shaped
from numpy.typing import ArrayLike

from cnnfilters.analysis.kernels import KernelShares, kernel_shares, moran_i
from cnnfilters.kernel_bank import FAMILIES

Family = Literal["edge", "line", "blob"]
NAMING_LEVEL = 0.99  # a chance kernel gets a given name about once in a hundred
_GRID = 20_001  # points of the quadrature: the quantile is good to 1e-7


def chance_mean(family: str, *, side: int = 5) -> float:
    """The mean share of a family in kernels of independent Gaussian weights, exactly.

    Args:
        family: `edge`, `line` or `blob`.
        side: Rows, and columns, of the kernel.

    Returns:
        Dimensions of the family over those of all mean-free kernels.

    Raises:
        ValueError: The family is unknown.

    Example:
        >>> chance_mean("edge") == 2 / 24
        True
    """
    return _dimensions(family) / (side**2 - 1)


def chance_quantile(family: str, level: float, *, side: int = 5) -> float:
    """The share that independent Gaussian weights stay below with a given probability, exactly.

    A random direction in n dimensions has, in a subspace of d, a share of Beta(d/2, (n - d)/2).
    Its square root s has a density in proportion to s^(d - 1) (1 - s²)^((n - d)/2 - 1), which is
    smooth and is summed here.

    Args:
        family: `edge`, `line` or `blob`.
        level: Probability, in [0, 1].
        side: Rows, and columns, of the kernel.

    Returns:
        The share.

    Raises:
        ValueError: `level` is no probability, or the family is unknown.

    Example:
        >>> round(chance_quantile("edge", 0.95), 3)  # 1 - 0.05 ** (1 / 11)
        0.238
    """
    if not 0 <= level <= 1:
        raise ValueError(f"`level` (={level}) must be between 0 and 1")
    n, d = side**2 - 1, _dimensions(family)
    s = np.linspace(0, 1, _GRID)
    density = s ** (d - 1) * (1 - s**2) ** ((n - d) / 2 - 1)
    below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return float(np.interp(level, below / below[-1], s) ** 2)


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


@cache
def simulated_null(side: int = 5) -> KernelShares:
    """The shares of 200,000 kernels of a uniform start, on which the naming rule rests.

    Args:
        side: Rows, and columns, of the kernel.

    Returns:
        One value per family and simulated kernel.

    Example:
        >>> round(float(simulated_null().edge.mean()), 2)  # of chance, 2 / 24
        0.08
    """
    return kernel_shares(uniform_kernels(side=side))


@cache
def naming_thresholds(side: int = 5) -> dict[Family, float]:
    """The shares that only one chance kernel in a hundred exceeds.

    Args:
        side: Rows, and columns, of the kernel.

    Returns:
        The 99 % point of `simulated_null` for each family.

    Example:
        >>> {family: round(share, 2) for family, share in naming_thresholds().items()}
        {'edge': 0.35, 'line': 0.35, 'blob': 0.25}
    """
    null = simulated_null(side)
    return {
        "edge": float(np.quantile(null.edge, NAMING_LEVEL)),
        "line": float(np.quantile(null.line, NAMING_LEVEL)),
        "blob": float(np.quantile(null.blob, NAMING_LEVEL)),
    }


@cache
def smoothness_threshold(side: int = 5) -> float:
    """The Moran's I that only one chance kernel in a hundred exceeds.

    Args:
        side: Rows, and columns, of the kernel.

    Returns:
        The 99 % point for a uniform start, simulated.

    Example:
        >>> edge = [[-2, -1, 0, 1, 2]] * 5
        >>> round(float(moran_i(edge)), 2), round(smoothness_threshold(), 1)
        (0.75, 0.3)
    """
    return float(np.quantile(moran_i(uniform_kernels(side=side)), NAMING_LEVEL))


def name_kernels(kernels: ArrayLike) -> Shaped[np.ndarray, "*stack"]:
    """Call a kernel an edge, a line or a blob only if chance would seldom do as well.

    Args:
        kernels: Square kernels of side 3 or more, with any axes before the last two.

    Returns:
        `edge`, `line` or `blob` where that share is the largest of the three and beyond the 99 %
        point of a uniform start, else `none`. Of chance kernels, two or three in a hundred are
        named.

    Raises:
        ValueError: A kernel is not square or too small, or holds NaN or infinity.

    Example:
        >>> str(name_kernels([[-1, 0, 1]] * 3))
        'edge'
        >>> str(name_kernels([[0, 0, 0], [0, 0, 1], [0, 0, 0]]))  # a single weight fits none
        'none'
    """
    shares = kernel_shares(kernels)
    limits = np.array(list(naming_thresholds(np.shape(kernels)[-1]).values()))
    three = np.stack([shares.edge, shares.line, shares.blob], axis=-1)
    best = three.argmax(axis=-1)
    named = three.max(axis=-1) > limits[best]
    return np.where(named, np.array(list(FAMILIES))[best], "none")


def _dimensions(family: str) -> int:
    if family not in FAMILIES:
        raise ValueError(f"`family` (={family!r}) must be one of {', '.join(FAMILIES)}")
    return FAMILIES[family]
