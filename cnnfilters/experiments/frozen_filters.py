"""Must the first layer be learned?

Three first layers: learned; left at its random start; a fixed bank of edges and lines made by hand.
Each on all the digits and on a few. The rules were fixed before the networks were trained; how long
they train was chosen on another seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import ENDS, arm_configs, by_arm, claim
from cnnfilters.experiments.experiment import Size
from cnnfilters.results import Recipe
from cnnfilters.run import Run

FEW = 400  # digits, 40 of each class
LAYERS: dict[str, dict[str, Any]] = {
    "learned": {},
    "random": {"conv1": "frozen", **ENDS},
    "bank": {"conv1": "bank", **ENDS},
}
ARMS: dict[str, dict[str, Any]] = {
    **LAYERS,
    **{f"{layer}, few": {**change, "train_size": FEW, **ENDS} for layer, change in LAYERS.items()},
}
PAGE = "learning/13-what-makes-edges/"


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """Each first layer on all digits and on few, with each seed.

    Example:
        >>> list(configs("sample", Size(seeds=1, steps=10)))
        ['learned 0', 'random 0', 'bank 0', 'learned, few 0', 'random, few 0', 'bank, few 0']
    """
    return arm_configs(ARMS, source, size)


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """The accuracy of each network."""
    return {
        "arms": by_arm(
            {name: {"accuracy": 100 * float(run.accuracy[-1])} for name, run in runs.items()}
        ),
        "train_words": {arm: runs[f"{arm} 0"].data["train_words"] for arm in ARMS},
        "held_out_words": digits.held_out_words,
    }


def _compared(one: str, other: str, **options: Any) -> Recipe:
    """Accuracy with one first layer less with another."""
    arms = {"of": f"{one}: accuracy", "less": f"{other}: accuracy"}
    options = {"unit": "points", "page": PAGE, "rule": Rule(above=0), **arms, **options}
    return Recipe(claim, ("study:frozen_filters",), options)


CLAIMS: dict[str, Recipe] = {
    "learning-conv1-matters-little": _compared(
        "learned",
        "random",
        sentence="Learning the first layer is worth less than three points of accuracy.",
        quantity="accuracy with a learned first layer less with a random one, all digits",
        rule=Rule(below=3),
    ),
    "learning-conv1-helps": _compared(
        "learned",
        "random",
        sentence="Learning the first layer helps.",
        quantity="accuracy with a learned first layer less with a random one, all digits",
        expected="undecided",
    ),
    "bank-beats-random": _compared(
        "bank",
        "random",
        sentence="Edges and lines made by hand read digits better than random kernels.",
        quantity="accuracy with the bank less with random kernels, all digits",
    ),
    "bank-as-good-as-learned": _compared(
        "bank",
        "learned",
        sentence="Edges and lines made by hand do as well as a learned first layer, to a point.",
        quantity="accuracy with the bank less with a learned first layer, all digits",
        rule=Rule(above=-1),
    ),
    "few-bank-beats-random": _compared(
        "bank, few",
        "random, few",
        sentence="With 400 digits to learn from, too, the bank does better than random kernels.",
        quantity="accuracy with the bank less with random kernels, 400 digits",
    ),
    "few-bank-beats-learned": _compared(
        "bank, few",
        "learned, few",
        sentence="With 400 digits, the bank does better than a learned first layer.",
        quantity="accuracy with the bank less with a learned first layer, 400 digits",
        expected="undecided",
    ),
    "few-learning-conv1-helps": _compared(
        "learned, few",
        "random, few",
        sentence="With 400 digits, learning the first layer helps.",
        quantity="accuracy with a learned first layer less with a random one, 400 digits",
        expected="undecided",
    ),
}
