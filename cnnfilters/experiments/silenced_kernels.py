"""Which first kernels does a network need, and what does padding add to their maps?

The networks are those of the default start; nothing more is trained. The rules were fixed before
anything was measured.
"""

from __future__ import annotations

import numpy as np

from cnnfilters.analysis.feature_maps import ablation, padding_frame, shown
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
LIKENESS_TO_LENGTH = Quantity(
    "likeness to length", within=COSINES, chance=Chance(0.0, "length that says nothing of the loss")
)
FRAME = Quantity(
    "frame", "%", within=UNBOUNDED, chance=Chance(0.0, "a blank sheet without padding")
)


def measure(runs: Runs, digits: Digits) -> Study:
    """The accuracy lost without each kernel, its length, and the frame that padding draws."""
    return Study(
        arms=by_arm({DEFAULT: [_numbers(run, digits) for run in runs[DEFAULT]]}),
        steps=steps(runs),
        held_out_words=digits.held_out_words,
    )


def _numbers(run: Run, digits: Digits) -> dict[Quantity, float]:
    lost, lengths = _lost(run, digits), np.linalg.norm(run.kernels(), axis=(1, 2))
    return {
        LITTLE_NEEDED: int((lost < LITTLE).sum()),
        MOST_NEEDED: float(lost.max()),
        LIKENESS_TO_LENGTH: float(np.corrcoef(lost, lengths)[0, 1]),
        FRAME: 100 * float(np.median(padding_frame(Network.of(run), shown(digits)))),
    }


def _lost(run: Run, digits: Digits) -> np.ndarray:
    some = slice(MOST)
    found = ablation(Network.of(run), digits.held_out_images[some], digits.held_out_labels[some])
    return 100 * found.lost


CLAIMS = {
    "most-kernels-are-spare": claim(
        LITTLE_NEEDED.of(DEFAULT),
        sentence="Most first kernels can be silenced, one at a time, for less than half a point.",
        quantity="kernels of 16 that cost less than half a point of accuracy each",
        rule=Rule(above=8),
    ),
    "some-kernel-is-needed": claim(
        MOST_NEEDED.of(DEFAULT),
        sentence="One kernel costs more than half a point.",
        quantity="accuracy lost without the most needed kernel",
        rule=Rule(above=0.5),
    ),
    "long-kernels-are-needed": claim(
        LIKENESS_TO_LENGTH.of(DEFAULT),
        sentence="The larger a kernel's weights are, the more its silence costs.",
        quantity="correlation of a kernel's length with the accuracy lost without it",
        rule=Rule(above=0),
    ),
    "padding-draws-a-frame": claim(
        FRAME.of(DEFAULT),
        sentence="Zero padding makes kernels answer to the border of blank paper.",
        quantity="strongest response to a blank sheet padded by 2, for each 100 of the "
        "strongest to a 7; median of the kernels",
        rule=Rule(above=5),
    ),
}

EXPERIMENT = Experiment((DEFAULT,), Study, measure, CLAIMS)
