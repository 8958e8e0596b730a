"""How much each pixel really moves a unit deep in a stack: the effective receptive field."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from cnnfilters.convolution import cross_correlate, input_gradient

CHANNELS = 6
NETWORKS = 6  # random ones, averaged


def gradient_power(
    depth: int, *, kernel_size: int = 3, networks: int = NETWORKS, seed: int = 0
) -> Float[np.ndarray, "rows columns"]:
    """The squared gradient of one unit with respect to each pixel that it sees, averaged.

    The networks are random, with ReLU after each layer and variances that keep the signal alive
    (He et al. 2015). The images are noise.

    Args:
        depth: Convolutions, one after the other, stride 1.
        kernel_size: Of each.
        networks: How many random networks are averaged.
        seed: Of weights and images.

    Returns:
        One number for each pixel of the theoretical receptive field; they sum to 1.

    Example:
        >>> gradient_power(2).shape
        (5, 5)
    """
    rng = np.random.default_rng(seed)
    total = sum(_power(depth, kernel_size, rng) for _ in range(networks))
    return np.asarray(total / np.sum(total))


def effective_width(power: Float[np.ndarray, "side side"], *, share: float = 0.95) -> int:
    """Side of the smallest centred square that holds this share of the squared gradient.

    Example:
        >>> effective_width(np.ones((5, 5)) / 25, share=0.36)
        3
    """
    middle = len(power) // 2
    for reach in range(middle + 1):
        inner = slice(middle - reach, middle + reach + 1)
        if power[inner, inner].sum() >= share - 1e-9:  # rounding of a sum that is just enough
            return 2 * reach + 1
    return len(power)


def _power(
    depth: int, kernel_size: int, rng: np.random.Generator
) -> Float[np.ndarray, "rows columns"]:
    """Of one random network, summed over the channels of its image."""
    scale = np.sqrt(2 / (CHANNELS * kernel_size**2))
    shape = (CHANNELS, CHANNELS, kernel_size, kernel_size)
    weights = [(scale * rng.standard_normal(shape)).astype(np.float32) for _ in range(depth)]
    side = 1 + depth * (kernel_size - 1)
    maps = [rng.standard_normal((CHANNELS, side, side)).astype(np.float32)]
    for kernel in weights:
        maps.append(np.maximum(cross_correlate(maps[-1], kernel), 0))
    gradient = (maps[-1] > 0).astype(np.float32)  # of the sum of all channels at the one place
    for kernel, below in zip(reversed(weights), reversed(maps[:-1]), strict=True):
        gradient = input_gradient(gradient, kernel, input_size=below.shape[1:])
        if below is not maps[0]:
            gradient = gradient * (below > 0)
    return np.asarray(np.square(gradient).sum(axis=0), dtype=float)
