"""Does the size of the random start decide what the trained kernels look like?

Three arms: PyTorch's start; a tenth of it; PyTorch's start with the first layer's squared
weights in the loss, which erases what nothing renews. The rules were fixed before the networks
were trained; how long they train was chosen on other seeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.analysis.learning import distance_from_start, early, learned_change
from cnnfilters.analysis.nulls import chance_mean
from cnnfilters.digits import Digits
from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import (
    ACCURACY,
    COSINE,
    DEFAULT,
    EDGE,
    LEARNED_EDGE,
    SMOOTHNESS,
    START_EDGE,
    START_SMOOTHNESS,
    UNNAMED,
    claim,
    kernel_numbers,
    steps,
)
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.study import Arm, Quantity, Runs, Study, by_arm
from cnnfilters.run import Run

SMALL_START = Arm("small start", {"conv1_scale": 0.1})
PENALTY = Arm("penalty", {"conv1_l2": 0.03})
ARMS = (DEFAULT, SMALL_START, PENALTY)
CHANCE = round(chance_mean("edge"), 3)  # as the sentence says it
NEAR = 0.06

EARLY_COSINE = Quantity("early cosine")
LIKENESS, LIKENESS_OF_OTHERS = Quantity("likeness"), Quantity("likeness of others")


@dataclass(frozen=True, kw_only=True)
class InitialisationStudy(Study):
    """What each network's kernels look like, and how alike two starts make them.

    Attributes:
        edges: By kind of kernels and network: the edge share of each kernel.
    """

    edges: Mapping[str, list[list[float]]]


def measure(runs: Runs, digits: Digits) -> InitialisationStudy:
    """What each network's kernels look like, and how alike two starts make them."""
    numbers = {
        arm: [kernel_numbers(run) | {EARLY_COSINE: early_cosine(run)} for run in runs[arm]]
        for arm in ARMS
    }
    for mine, default, small in zip(
        numbers[SMALL_START], runs[DEFAULT], runs[SMALL_START], strict=True
    ):
        mine[LIKENESS] = likeness(default, small)
        mine[LIKENESS_OF_OTHERS] = likeness(default, small, turn=1)
    edges = {
        "start": [shares(run.kernels(0)) for run in runs[DEFAULT]],
        "default": [shares(run.kernels()) for run in runs[DEFAULT]],
        "default − start": [shares(learned_change(run)) for run in runs[DEFAULT]],
        "small start": [shares(run.kernels()) for run in runs[SMALL_START]],
    }
    return InitialisationStudy(
        arms=by_arm(numbers), edges=edges, steps=steps(runs), held_out_words=digits.held_out_words
    )


def shares(kernels: np.ndarray) -> list[float]:
    """The edge share of each kernel of one network.

    Example:
        >>> line = np.array([[[0.0] * 3, [1.0] * 3, [0.0] * 3]])
        >>> [round(share, 6) + 0.0 for share in shares(line)]
        [0.0]
    """
    return [float(share) for share in kernel_shares(kernels).edge]


def early_cosine(run: Run) -> float:
    """The kernels' cosine with their start when the network first does well.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[4.0, 3.0]]]]])  # their cosine is 24/25
        >>> right = np.array([0.1, 0.95])
        >>> run = Run(np.array([0, 1250]), {"conv1.weight": kernels}, np.ones(2), right, {}, {}, {})
        >>> round(early_cosine(run), 6)
        0.96
    """
    return float(distance_from_start(run).cosine[early(run)])


def likeness(default: Run, small: Run, *, turn: int = 0) -> float:
    """How alike two trainings make the same kernels: the mean cosine, kernel by kernel.

    What the first training added is compared with what the second ended with, each less its mean.

    Args:
        default: From PyTorch's start.
        small: From a fraction of the same start.
        turn: 0 compares each kernel with its own; 1 with its neighbour, which is a control.

    Example:
        >>> def run(*kernels):
        ...     weights = {"conv1.weight": np.array(kernels).reshape(-1, 1, 1, 1, 2)}
        ...     return Run(np.arange(2), weights, np.ones(2), np.ones(2), {}, {}, {})
        >>> default, small = run([5.0, 7.0], [6.0, 6.0]), run([0.5, 0.7], [2.0, 1.0])
        >>> round(likeness(default, small), 6)  # of 1, -1 with 2, 1, less their means
        1.0
    """
    added = _directions(learned_change(default))
    ended = np.roll(_directions(small.kernels()), turn, axis=0)
    return float((added * ended).sum(axis=1).mean())


