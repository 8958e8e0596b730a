"""How well the best edge, line and blob fit a kernel, wherever they lie, and what chance gives."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from cnnfilters.analysis.kernels import patterns
from cnnfilters.analysis.random_kernels import uniform_kernels
from cnnfilters.kernel_bank import FAMILIES, family_templates

AT_ONCE = 1_000_000  # dot products that are in memory, however many kernels there are

NAMING_LEVEL = 0.99
"""Below this point of chance no kernel is named: each family takes in at most one in a hundred."""
FITTED = 50_000  # chance kernels: the 99 % point is then one of 98.9 to 99.1 %


class Chance(NamedTuple):
    """How well the best template of a family fits kernels of a uniform start.

    Attributes:
        mean: Of the fit, in [0, 1].
        limit: Its 99 % point: one chance kernel in a hundred fits better.
    """

    mean: float
    limit: float


class KernelFits(NamedTuple):
    """How well the best-lying edge, line and blob explain each kernel, and what chance gives.

    Attributes:
        edge: Share of the kernel's energy that the best edge explains, in [0, 1].
        line: That the best line explains.
        blob: That the best blob explains.
        chance: For each family the mean and the 99 % point of the same fit in chance kernels.
    """

    edge: Float[np.ndarray, "*stack"]
    line: Float[np.ndarray, "*stack"]
    blob: Float[np.ndarray, "*stack"]
    chance: Mapping[str, Chance]


def kernel_fits(kernels: ArrayLike) -> KernelFits:
    """How well the best edge, line and blob fit each kernel, wherever they lie in it.

    Unlike the centred share of `kernel_shares`, a fit is the best over angles, places and widths,
    so the three do not add up to one, and chance reaches more: read a fit beside its `chance`.

    Args:
        kernels: Square kernels of side 3 or more, with any axes before the last two.

    Returns:
        One fit per family and kernel; 0 for a constant kernel.

    Raises:
        ValueError: A kernel is not square or too small, or holds NaN or infinity.

    Example:
        >>> fits = kernel_fits([[0, 0, 0, 1, 0]] * 5)  # a line one pixel right of the centre
        >>> round(float(fits.line), 2), bool(fits.line > fits.chance["line"].limit)
        (1.0, True)
    """
    fits = best_fits(kernels)
    return KernelFits(**fits, chance=fit_chance(np.shape(kernels)[-1]))


@cache
def fit_chance(side: int = 5) -> Mapping[str, Chance]:
    """What the best template of each family explains of kernels of a uniform start.

    Args:
        side: Rows, and columns, of the kernel.

    Returns:
        For `edge`, `line` and `blob` the mean and the 99 % point of the fit, simulated.

    Example:
        >>> {family: round(chance.limit, 1) for family, chance in fit_chance().items()}
        {'edge': 0.5, 'line': 0.5, 'blob': 0.4}
    """
    return {
        family: Chance(float(fits.mean()), fit_quantile(family, NAMING_LEVEL, side=side))
        for family, fits in _fits_of_chance(side).items()
    }


def fit_quantile(family: str, level: float, *, side: int = 5) -> float:
    """The fit that kernels of a uniform start stay below with a given probability, simulated.

    Args:
        family: `edge`, `line` or `blob`.
        level: Probability, in [0, 1].
        side: Rows, and columns, of the kernel.

    Raises:
        ValueError: `level` is no probability, or the family is unknown.

    Example:
        >>> fit_quantile("edge", 0.99) == fit_chance()["edge"].limit
        True
    """
    check_level(level)
    if family not in FAMILIES:
        raise ValueError(f"`family` (={family!r}) must be one of {', '.join(FAMILIES)}")
    return float(np.quantile(_fits_of_chance(side)[family], level))


@cache
def _fits_of_chance(side: int) -> Mapping[str, Float[np.ndarray, " kernels"]]:
    return best_fits(uniform_kernels(count=FITTED, side=side))


def best_fits(kernels: ArrayLike) -> dict[str, Float[np.ndarray, "*stack"]]:
    """The share of each kernel's energy that the best template of each family explains.

    The mean is removed first. Over the templates of a family, which lie at all angles and places
    and in several widths, the largest squared cosine is kept.

    Args:
        kernels: Square kernels of side 3 or more, with any axes before the last two.

    Returns:
        For `edge`, `line` and `blob` a share in [0, 1] for each kernel; 0 for a constant one.

    Raises:
        ValueError: A kernel is not square or too small, or holds NaN or infinity.

    Example:
        >>> upright = [[0, 0, 0, 1, 0]] * 5  # a line one pixel right of the centre
        >>> round(float(best_fits(upright)["line"]), 3)
        1.0
    """
    pattern = patterns(kernels)
    *stack, side, _ = pattern.shape
    rows = pattern.reshape(-1, side**2).astype(np.float32)  # good to 1e-6, and twice as fast
    templates = family_templates(side)
    flat = {name: kind.reshape(-1, side**2).astype(np.float32) for name, kind in templates.items()}
    return {name: _largest_energy(rows, kind).reshape(stack) for name, kind in flat.items()}


def _largest_energy(
    rows: Float[np.ndarray, "kernels weights"], templates: Float[np.ndarray, "templates weights"]
) -> Float[np.ndarray, " kernels"]:
    """The largest squared dot product of each row with any template, a few rows at a time."""
    count = max(1, AT_ONCE // len(templates))
    largest = np.empty(len(rows))
    for first in range(0, len(rows), count):
        products = rows[first : first + count] @ templates.T  # (some kernels, templates)
        largest[first : first + count] = np.maximum(products.max(axis=1), -products.min(axis=1))
    return np.asarray(np.minimum(largest**2, 1.0))  # rounding can take it beyond


def check_level(level: float) -> None:
    """Refuse what is no probability.

    Example:
        >>> check_level(0.99)
    """
    if not 0 <= level <= 1:
        raise ValueError(f"`level` (={level}) must be between 0 and 1")
