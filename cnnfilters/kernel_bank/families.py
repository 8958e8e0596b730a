"""Edges, lines and the blob: the families that a kernel is compared with."""

from __future__ import annotations

from types import MappingProxyType
from typing import SupportsIndex

import numpy as np
from jaxtyping import Float

from cnnfilters.kernel_bank.grid import default_sigma, rotated_grid

FAMILIES = MappingProxyType({"edge": 2, "line": 2, "blob": 1})  # name: dimensions that it spans


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
