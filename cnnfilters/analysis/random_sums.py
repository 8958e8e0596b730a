"""Random sums of features: what the number of features does by itself, without any learning."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from jaxtyping import Float


def random_sums(
    features: Float[np.ndarray, "images features"],
    count: int,
    *,
    seed: int,
    rectified: bool = False,
) -> Float[np.ndarray, "images count"]:
    """As many random weighted sums of some features as one asks for.

    They bring features of different number to one number, so that a read-out of each is given the
    same; with ReLU they are the control for a layer of that width: one that looks at all pixels
    at once, and has learned nothing.

    Args:
        features: One row for each image.
        count: How many sums, at least 1.
        seed: Of the weights, which are normal. The same seed and numbers give the same weights.
        rectified: Whether a negative sum counts as 0, as after ReLU.

    Returns:
        One row for each image; on features of mean 0 and variance 1, sums of about that size.

    Raises:
        ValueError: `count` is below 1.

    Example:
        >>> images = np.array([[1.0, -2.0], [3.0, 0.5]])
        >>> sums = random_sums(images, 3, seed=0)
        >>> sums.shape, bool(np.allclose(random_sums(2 * images, 3, seed=0), 2 * sums))
        ((2, 3), True)
        >>> bool((random_sums(images, 3, seed=0, rectified=True) == np.maximum(sums, 0)).all())
        True
    """
    if count < 1:
        raise ValueError(f"`count` (={count}) must be at least 1")
    weights = _weights(features.shape[1], count, seed).astype(features.dtype)
    sums = np.asarray(features @ weights)
    return np.maximum(sums, 0) if rectified else sums


@lru_cache(maxsize=8)  # the same serve the digits that are learned from and those held out
def _weights(numbers: int, count: int, seed: int) -> Float[np.ndarray, "numbers count"]:
    rng = np.random.default_rng([seed, numbers, count])
    weights = rng.normal(0, numbers**-0.5, (numbers, count))
    weights.flags.writeable = False
    return weights
