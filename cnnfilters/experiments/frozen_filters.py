"""Must the first layer be learned?

Three first layers: learned; left at its random start; a fixed bank of edges and lines made by hand.
Each on all the digits and on a few. The rules were fixed before the networks were trained; how long
they train was chosen on another seed.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cnnfilters.digits import Digits
from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import ACCURACY, ENDS, accuracy, claim, steps
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.hits import counted, right_answers
from cnnfilters.experiments.study import Arm, Runs, Study, by_arm

FEW: dict[str, Any] = {"train_size": 400, **ENDS}  # digits, 40 of each class
LEARNED = Arm("learned")
RANDOM = Arm("random", {"conv1": "frozen", **ENDS})
BANK = Arm("bank", {"conv1": "bank", **ENDS})
FEW_LEARNED, FEW_RANDOM, FEW_BANK = (
    Arm(f"{layer.name}, few", {**layer.changes, **FEW}) for layer in (LEARNED, RANDOM, BANK)
)
ARMS = (LEARNED, RANDOM, BANK, FEW_LEARNED, FEW_RANDOM, FEW_BANK)


@dataclass(frozen=True, kw_only=True)
class FrozenFiltersStudy(Study):
    """The accuracy of each network.

    Attributes:
        train_words: By arm: what it learned from.
    """

    train_words: Mapping[str, str]


def measure(runs: Runs, digits: Digits) -> FrozenFiltersStudy:
    """The accuracy of each network, and how many of an arm name each held-out digit."""
    return FrozenFiltersStudy(
        arms=by_arm({arm: [{ACCURACY: accuracy(run)} for run in runs[arm]] for arm in ARMS}),
        hits={arm.name: {ACCURACY.name: counted(right_answers(runs[arm], digits))} for arm in ARMS},
        train_words={arm.name: runs[arm][0].data["train_words"] for arm in ARMS},
        steps=steps(runs),
        held_out_words=digits.held_out_words,
    )


CLAIMS = {
    "learning-conv1-matters-little": claim(
        ACCURACY.of(LEARNED),
        ACCURACY.of(RANDOM),
        sentence="After {steps} steps, learning the first layer is worth less than three points of "
        "accuracy.",
        quantity="accuracy with a learned first layer minus with a random one, all digits",
        rule=Rule(below=3),
    ),
    "learning-conv1-helps": claim(
        ACCURACY.of(LEARNED),
        ACCURACY.of(RANDOM),
        sentence="After {steps} steps, a learned first layer classifies digits better than a "
        "random one.",
        quantity="accuracy with a learned first layer minus with a random one, all digits",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "bank-beats-random": claim(
        ACCURACY.of(BANK),
        ACCURACY.of(RANDOM),
        sentence="Edges and lines made by hand classify digits better than random kernels.",
        quantity="accuracy with the bank minus with random kernels, all digits",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "bank-as-good-as-learned": claim(
        ACCURACY.of(BANK),
        ACCURACY.of(LEARNED),
        sentence="Edges and lines made by hand are at most a point of accuracy worse than a "
        "learned first layer.",
        quantity="accuracy with the bank minus with a learned first layer, all digits",
        rule=Rule(above=-1),
    ),
    "few-bank-beats-random": claim(
        ACCURACY.of(FEW_BANK),
        ACCURACY.of(FEW_RANDOM),
        sentence="With 400 digits to learn from, edges and lines made by hand do better than "
        "random kernels.",
        quantity="accuracy with the bank minus with random kernels, 400 digits",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "few-bank-beats-learned": claim(
        ACCURACY.of(FEW_BANK),
        ACCURACY.of(FEW_LEARNED),
        sentence="With 400 digits to learn from, edges and lines made by hand do better than a "
        "learned first layer.",
        quantity="accuracy with the bank minus with a learned first layer, 400 digits",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "few-learning-conv1-helps": claim(
        ACCURACY.of(FEW_LEARNED),
        ACCURACY.of(FEW_RANDOM),
        sentence="With 400 digits to learn from, a learned first layer does better than a random "
        "one.",
        quantity="accuracy with a learned first layer minus with a random one, 400 digits",
        rule=Rule(above=0),
        expected="undecided",
    ),
}

EXPERIMENT = Experiment(ARMS, FrozenFiltersStudy, measure, CLAIMS)
