"""How much of the start is too much, and does the learning rate decide it?

Six scales of the random start of the first layer, from a hundredth of PyTorch's to four times it,
by the usual recipe; and three of them at two other learning rates. The rules were written before
these networks were measured, but after the tenth and the usual scale at the usual rate had been,
which belong to the experiment `initialisation`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim, Rule
from cnnfilters.experiments.arms import EDGE, claim, kernel_numbers, steps
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.study import Arm, Runs, Study, by_arm

SCALES = (0.01, 0.1, 0.3, 1.0, 2.0, 4.0)  # of PyTorch's random start
RATES = {"usual rate": 6e-3, "a third of the rate": 2e-3, "twice the rate": 1.2e-2}
USUAL, THIRD, TWICE = RATES
AT_OTHER_RATES = (0.1, 1.0, 4.0)


def at(scale: float, rate: str = USUAL) -> Arm:
    """The arm that starts at a scale and learns at a rate.

    Example:
        >>> at(0.1).name, at(4.0, TWICE).name
        ('×0.1', '×4, twice the rate')
        >>> at(4.0, TWICE).changes
        {'conv1_scale': 4.0, 'learning_rate': 0.012}
    """
    changes: dict[str, Any] = {"conv1_scale": scale}
    if rate == USUAL:
        return Arm(f"×{scale:g}", changes)
    return Arm(f"×{scale:g}, {rate}", {**changes, "learning_rate": RATES[rate]})


ARMS = (
    *(at(scale) for scale in SCALES),
    *(at(scale, rate) for rate in (THIRD, TWICE) for scale in AT_OTHER_RATES),
)


def measure(runs: Runs, digits: Digits) -> Study:
    """What the kernels of each network are like, and how well it reads."""
    numbers = {arm: [kernel_numbers(run) for run in runs[arm]] for arm in ARMS}
    return Study(arms=by_arm(numbers), steps=steps(runs), held_out_words=digits.held_out_words)


def _at_rate(rate: str, words: str) -> Callable[[Study], Claim]:
    """What `initialisation` claims at our rate, at another one."""
    return claim(
        EDGE.of(at(0.1, rate)),
        EDGE.of(at(1.0, rate)),
        sentence=f"At a learning rate of {RATES[rate]:g}, too, kernels that started ten times "
        "smaller are more edge-like after {steps} steps than kernels from the usual start.",
        quantity="mean edge fit from the small start minus from the usual one, at that rate, "
        f"{words}",
        rule=Rule(above=0),
    )


CLAIMS = {
    "larger-start-fewer-edges": claim(
        EDGE.of(at(1.0)),
        EDGE.of(at(4.0)),
        sentence="After {steps} steps, kernels that started four times larger than usual are less "
        "edge-like than kernels from the usual start.",
        quantity="mean edge fit from the usual start minus from one four times larger",
        rule=Rule(above=0),
    ),
    "tenth-is-small-enough": claim(
        EDGE.of(at(0.01)),
        EDGE.of(at(0.1)),
        sentence="After {steps} steps, kernels from 0.01 times the usual start are as edge-like as "
        "kernels from 0.1 times it, to within 0.05.",
        quantity="mean edge fit from 0.01 times the usual start minus from 0.1 times it",
        rule=Rule(above=-0.05, below=0.05),
        expected="undecided",
    ),
    "small-start-shows-edges-slowly": _at_rate(THIRD, "a third of ours"),
    "small-start-shows-edges-fast": _at_rate(TWICE, "twice ours"),
}

EXPERIMENT = Experiment(ARMS, Study, measure, CLAIMS)
