"""A gradient the slow way: nudge each number and see what the loss does."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike


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