def _directions(kernels: np.ndarray) -> np.ndarray:
    patterns = kernels - kernels.mean(axis=(1, 2), keepdims=True)
    flat = patterns.reshape(len(patterns), -1)
    return np.asarray(flat / np.linalg.norm(flat, axis=1, keepdims=True))


CLAIMS = {
    "accuracy-before-kernels": claim(
        EARLY_COSINE.of(DEFAULT),
        sentence="When a network first names nine digits in ten, its first kernels still point "
        "along their random start.",
        quantity="cosine of the first layer with its start at that step",
        rule=Rule(above=0.8),
    ),
    "start-remains": claim(
        COSINE.of(DEFAULT),
        sentence="At the end of the training, too, the first kernels resemble their random start.",
        quantity="cosine of the first layer with its start",
        rule=Rule(above=0.5),
    ),
    "small-start-forgets": claim(
        COSINE.of(DEFAULT),
        COSINE.of(SMALL_START),
        sentence="From a tenth of the start, less of it is left.",
        quantity="cosine with the start, from the default start less from the small one",
        rule=Rule(above=0),
    ),
    "small-start-costs-nothing": claim(
        ACCURACY.of(SMALL_START),
        ACCURACY.of(DEFAULT),
        sentence="A tenth of the start costs less than a point of accuracy.",
        quantity="accuracy from the small start less from the default one",
        rule=Rule(above=-1),
    ),
    "start-is-chance": claim(
        START_EDGE.of(DEFAULT),
        sentence=f"Before training, the mean edge share is that of chance, {CHANCE}.",
        quantity="mean edge share of the start",
        rule=Rule(above=CHANCE - NEAR, below=CHANCE + NEAR),
    ),
    "training-adds-edges": claim(
        EDGE.of(DEFAULT),
        START_EDGE.of(DEFAULT),
        sentence="Training makes the first kernels more edge-like.",
        quantity="mean edge share of the trained kernels less that of their start",
        rule=Rule(above=0),
    ),
    "training-smooths": claim(
        SMOOTHNESS.of(DEFAULT),
        START_SMOOTHNESS.of(DEFAULT),
        sentence="Training makes the first kernels smoother.",
        quantity="mean Moran's I of the trained kernels less that of their start",
        rule=Rule(above=0),
    ),
    "start-hides-edges": claim(
        LEARNED_EDGE.of(DEFAULT),
        EDGE.of(DEFAULT),
        sentence="What training added is more edge-like than the kernels with their start.",
        quantity="mean edge share of trained − start less that of the trained kernels",
        rule=Rule(above=0),
    ),
    "small-start-shows-edges": claim(
        EDGE.of(SMALL_START),
        EDGE.of(DEFAULT),
        sentence="From a small start, the trained kernels themselves are more edge-like.",
        quantity="mean edge share from the small start less from the default one",
        rule=Rule(above=0),
    ),
    "penalty-shows-edges": claim(
        EDGE.of(PENALTY),
        EDGE.of(DEFAULT),
        sentence="A penalty on the first layer's weights shows the edges, too: it erases the "
        "start.",
        quantity="mean edge share with the penalty less without it",
        rule=Rule(above=0),
    ),
    "same-kernels-twice": claim(
        LIKENESS.of(SMALL_START),
        LIKENESS_OF_OTHERS.of(SMALL_START),
        sentence="Two starts of different size learn the same kernels, one by one.",
        quantity="cosine of trained − start with the kernel of the small start, less the same "
        "with another kernel",
        rule=Rule(above=0.25),
    ),
    "many-kernels-unnamed": claim(
        UNNAMED.of(DEFAULT),
        sentence="Of 16 kernels trained from the default start, at least four are neither edge "
        "nor line nor blob.",
        quantity="unnamed kernels of 16",
        rule=Rule(above=4),
    ),
}

EXPERIMENT = Experiment(ARMS, InitialisationStudy, measure, CLAIMS)
