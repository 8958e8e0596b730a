"""Does the size of the random start decide what the trained kernels look like?

Three arms: PyTorch's start; a tenth of it; PyTorch's start with the first layer's squared
weights in the loss, which shrinks what nothing renews. Trained kernels W are taken apart into a
multiple of their start W₀ and a rest: W = a·W₀ + R. How long the networks train was chosen on other
seeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cnnfilters.analysis.learning import distance_from_start, early, start_and_rest
from cnnfilters.analysis.nulls import kernel_fits
from cnnfilters.digits import Digits
from cnnfilters.experiments.arms import (
    DEFAULT,
    SHARE,
    edge_by_chance,
    edge_likeness,
    kernel_numbers,
    steps,
)
from cnnfilters.experiments.study import Arm, Quantity, Runs, Study, by_arm
from cnnfilters.run import Run

SMALL_START = Arm("small start", {"conv1_scale": 0.1})
PENALTY = Arm("penalty", {"conv1_l2": 0.03})
ARMS = (DEFAULT, SMALL_START, PENALTY)

EARLY_COSINE = Quantity("early cosine")
EARLY_EDGE, EARLY_REST_EDGE = (  # when the network first does well
    Quantity(name, within=SHARE, chance=edge_by_chance)
    for name in ("early edge fit", "early rest edge fit")
)
LIKENESS, LIKENESS_OF_OTHERS = Quantity("likeness"), Quantity("likeness of others")


@dataclass(frozen=True, kw_only=True)
class InitialisationStudy(Study):
    """What each network's kernels look like, and how alike two starts make them.

    Attributes:
        edges: By kind of kernels and network: the fit of the best edge to each kernel.
    """

    edges: Mapping[str, list[list[float]]]


def measure(runs: Runs, digits: Digits) -> InitialisationStudy:
    """What each network's kernels look like, and how alike two starts make them."""
    numbers = {arm: [kernel_numbers(run) | early_numbers(run) for run in runs[arm]] for arm in ARMS}
    for mine, default, small in zip(
        numbers[SMALL_START], runs[DEFAULT], runs[SMALL_START], strict=True
    ):
        mine[LIKENESS] = likeness(default, small)
        mine[LIKENESS_OF_OTHERS] = likeness(default, small, turn=1)
    edges = {
        "start": [fits(run.kernels(0)) for run in runs[DEFAULT]],
        "default": [fits(run.kernels()) for run in runs[DEFAULT]],
        "default − a·start": [fits(start_and_rest(run).rest[:, 0]) for run in runs[DEFAULT]],
        "small start": [fits(run.kernels()) for run in runs[SMALL_START]],
    }
    return InitialisationStudy(
        arms=by_arm(numbers), edges=edges, steps=steps(runs), held_out_words=digits.held_out_words
    )


def fits(kernels: np.ndarray) -> list[float]:
    """The fit of the best edge to each kernel of one network.

    Example:
        >>> [round(fit, 2) for fit in fits(np.array([[[0.0, 0, 1, 1, 1]] * 5]))]
        [1.0]
    """
    return [float(fit) for fit in kernel_fits(kernels).edge]


def early_numbers(run: Run) -> dict[Quantity, float]:
    """What the first kernels are like when the network first does well.

    Example:
        >>> line = np.array([[[0.0, 0, 2, 0, 0]] * 5])
        >>> edge = np.array([[[1.0, 1, 0, -1, -1]] * 5])  # as long, and at right angles to it
        >>> weights = {"conv1.weight": np.stack([line, line + edge])[:, :, None]}
        >>> right = np.array([0.1, 0.95])
        >>> found = early_numbers(Run(np.array([0, 90]), weights, np.ones(2), right, {}, {}, {}))
        >>> round(found[EARLY_COSINE], 6)  # of 45 degrees
        0.707107
        >>> found[EARLY_REST_EDGE] > 0.9 > found[EARLY_EDGE]
        True
    """
    snapshot = early(run)
    return {
        EARLY_COSINE: float(distance_from_start(run).cosine[snapshot]),
        EARLY_EDGE: edge_likeness(run.kernels(snapshot)),
        EARLY_REST_EDGE: edge_likeness(start_and_rest(run, snapshot=snapshot).rest[:, 0]),
    }


def likeness(default: Run, small: Run, *, turn: int = 0) -> float:
    """How alike two trainings make the same kernels: the mean cosine, kernel by kernel.

    The rests are compared, each minus its mean: both trainings began with the same pattern, which
    would be alike whatever they learned.

    Args:
        default: From PyTorch's start.
        small: From a fraction of the same start.
        turn: 0 compares each kernel with its own; 1 with its neighbour, which is a control.

    Example:
        >>> def run(*kernels):
        ...     weights = {"conv1.weight": np.array(kernels).reshape(-1, 1, 1, 1, 3)}
        ...     return Run(np.arange(2), weights, np.ones(2), np.ones(2), {}, {}, {})
        >>> start, rest = np.array([1.0, 1.0, 1.0]), np.array([-1.0, 0.0, 1.0])
        >>> default, small = run(start, start + rest), run(start / 10, 4 * start + 5 * rest)
        >>> round(likeness(default, small), 6)
        1.0
    """
    one, other = (_directions(start_and_rest(run).rest[:, 0]) for run in (default, small))
    return float((one * np.roll(other, turn, axis=0)).sum(axis=1).mean())


def _directions(kernels: np.ndarray) -> np.ndarray:
    patterns = kernels - kernels.mean(axis=(1, 2), keepdims=True)
    flat = patterns.reshape(len(patterns), -1)
    return np.asarray(flat / np.linalg.norm(flat, axis=1, keepdims=True))
