"""Facts about a training: how well the network does, and how far its kernels have moved."""

from __future__ import annotations

import math

import numpy as np

from cnnfilters.analysis.feature_maps import SHOWN, shown
from cnnfilters.analysis.forward import Network, forward
from cnnfilters.analysis.learning import distance_from_start, early, start_and_rest
from cnnfilters.digits import Digits
from cnnfilters.facts.recipes import DEFAULT, SMALL_START, SOURCE, of_each_run, of_the_start
from cnnfilters.results import Recipe
from cnnfilters.run import Run
from cnnfilters.words import decimal, percent

SURE = 0.999  # a probability above which no digits are given


def accuracy(run: Run) -> str:
    """Share of the held-out digits that the trained network names.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[4.0, 3.0]]]]])  # their cosine is 24/25
        >>> right = np.array([0.1, 0.95])
        >>> run = Run(np.array([0, 1250]), {"conv1.weight": kernels}, np.ones(2), right, {}, {}, {})
        >>> accuracy(run)
        '95.0 %'
    """
    return percent(float(run.accuracy[-1]))


def steps(run: Run) -> str:
    """How many steps a training took.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[4.0, 3.0]]]]])  # their cosine is 24/25
        >>> right = np.array([0.1, 0.95])
        >>> run = Run(np.array([0, 1250]), {"conv1.weight": kernels}, np.ones(2), right, {}, {}, {})
        >>> steps(run)
        '1,250'
    """
    return f"{int(run.steps[-1]):,}"


def early_step(run: Run) -> str:
    """The first snapshot at which the network names nine digits in ten.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[4.0, 3.0]]]]])  # their cosine is 24/25
        >>> right = np.array([0.1, 0.95])
        >>> run = Run(np.array([0, 1250]), {"conv1.weight": kernels}, np.ones(2), right, {}, {}, {})
        >>> early_step(run)
        '1,250'
    """
    return f"{int(run.steps[early(run)]):,}"


def early_accuracy(run: Run) -> str:
    """The accuracy at that step.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[4.0, 3.0]]]]])  # their cosine is 24/25
        >>> right = np.array([0.1, 0.95])
        >>> run = Run(np.array([0, 1250]), {"conv1.weight": kernels}, np.ones(2), right, {}, {}, {})
        >>> early_accuracy(run)
        '95.0 %'
    """
    return percent(float(run.accuracy[early(run)]))


def early_cosine(run: Run) -> str:
    """The cosine of the first kernels with their start at that step.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[4.0, 3.0]]]]])  # their cosine is 24/25
        >>> right = np.array([0.1, 0.95])
        >>> run = Run(np.array([0, 1250]), {"conv1.weight": kernels}, np.ones(2), right, {}, {}, {})
        >>> early_cosine(run)
        '0.96'
    """
    return decimal(distance_from_start(run).cosine[early(run)])


def cosine(run: Run) -> str:
    """The cosine of the trained first kernels with their start.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[4.0, 3.0]]]]])  # their cosine is 24/25
        >>> right = np.array([0.1, 0.95])
        >>> run = Run(np.array([0, 1250]), {"conv1.weight": kernels}, np.ones(2), right, {}, {}, {})
        >>> cosine(run)
        '0.96'
    """
    return decimal(distance_from_start(run).cosine[-1])


def start_energy(run: Run) -> str:
    """The share of the trained kernels' energy that points along their start.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[4.0, 3.0]]]]])  # their cosine is 24/25
        >>> right = np.array([0.1, 0.95])
        >>> run = Run(np.array([0, 1250]), {"conv1.weight": kernels}, np.ones(2), right, {}, {}, {})
        >>> start_energy(run)
        '92 %'
    """
    return percent(float(distance_from_start(run).cosine[-1] ** 2), 0)


def start_as_it_was(run: Run) -> str:
    """The energy of the start over that of the trained kernels.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[6.0, 8.0]]]]])  # amplified, nothing else
        >>> run = Run(np.arange(2), {"conv1.weight": kernels}, np.ones(2), np.ones(2), {}, {}, {})
        >>> start_as_it_was(run), start_energy(run)
        ('25 %', '100 %')
    """
    start, trained = (float((run.kernels(at).astype(float) ** 2).sum()) for at in (0, -1))
    return percent(start / trained, 0)


