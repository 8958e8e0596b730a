"""Edges, lines and the blob: the families that a kernel is compared with."""

from __future__ import annotations

from types import MappingProxyType
from typing import SupportsIndex

import numpy as np
from jaxtyping import Float

from cnnfilters.arithmetic.sizes import as_integer
from cnnfilters.kernel_bank.grid import default_sigma, rotated_grid

FAMILIES = MappingProxyType({"edge": 2, "line": 2, "blob": 1})
"""The families, and how many independent kernels each needs."""


def family_bases(size: SupportsIndex) -> dict[str, Float[np.ndarray, "_ size size"]]:
    """Orthonormal, mean-free kernels that span the edges, the lines and the blob of one size.

    First derivatives of a Gaussian are edges. The second derivatives split into two that turn into
    each other (lines) and one that looks the same from everywhere (the blob). What two families
    share on the coarse grid is left to the earlier one.

    Args:
        size: Rows, and columns; at least 3.

    Returns:
        For `edge` and `line` two kernels each, for `blob` one.

    Raises:
        ValueError: `size` is below 3.

    Example:
        >>> {family: basis.shape for family, basis in family_bases(5).items()}
        {'edge': (2, 5, 5), 'line': (2, 5, 5), 'blob': (1, 5, 5)}

    Source: Freeman & Adelson 1991, IEEE Trans. PAMI 13, 891 (steerable filters).
    """
    x, y = rotated_grid(size, 0.0, least=3)
    sigma = default_sigma(size)
    bell = np.exp(-(x**2 + y**2) / (2 * sigma**2))
    fields = [
        -x * bell,
        -y * bell,
        (x**2 - y**2) * bell,
        x * y * bell,
        ((x**2 + y**2) / sigma**2 - 2) * bell,
    ]
    families = np.split(_orthonormal(fields), np.cumsum([*FAMILIES.values()])[:-1])
    return dict(zip(FAMILIES, families, strict=True))


def edge_line_bank(
    size: SupportsIndex, *, directions: SupportsIndex = 8
) -> Float[np.ndarray, "kernels size size"]:
    """Edges in evenly spaced directions, then lines in half as many, each dark and bright.

    Args:
        size: Rows, and columns; at least 3.
        directions: Of the edges; a line turned by half a turn is the same line.

    Returns:
        Mean-free kernels of length one, twice as many as `directions`.

    Raises:
        ValueError: `size` is below 3, or `directions` below 1.

    Example:
        >>> edge_line_bank(5).shape
        (16, 5, 5)
        >>> rising = edge_line_bank(3)[0]  # the first edge is positive on the right
        >>> bool((rising[:, 2] > 0).all() and (rising[:, 0] < 0).all())
        True

    Source: Freeman & Adelson 1991 (a derivative of any direction is a mix of two).
    """
    count = as_integer("directions", directions, least=1)
    turns = 2 * np.pi * np.arange(count) / count
    mixes = np.stack([-np.cos(turns), np.sin(turns)], axis=1)  # (directions, 2): y points down
    bases = family_bases(size)
    return np.concatenate([np.tensordot(mixes, bases[name], 1) for name in ("edge", "line")])


def _orthonormal(
    fields: list[Float[np.ndarray, "size size"]],
) -> Float[np.ndarray, "n size size"]:
    """Gram-Schmidt in order, each field without its mean first."""
    done: list[Float[np.ndarray, "size size"]] = []
    for field in fields:
        rest = field - field.mean()
        for kernel in done:
            rest = rest - kernel * (kernel * rest).sum()
        done.append(rest / np.linalg.norm(rest))
    return np.array(done)
