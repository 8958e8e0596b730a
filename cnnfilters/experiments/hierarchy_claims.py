"""The sentences about depth and single units, each with the rule that would refute it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.experiments.arms import claim
from cnnfilters.experiments.hierarchy import PRINTED_IN_ALL
from cnnfilters.results import Recipe

PAGE = "learning/17-the-hierarchy/"


def counted(study: Mapping[str, Any], *, of: str, sentence: str, quantity: str) -> Claim:
    """That a count of ours is the paper's."""
    excess = study["counts"][of] - PRINTED_IN_ALL.get(of, 0)
    rule = Rule(above=-1, below=1)
    return Claim(sentence, quantity, "", Interval.exactly(excess), rule, PAGE)


def _counted(**options: Any) -> Recipe:
    return Recipe(counted, ("study:hierarchy",), options)


def _recipe(**options: Any) -> Recipe:
    return Recipe(claim, ("study:hierarchy",), {**options, "page": PAGE})


CLAIMS: dict[str, Recipe] = {
    "lenet-layers-as-printed": _counted(
        of="layers that differ",
        sentence="Every layer of LeNet-5 has as many parameters and connections as its paper says.",
        quantity="layers from C1 to F6 whose counts differ from the paper's",
    ),
    "lenet-parameters-as-printed": _counted(
        of="parameters",
        sentence="LeNet-5 has 60,000 parameters to train, as its paper says.",
        quantity="parameters counted, less the paper's 60,000",
    ),
    "lenet-connections-as-printed": _counted(
        of="connections",
        sentence="LeNet-5 has 340,908 connections, as its paper says, if the output's are counted.",
        quantity="connections counted, less the paper's 340,908",
    ),
    "readable-with-depth": _recipe(
        sentence="After LeNet-5's last hidden layer, weighted sums read digits more than five "
        "points better than from the pixels.",
        quantity="accuracy of a linear read-out of F6 less that of the pixels",
        unit="points",
        of="LeNet5: F6",
        less="LeNet5: pixels",
        rule=Rule(above=5),
    ),
    "small-readable-with-depth": _recipe(
        sentence="After the smaller network's second layer, too, weighted sums read digits more "
        "than five points better than from the pixels.",
        quantity="accuracy of a linear read-out of conv2 less that of the pixels",
        unit="points",
        of="SmallCNN: conv2",
        less="SmallCNN: pixels",
        rule=Rule(above=5),
    ),
    "no-stage-reads-worse": _recipe(
        sentence="No stage of a trained LeNet-5 reads half a point worse than the one before it.",
        quantity="least change of accuracy from one stage to the next",
        unit="points",
        of="LeNet5: least step",
        rule=Rule(above=-0.5),
        expected="undecided",  # the last steps are about as small as the limit
    ),
    "untrained-first-stage-helps": _recipe(
        sentence="Even an untrained first stage makes digits easier to read than the pixels do.",
        quantity="accuracy of a linear read-out of S2, untrained, less that of the pixels",
        unit="points",
        of="LeNet5: S2 untrained",
        less="LeNet5: pixels",
        rule=Rule(above=0),
    ),
    "untrained-convolution-beats-width": _recipe(
        sentence="An untrained first stage reads better than as many random sums of all pixels, "
        "with ReLU.",
        quantity="accuracy of a linear read-out of S2, untrained, less that of 1,176 random sums",
        unit="points",
        of="LeNet5: S2 untrained",
        less="LeNet5: dense untrained",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "untrained-depth-does-not-help": _recipe(
        sentence="Without training, the last hidden layer reads digits worse than the pixels do.",
        quantity="accuracy of a linear read-out of F6, untrained, less that of the pixels",
        unit="points",
        of="LeNet5: F6 untrained",
        less="LeNet5: pixels",
        rule=Rule(below=0),
    ),
    "untrained-second-layer-does-not-help": _recipe(
        sentence="In the smaller network, too, an untrained second layer reads no better than the "
        "untrained first.",
        quantity="accuracy of a linear read-out of conv2, untrained, less that of conv1",
        unit="points",
        of="SmallCNN: conv2 untrained",
        less="SmallCNN: conv1 untrained",
        rule=Rule(below=0),
        expected="undecided",
    ),
    "training-matters-more-with-depth": _recipe(
        sentence="The deeper the stage, the more of what can be read there comes from training.",
        quantity="what training adds to a read-out of F6 less what it adds to one of S2",
        unit="points",
        of="LeNet5: more gained",
        rule=Rule(above=0),
    ),
    "units-are-selective": _recipe(
        sentence="The best single unit for a digit prefers that digit, three times over chance.",
        quantity="share of that digit among the digits that excite its best unit of C5 most; mean "
        "of ten digits",
        unit="%",
        of="LeNet5: best unit",
        rule=Rule(above=30),
    ),
    "training-makes-units-selective": _recipe(
        sentence="Training makes the best unit for a digit prefer it more.",
        quantity="that share, trained less untrained",
        unit="points",
        of="LeNet5: best unit",
        less="LeNet5: best unit untrained",
        rule=Rule(above=10),
    ),
    "no-unit-is-a-detector": _recipe(
        sentence="The best single unit for a digit is no detector of it.",
        quantity="that share, in the trained network",
        unit="%",
        of="LeNet5: best unit",
        rule=Rule(below=90),
    ),
    "outputs-are-detectors": _recipe(
        sentence="The output units, which add up all 84 units of F6, are detectors.",
        quantity="the same share for the ten output units",
        unit="%",
        of="LeNet5: output unit",
        rule=Rule(above=90),
    ),
}
