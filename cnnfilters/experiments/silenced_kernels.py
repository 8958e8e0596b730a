"""Which first kernels does a network need, and what does padding add to their maps?

The networks are those of the default start; nothing more is trained. The rules were fixed before
anything was measured, but for those about brightness: they follow a look at two other networks.
The kernel that is needed most is chosen on one half of the digits and measured on the other, both
ways: chosen and measured on the same, the largest of sixteen losses would be flattered by chance.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from cnnfilters.analysis.feature_maps import (
    Brightness,
    ablation,
    brightness,
    padding_frame,
    shown,
)
from cnnfilters.analysis.forward import Network
from cnnfilters.digits import Digits
from cnnfilters.evidence import Chance, Rule
from cnnfilters.experiments.arms import COSINES, DEFAULT, claim, steps
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.study import UNBOUNDED, Quantity, Runs, Study, by_arm
from cnnfilters.run import Run

LITTLE = 0.5  # points of accuracy
MOST = 1_000  # digits: all 10,000 test digits would take minutes

LITTLE_NEEDED = Quantity("little needed", within=(0, 16), things=16)  # kernels
MOST_NEEDED = Quantity("most needed", "points")  # accuracy lost without the one
# Correlations, over the kernels, of the accuracy lost without one with what is seen of it:
LIKENESS_TO_LENGTH, LIKENESS_TO_PEAK, LIKENESS_TO_MEAN = (  # its own, and those of its map
    Quantity(name, within=COSINES, chance=Chance(0.0, f"{seen} that says nothing of the loss"))
    for name, seen in (
        ("likeness to length", "length"),
        ("likeness to peak", "a peak"),
        ("likeness to mean", "brightness"),
    )
)
NEEDED_MORE = Quantity("needed more than the brightest", within=(0, 16), things=16)  # kernels
FRAME = Quantity(
    "frame", "%", within=UNBOUNDED, chance=Chance(0.0, "a blank sheet without padding")
)


@dataclass(frozen=True, kw_only=True)
class SilencedKernelsStudy(Study):
    """What each network loses without each kernel, beside how bright its maps are.

    Attributes:
        lost: By network and kernel: points of accuracy lost without it.
        peak: Strongest response of its maps after ReLU, mean of the digits.
    """

    lost: list[list[float]]
    peak: list[list[float]]


def measure(runs: Runs, digits: Digits) -> SilencedKernelsStudy:
    """The accuracy lost without each kernel, how bright it is, and the frame that padding draws."""
    found = [_Silenced.of(run, digits) for run in runs[DEFAULT]]
    numbers = [
        _numbers(run, digits, silenced) for run, silenced in zip(runs[DEFAULT], found, strict=True)
    ]
    return SilencedKernelsStudy(
        arms=by_arm({DEFAULT: numbers}),
        lost=[silenced.lost.round(4).tolist() for silenced in found],
        peak=[silenced.bright.peak.round(4).tolist() for silenced in found],
        steps=steps(runs),
        held_out_words=digits.held_out_words,
    )


class _Silenced(NamedTuple):
    halves: tuple[np.ndarray, np.ndarray]  # points lost, on every other digit and on the rest
    bright: Brightness

    @classmethod
    def of(cls, run: Run, digits: Digits) -> _Silenced:
        network = Network.of(run)
        images, labels = digits.held_out_images[:MOST], digits.held_out_labels[:MOST]
        one, other = (ablation(network, images[half::2], labels[half::2]).lost for half in (0, 1))
        return cls((100 * one, 100 * other), brightness(network, images))

    @property
    def lost(self) -> np.ndarray:
        return np.asarray(np.mean(self.halves, axis=0))


def _numbers(run: Run, digits: Digits, silenced: _Silenced) -> dict[Quantity, float]:
    lost, bright = silenced.lost, silenced.bright
    lengths = np.linalg.norm(run.kernels(), axis=(1, 2))
    return {
        LITTLE_NEEDED: int((lost < LITTLE).sum()),
        MOST_NEEDED: most_needed(*silenced.halves),
        LIKENESS_TO_LENGTH: correlation(lost, lengths),
        LIKENESS_TO_PEAK: correlation(lost, bright.peak),
        LIKENESS_TO_MEAN: correlation(lost, bright.mean),
        NEEDED_MORE: int((lost > lost[bright.peak.argmax()]).sum()),
        FRAME: 100 * float(np.median(padding_frame(Network.of(run), shown(digits)))),
    }


def most_needed(one: np.ndarray, other: np.ndarray) -> float:
    """What the most needed kernel costs, where another half of the digits says which one it is.

    Args:
        one: Accuracy lost without each kernel, on one half of the digits.
        other: On the other half.

    Example:
        >>> most_needed(np.array([2.0, 1.0]), np.array([0.0, 3.0]))  # of 0 and of 1
        0.5
    """
    return float(other[one.argmax()] + one[other.argmax()]) / 2


def correlation(one: np.ndarray, other: np.ndarray) -> float:
    """Pearson's correlation; 0 where all values of one are equal, which go with nothing.

    Example:
        >>> round(correlation(np.array([1.0, 2.0, 3.0]), np.array([2.0, 4.0, 6.0])), 6)
        1.0
        >>> correlation(np.zeros(3), np.array([2.0, 4.0, 6.0]))
        0.0
    """
    if np.ptp(one) == 0 or np.ptp(other) == 0:
        return 0.0
    return float(np.corrcoef(one, other)[0, 1])


CLAIMS = {
    "most-kernels-are-spare": claim(
        LITTLE_NEEDED.of(DEFAULT),
        sentence="Most first kernels can be silenced, one at a time, for less than half a point of "
        "accuracy.",
        quantity="kernels of 16 that cost less than half a point each: fewer than "
        f"{MOST * LITTLE / 100:g} of {MOST:,} digits",
        rule=Rule(above=8),
    ),
    "some-kernel-is-needed": claim(
        MOST_NEEDED.of(DEFAULT),
        sentence="Silencing the one kernel that a network needs more than any other costs more "
        "than half a point of accuracy.",
        quantity="accuracy lost without the most needed kernel, chosen on one half of the digits "
        "and measured on the other",
        rule=Rule(above=0.5),
        expected="undecided",
    ),
    "long-kernels-are-needed": claim(
        LIKENESS_TO_LENGTH.of(DEFAULT),
        sentence="The larger a kernel's weights are, the more accuracy is lost without that "
        "kernel.",
        quantity="correlation of a kernel's length with the accuracy lost without it, over the 16 "
        "kernels of a network",
        rule=Rule(above=0),
    ),
    "bright-maps-are-needed": claim(
        LIKENESS_TO_PEAK.of(DEFAULT),
        sentence="The brighter the brightest place of a kernel's maps, the more accuracy is lost "
        "without that kernel.",
        quantity="correlation of a map's strongest response after ReLU, mean of the digits, with "
        "the accuracy lost without its kernel, over the 16 kernels of a network",
        rule=Rule(above=0),
    ),
    "bright-on-average-is-needed": claim(
        LIKENESS_TO_MEAN.of(DEFAULT),
        sentence="The brighter a kernel's maps are on average, the more accuracy is lost without "
        "that kernel.",
        quantity="correlation of a map's mean response after ReLU, mean of the digits, with the "
        "accuracy lost without its kernel, over the 16 kernels of a network",
        rule=Rule(above=0),
    ),
    "padding-draws-a-frame": claim(
        FRAME.of(DEFAULT),
        sentence="Zero padding makes a typical kernel answer to the border of blank paper.",
        quantity="strongest response to a blank sheet padded by 2, for each 100 of the "
        "strongest to a 7; median of the kernels",
        rule=Rule(above=5),
    ),
}

EXPERIMENT = Experiment((DEFAULT,), SilencedKernelsStudy, measure, CLAIMS)
