"""Does the size of the random start decide what the trained kernels look like?

Three arms: PyTorch's start; a tenth of it; PyTorch's start with the first layer's squared
weights in the loss, which erases what nothing renews. The rules were fixed before the networks
were trained; how long they train was chosen on other seeds.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.analysis.learning import distance_from_start, learned_change
from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import arm_configs, by_arm, claim, looks
from cnnfilters.experiments.experiment import Size
from cnnfilters.results import Recipe
from cnnfilters.run import Run

ARMS: dict[str, dict[str, Any]] = {
    "default": {},
    "small start": {"conv1_scale": 0.1},
    "penalty": {"conv1_l2": 0.03},
}
GOOD = 0.9  # the accuracy at which we look back at the kernels
TRAINING, READING = "learning/11-training/", "learning/12-reading-the-weights/"


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """Each start with each seed.

    Example:
        >>> list(configs("sample", Size(seeds=1, steps=10)))
        ['default 0', 'small start 0', 'penalty 0']
    """
    return arm_configs(ARMS, source, size)


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """What each network's kernels look like, and how alike two starts make them."""
    arms = by_arm(
        {name: {**looks(run), "early cosine": early_cosine(run)} for name, run in runs.items()}
    )
    seeds = len(arms["default"]["edge"])
    pairs = [(runs[f"default {seed}"], runs[f"small start {seed}"]) for seed in range(seeds)]
    arms["small start"] |= {
        "likeness": [likeness(*pair) for pair in pairs],
        "likeness of others": [likeness(*pair, turn=1) for pair in pairs],
    }
    edges = {
        "start": [shares(run.kernels(0)) for run, _ in pairs],
        "default": [shares(run.kernels()) for run, _ in pairs],
        "default − start": [shares(learned_change(run)) for run, _ in pairs],
        "small start": [shares(run.kernels()) for _, run in pairs],
    }
    steps = int(pairs[0][0].steps[-1])
    return {"arms": arms, "edges": edges, "steps": steps, "held_out_words": digits.held_out_words}


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
    early = int(np.argmax(run.accuracy >= min(GOOD, run.accuracy.max())))
    return float(distance_from_start(run).cosine[early])


def likeness(default: Run, small: Run, *, turn: int = 0) -> float:
    """How alike two trainings make the same kernels: the mean cosine, kernel by kernel.

    What the first training added is compared with what the second ended with, each less its mean.

    Args:
        default: From PyTorch's start.
        small: From a fraction of the same start.
        turn: 0 compares each kernel with its own; 1 with its neighbour, which is a control.
    """
    added = _directions(learned_change(default))
    ended = np.roll(_directions(small.kernels()), turn, axis=0)
    return float((added * ended).sum(axis=1).mean())


def _directions(kernels: np.ndarray) -> np.ndarray:
    patterns = kernels - kernels.mean(axis=(1, 2), keepdims=True)
    flat = patterns.reshape(len(patterns), -1)
    return np.asarray(flat / np.linalg.norm(flat, axis=1, keepdims=True))


def _recipe(**options: Any) -> Recipe:
    return Recipe(claim, ("study:initialisation",), options)


CLAIMS: dict[str, Recipe] = {
    "accuracy-before-kernels": _recipe(
        sentence="When a network first names nine digits in ten, its first kernels still point "
        "along their random start.",
        quantity="cosine of the first layer with its start at that step",
        of="default: early cosine",
        rule=Rule(above=0.8),
        page=TRAINING,
    ),
    "start-remains": _recipe(
        sentence="At the end of the training, too, the first kernels resemble their random start.",
        quantity="cosine of the first layer with its start",
        of="default: cosine",
        rule=Rule(above=0.5),
        page=TRAINING,
    ),
    "small-start-forgets": _recipe(
        sentence="From a tenth of the start, less of it is left.",
        quantity="cosine with the start, from the default start less from the small one",
        of="default: cosine",
        less="small start: cosine",
        rule=Rule(above=0),
        page=TRAINING,
    ),
    "small-start-costs-nothing": _recipe(
        sentence="A tenth of the start costs less than a point of accuracy.",
        quantity="accuracy from the small start less from the default one",
        unit="points",
        of="small start: accuracy",
        less="default: accuracy",
        rule=Rule(above=-1),
        page=TRAINING,
    ),
    "start-is-chance": _recipe(
        sentence="Before training, the mean edge share is that of chance, 0.083.",
        quantity="mean edge share of the start",
        of="default: start edge",
        rule=Rule(above=0.083 - 0.06, below=0.083 + 0.06),
        page=READING,
    ),
    "training-adds-edges": _recipe(
        sentence="Training makes the first kernels more edge-like.",
        quantity="mean edge share of the trained kernels less that of their start",
        of="default: edge",
        less="default: start edge",
        rule=Rule(above=0),
        page=READING,
    ),
    "training-smooths": _recipe(
        sentence="Training makes the first kernels smoother.",
        quantity="mean Moran's I of the trained kernels less that of their start",
        of="default: smoothness",
        less="default: start smoothness",
        rule=Rule(above=0),
        page=READING,
    ),
    "start-hides-edges": _recipe(
        sentence="What training added is more edge-like than the kernels with their start.",
        quantity="mean edge share of trained − start less that of the trained kernels",
        of="default: learned edge",
        less="default: edge",
        rule=Rule(above=0),
        page=READING,
    ),
    "small-start-shows-edges": _recipe(
        sentence="From a small start, the trained kernels themselves are more edge-like.",
        quantity="mean edge share from the small start less from the default one",
        of="small start: edge",
        less="default: edge",
        rule=Rule(above=0),
        page=READING,
    ),
    "penalty-shows-edges": _recipe(
        sentence="A penalty on the first layer's weights shows the edges, too: it erases the "
        "start.",
        quantity="mean edge share with the penalty less without it",
        of="penalty: edge",
        less="default: edge",
        rule=Rule(above=0),
        page=READING,
    ),
    "same-kernels-twice": _recipe(
        sentence="Two starts of different size learn the same kernels, one by one.",
        quantity="cosine of trained − start with the kernel of the small start, less the same "
        "with another kernel",
        of="small start: likeness",
        less="small start: likeness of others",
        rule=Rule(above=0.25),
        page=READING,
    ),
    "many-kernels-unnamed": _recipe(
        sentence="Of 16 kernels trained from the default start, at least four are neither edge "
        "nor line nor blob.",
        quantity="unnamed kernels of 16",
        of="default: unnamed",
        rule=Rule(above=4),
        page=READING,
    ),
}
