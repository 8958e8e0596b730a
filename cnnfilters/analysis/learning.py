"""How far a layer moved from its start, how much of it is left, and what the kernels look like."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.fits import KernelFits, kernel_fits
from cnnfilters.run import Run

GOOD = 0.9  # the accuracy at which we look back at the kernels


class Distance(NamedTuple):
    """How the weights of one layer lie to their start, one value per snapshot.

    Attributes:
        cosine: With the start, in [-1, 1]; 1: still the same pattern, perhaps larger.
        change: Length of the change over the length of the start; 0 at the start.
    """

    cosine: Float[np.ndarray, " snapshots"]
    change: Float[np.ndarray, " snapshots"]


class StartAndRest(NamedTuple):
    """The weights W of a layer as a multiple of their start W₀ and a rest: W = a·W₀ + R.

    Attributes:
        factor: How many times the start they hold, a: 1 as it was, 0 none of it, above 1 amplified.
        rest: What no multiple of the start explains, R; at right angles to the start.
        strength: Length of the rest over the length of the start.
    """

    factor: float
    rest: Float[np.ndarray, "filters ..."]
    strength: float


def distance_from_start(run: Run, *, layer: str = "conv1") -> Distance:
    """How a layer's weights lie to their start, at each snapshot.

    All weights of the layer are taken as one vector. The squared cosine is the share of its energy
    that points along the start. It does not say how much of the start is left: that share falls
    when something else is added, and `start_and_rest` tells the two apart.

    Args:
        run: What a training left behind.
        layer: `conv1`, `conv2` or `fc`.

    Returns:
        The cosine with the start, and the relative length of the change.

    Raises:
        ValueError: The Run has no such layer.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[6.0, 8.0]]]]])  # twice as large at the end
        >>> weights = {"conv1.weight": kernels}
        >>> run = Run(np.array([0, 9]), weights, np.ones(2), np.ones(2), {}, {}, {})
        >>> found = distance_from_start(run)
        >>> found.cosine, found.change
        (array([1., 1.]), array([0., 1.]))
    """
    weights = _layer(run, layer)
    vectors = weights.reshape(len(weights), -1).astype(np.float64)
    start, lengths = vectors[0], np.linalg.norm(vectors, axis=1)
    return Distance(
        cosine=vectors @ start / (lengths * lengths[0]),
        change=np.linalg.norm(vectors - start, axis=1) / lengths[0],
    )


def start_and_rest(run: Run, *, layer: str = "conv1", snapshot: int = -1) -> StartAndRest:
    """Take the weights of a layer apart, into a multiple of their start and a rest.

    The factor is that of least squares over all weights of the layer, a = W·W₀ / W₀·W₀. A
    difference from the start still holds (a - 1)·W₀; the rest holds nothing of it.

    Args:
        run: What a training left behind.
        layer: `conv1`, `conv2` or `fc`.
        snapshot: Index of the snapshot; -1 is the trained end.

    Returns:
        The factor, the rest in the shape of the layer's weights, and how strong it is.

    Raises:
        ValueError: The Run has no such layer, or its weights started at zero.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[2.0, 11.0]]]]])  # 2·(3, 4) + (-4, 3)
        >>> weights = {"conv1.weight": kernels}
        >>> run = Run(np.array([0, 9]), weights, np.ones(2), np.ones(2), {}, {}, {})
        >>> found = start_and_rest(run)
        >>> found.factor, found.rest.ravel().tolist(), found.strength
        (2.0, [-4.0, 3.0], 1.0)
    """
    weights = _layer(run, layer).astype(np.float64)
    start, end = weights[0], weights[snapshot]
    energy = float((start**2).sum())
    if energy == 0:
        raise ValueError(f"`run` started {layer} at zero, which has no multiples but itself")
    factor = float((end * start).sum()) / energy
    rest = end - factor * start
    return StartAndRest(factor, rest, float(np.sqrt((rest**2).sum() / energy)))


def early(run: Run) -> int:
    """Index of the first snapshot that names nine digits in ten; of the best where none does.

    Example:
        >>> kernels = {"conv1.weight": np.ones((3, 1, 1, 5, 5))}
        >>> right = np.array([0.1, 0.95, 0.97])
        >>> early(Run(np.array([0, 90, 190]), kernels, np.ones(3), right, {}, {}, {}))
        1
    """
    return int(np.argmax(run.accuracy >= min(GOOD, run.accuracy.max())))


def learned_change(run: Run, *, snapshot: int = -1) -> Float[np.ndarray, "filters height width"]:
    """What training added to the kernels of the first layer: weights minus their start.

    Part of it may point along the start, which training amplifies or shrinks: see
    `start_and_rest`.

    Args:
        run: What a training left behind.
        snapshot: Index of the snapshot; -1 is the trained end.

    Returns:
        One 2-D difference for each filter.

    Example:
        >>> kernels = np.array([[[[[1.0, 0.0]]]], [[[[1.0, 2.0]]]]])  # two snapshots of one kernel
        >>> weights = {"conv1.weight": kernels}
        >>> run = Run(np.array([0, 9]), weights, np.ones(2), np.ones(2), {}, {}, {})
        >>> learned_change(run)
        array([[[0., 2.]]])
    """
    return np.asarray(run.kernels(snapshot) - run.kernels(0))


def fits_over_time(run: Run) -> KernelFits:
    """How well an edge, a line and a blob fit every kernel of the first layer, at each snapshot.

    Args:
        run: What a training left behind.

    Returns:
        Arrays of `(snapshots, filters)`.

    Example:
        >>> line = np.array([[[[[0.0] * 3, [1.0] * 3, [0.0] * 3]]]])  # one snapshot of one kernel
        >>> run = Run(np.array([0]), {"conv1.weight": line}, np.ones(1), np.ones(1), {}, {}, {})
        >>> fits_over_time(run).line.round(6)
        array([[1.]])
    """
    return kernel_fits(run.weights["conv1.weight"][:, :, 0])


def _layer(run: Run, layer: str) -> Float[np.ndarray, "snapshots ..."]:
    name = f"{layer}.weight"
    if name not in run.weights:
        layers = sorted(key.removesuffix(".weight") for key in run.weights if "weight" in key)
        raise ValueError(f"`layer` (={layer!r}) must be one of {', '.join(layers)}")
    return run.weights[name]
