"""What a kernel of pure chance would score, and the rule that names a kernel only beyond that."""

from __future__ import annotations

from functools import cache
from typing import Literal, get_args

import numpy as np
from jaxtyping import Shaped
from numpy.typing import ArrayLike

from cnnfilters.analysis.fits import (
    NAMING_LEVEL,
    Chance,
    KernelFits,
    best_fits,
    check_level,
    fit_chance,
    fit_quantile,
    kernel_fits,
)
from cnnfilters.analysis.kernels import moran_i
from cnnfilters.analysis.random_kernels import (
    gaussian_rows,
    patch_covariance,
    random_kernels,
    uniform_kernels,
)
from cnnfilters.kernel_bank import FAMILIES

__all__ = [
    "NAMING_LEVEL",
    "Chance",
    "Family",
    "KernelFits",
    "chance_mean",
    "chance_quantile",
    "fit_chance",
    "fit_quantile",
    "gaussian_rows",
    "kernel_fits",
    "name_kernels",
    "naming_thresholds",
    "patch_covariance",
    "random_kernels",
    "smoothness_threshold",
    "uniform_kernels",
]

Family = Literal["edge", "line", "blob"]
"""What a kernel can be called, if it is called anything."""
_GRID = 20_001  # points of the quadrature: the quantile is good to 1e-7


def chance_mean(family: str, *, side: int = 5) -> float:
    """The mean centred share of a family in kernels of independent Gaussian weights, exactly.

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
    """The centred share that Gaussian weights stay below with a given probability, exactly.

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
    check_level(level)
    n, d = side**2 - 1, _dimensions(family)
    s = np.linspace(0, 1, _GRID)
    density = s ** (d - 1) * (1 - s**2) ** ((n - d) / 2 - 1)
    below = np.concatenate([[0.0], np.cumsum((density[1:] + density[:-1]) / 2)])
    return float(np.interp(level, below / below[-1], s) ** 2)


def naming_thresholds(side: int = 5) -> dict[Family, float]:
    """The fits that only one chance kernel in a hundred exceeds.

    Args:
        side: Rows, and columns, of the kernel.

    Returns:
        The 99 % point of `fit_chance` for each family.

    Example:
        >>> naming_thresholds()["edge"] == fit_chance()["edge"].limit
        True
    """
    chance = fit_chance(side)
    return {family: chance[family].limit for family in get_args(Family)}


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

    The family is the one that fits best: what it leaves unexplained is the least. It gives its name
    if the fit is beyond the 99 % point that the best of its templates reaches by chance.

    Args:
        kernels: Square kernels of side 3 or more, with any axes before the last two.

    Returns:
        `edge`, `line`, `blob` or `none`. Of chance kernels, at most three in a hundred are named.

    Raises:
        ValueError: A kernel is not square or too small, or holds NaN or infinity.

    Example:
        >>> name_kernels([[[0, 0, 1, 1, 1]] * 5, [[0, 0, 0, 1, 0]] * 5]).tolist()
        ['edge', 'line']
        >>> str(name_kernels([[1, -1, 1], [-1, 1, -1], [1, -1, 1]]))  # a checkerboard
        'none'
    """
    fits = best_fits(kernels)
    limits = np.array([chance.limit for chance in fit_chance(np.shape(kernels)[-1]).values()])
    three = np.stack(list(fits.values()), axis=-1)
    best = three.argmax(axis=-1)
    named = three.max(axis=-1) > limits[best]
    return np.where(named, np.array(list(fits))[best], "none")


def _dimensions(family: str) -> int:
    if family not in FAMILIES:
        raise ValueError(f"`family` (={family!r}) must be one of {', '.join(FAMILIES)}")
    return FAMILIES[family]
