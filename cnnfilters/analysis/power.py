"""How often the naming rule is right: hits, mix-ups and misses on drawn kernels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from cnnfilters.analysis.drawn_kernels import drawn_kernels
from cnnfilters.analysis.nulls import name_kernels
from cnnfilters.kernel_bank import FAMILIES

DRAWN = 1_000  # of a kind: a share of 95 % is then good to 0.7


@cache
def named_shares(
    kind: str, *, snr: float | None = None, count: int = DRAWN, side: int = 5
) -> Mapping[str, float]:
    """Which names kernels of a kind are given, and how often.

    Args:
        kind: One of `cnnfilters.analysis.drawn_kernels.KINDS`.
        snr: Energy of the pattern over that of the noise; None: no noise.
        count: How many are drawn.
        side: Rows, and columns, of each.

    Returns:
        For `edge`, `line`, `blob` and `none` a share in [0, 1].

    Raises:
        ValueError: There is no such kind, or `snr` is not above 0.

    Example:
        >>> dict(named_shares("gradient", count=20))
        {'edge': 1.0, 'line': 0.0, 'blob': 0.0, 'none': 0.0}
    """
    names = Counter(name_kernels(drawn_kernels(kind, count=count, side=side, snr=snr)).tolist())
    return {name: names[name] / count for name in (*FAMILIES, "none")}