def start_factor(run: Run) -> str:
    """How many times their start the trained first kernels hold.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[2.0, 11.0]]]]])  # 2·(3, 4) + (-4, 3)
        >>> run = Run(np.arange(2), {"conv1.weight": kernels}, np.ones(2), np.ones(2), {}, {}, {})
        >>> start_factor(run)
        '2.00'
    """
    return decimal(start_and_rest(run).factor)


def rest_strength(run: Run) -> str:
    """How many times the length of their start the rest of the trained first kernels has.

    Example:
        >>> kernels = np.array([[[[[3.0, 4.0]]]], [[[[2.0, 11.0]]]]])  # 2·(3, 4) + (-4, 3)
        >>> run = Run(np.arange(2), {"conv1.weight": kernels}, np.ones(2), np.ones(2), {}, {}, {})
        >>> rest_strength(run)
        '1.00'
    """
    return decimal(start_and_rest(run).strength)


def probability(run: Run, digits: Digits, *, snapshot: int = -1) -> str:
    """The probability that a network gives to the truth for the digit that is shown.

    Example:
        >>> layers = {"conv1": (16, 1, 5, 5), "conv2": (32, 16, 5, 5), "fc": (10, 512)}
        >>> weights = {f"{name}.weight": np.zeros((1, *size)) for name, size in layers.items()}
        >>> weights |= {f"{name}.bias": np.zeros((1, size[0])) for name, size in layers.items()}
        >>> weights["fc.bias"][0, 7] = np.log(9)  # odds of nine to one against each other class
        >>> config = {"model": "SmallCNN", "padding": 0}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), config, {}, {})
        >>> digits = Digits("sample", *[np.zeros((1, 28, 28)), np.array([7])] * 2, checksum="")
        >>> probability(run, digits)
        '50.0 %'
    """
    right = _probability(run, digits, snapshot)
    return f"more than {percent(SURE)}" if right > SURE else percent(right)


def surprise(run: Run, digits: Digits, *, snapshot: int = -1) -> str:
    """The loss on that digit.

    Example:
        >>> layers = {"conv1": (16, 1, 5, 5), "conv2": (32, 16, 5, 5), "fc": (10, 512)}
        >>> weights = {f"{name}.weight": np.zeros((1, *size)) for name, size in layers.items()}
        >>> weights |= {f"{name}.bias": np.zeros((1, size[0])) for name, size in layers.items()}
        >>> weights["fc.bias"][0, 7] = np.log(9)  # odds of nine to one against each other class
        >>> config = {"model": "SmallCNN", "padding": 0}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), config, {}, {})
        >>> digits = Digits("sample", *[np.zeros((1, 28, 28)), np.array([7])] * 2, checksum="")
        >>> surprise(run, digits)  # ln 2
        '0.69'
    """
    return f"{-math.log(_probability(run, digits, snapshot)):.2f}"


def _probability(run: Run, digits: Digits, snapshot: int) -> float:
    logits = forward(Network.of(run, snapshot), shown(digits)[None]).logits[0]
    odds = np.exp(logits - logits.max())
    return float(odds[SHOWN] / odds.sum())


FACTS = {
    **of_each_run({"accuracy": Recipe(accuracy), "cosine": Recipe(cosine)}),
    **of_the_start(
        {"probability": Recipe(probability, ("digits",)), "surprise": Recipe(surprise, ("digits",))}
    ),
    "early_accuracy": Recipe(early_accuracy, DEFAULT),
    "early_cosine": Recipe(early_cosine, DEFAULT),
    "early_step": Recipe(early_step, DEFAULT),
    "probability": Recipe(probability, (*DEFAULT, "digits")),
    "rest_strength_small_start": Recipe(rest_strength, SMALL_START),
    "start_as_it_was": Recipe(start_as_it_was, DEFAULT),
    "start_as_it_was_source": Recipe(start_as_it_was, SOURCE),
    "start_energy": Recipe(start_energy, DEFAULT),
    "start_energy_source": Recipe(start_energy, SOURCE),
    "start_factor": Recipe(start_factor, DEFAULT),
    "start_factor_small_start": Recipe(start_factor, SMALL_START),
    "steps": Recipe(steps, DEFAULT),
}
