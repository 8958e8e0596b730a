"""Grouped convolution: one computation, repeated on channels that do not see each other."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float


def by_group(
    compute: Callable[..., Float[np.ndarray, "..."]],
    first: Float[np.ndarray, "..."],
    second: Float[np.ndarray, "..."],
    *,
    groups: int,
) -> Float[np.ndarray, "..."]:
    """Split both arrays along their first axis, compute each pair of parts, and join the results.

    Args:
        compute: Takes one group of `first` and one of `second`.
        first: Image or upstream gradient.
        second: Kernel or image.
        groups: How many; it divides the length of both.

    Example:
        >>> numbers = np.array([[1.0], [2.0]])
        >>> by_group(np.add, numbers, 10 * numbers, groups=2)
        array([[11.],
               [22.]])
    """
    pairs = zip(np.split(first, groups), np.split(second, groups), strict=True)
    return np.concatenate([compute(*pair) for pair in pairs])
