"""The sentences about depth and single units, each with the rule that would refute it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.experiments.arms import claim
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.hierarchy import (
    ARMS,
    BEST_UNIT,
    CONV1,
    CONV2,
    DENSE_UNTRAINED,
    F6,
    LEAST_STEP,
    LENET,
    MORE_GAINED,
    OUTPUT_UNIT,
    PIXELS,
    S2,
    SMALL,
    HierarchyStudy,
    measure,
    untrained,
)
from cnnfilters.experiments.study import Study
from cnnfilters.lenet import lenet_1998

PRINTED = {  # parameters and connections: LeCun et al. 1998, section II.B
    "C1": (156, 122_304),
    "S2": (12, 5_880),
    "C3": (1_516, 151_600),
    "S4": (32, 2_000),
    "C5": (48_120, 48_120),
    "F6": (10_164, 10_164),
}
IN_ALL = {"parameters": 60_000, "connections": 340_908}


def counted(
    difference: Callable[[], int], sentence: str, quantity: str
) -> Callable[[Study], Claim]:
    """That a count of ours differs from the paper's by none.

    Example:
        >>> claim = counted(differing_layers, "All layers are as printed.", "layers that differ")
        >>> claim(Study(arms={}, steps=190, held_out_words="1,000 digits")).verdict
        'supported'
    """

    def made(_study: Study) -> Claim:
        interval = Interval.exactly(difference())
        return Claim(sentence, quantity, "", interval, Rule(above=-1, below=1))

    return made


def differing_layers() -> int:
    """LeNet-5's layers whose counts differ from those that the paper prints.

    Example:
        >>> differing_layers()
        0
    """
    counts = {layer.name: (layer.parameters, layer.connections) for layer in lenet_1998()}
    return sum(counts[name] != pair for name, pair in PRINTED.items())


def excess(counts: Literal["parameters", "connections"]) -> int:
    """How many more LeNet-5 has than the paper prints.

    Example:
        >>> excess("parameters"), excess("connections")
        (0, 0)
    """
    ours: int = sum(getattr(layer, counts) for layer in lenet_1998())
    return ours - IN_ALL[counts]


CLAIMS = {
    "lenet-layers-as-printed": counted(
        differing_layers,
        "Every layer of LeNet-5 has as many parameters and connections as its paper says.",
        "layers from C1 to F6 whose counts differ from the paper's",
    ),
    "lenet-parameters-as-printed": counted(
        lambda: excess("parameters"),
        "LeNet-5 has 60,000 parameters to train, as its paper says.",
        "parameters counted, less the paper's 60,000",
    ),
    "lenet-connections-as-printed": counted(
        lambda: excess("connections"),
        "LeNet-5 has 340,908 connections, as its paper says, if the output's are counted.",
        "connections counted, less the paper's 340,908",
    ),
    "readable-with-depth": claim(
        F6.of(LENET),
        PIXELS.of(LENET),
        sentence="After LeNet-5's last hidden layer, weighted sums read digits more than five "
        "points better than from the pixels.",
        quantity="accuracy of a linear read-out of F6 less that of the pixels",
        rule=Rule(above=5),
    ),
    "small-readable-with-depth": claim(
        CONV2.of(SMALL),
        PIXELS.of(SMALL),
        sentence="After the smaller network's second layer, too, weighted sums read digits more "
        "than five points better than from the pixels.",
        quantity="accuracy of a linear read-out of conv2 less that of the pixels",
        rule=Rule(above=5),
    ),
    "no-stage-reads-worse": claim(
        LEAST_STEP.of(LENET),
        sentence="No stage of a trained LeNet-5 reads half a point worse than the one before it.",
        quantity="least change of accuracy from one stage to the next",
        rule=Rule(above=-0.5),
        expected="undecided",  # the last steps are about as small as the limit
    ),
    "untrained-first-stage-helps": claim(
        untrained(S2).of(LENET),
        PIXELS.of(LENET),
        sentence="Even an untrained first stage makes digits easier to read than the pixels do.",
        quantity="accuracy of a linear read-out of S2, untrained, less that of the pixels",
        rule=Rule(above=0),
    ),
    "untrained-convolution-beats-width": claim(
        untrained(S2).of(LENET),
        DENSE_UNTRAINED.of(LENET),
        sentence="An untrained first stage reads better than as many random sums of all pixels, "
        "with ReLU.",
        quantity="accuracy of a linear read-out of S2, untrained, less that of 1,176 random sums",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "untrained-depth-does-not-help": claim(
        untrained(F6).of(LENET),
        PIXELS.of(LENET),
        sentence="Without training, the last hidden layer reads digits worse than the pixels do.",
        quantity="accuracy of a linear read-out of F6, untrained, less that of the pixels",
        rule=Rule(below=0),
    ),
    "untrained-second-layer-does-not-help": claim(
        untrained(CONV2).of(SMALL),
        untrained(CONV1).of(SMALL),
        sentence="In the smaller network, too, an untrained second layer reads no better than the "
        "untrained first.",
        quantity="accuracy of a linear read-out of conv2, untrained, less that of conv1",
        rule=Rule(below=0),
        expected="undecided",
    ),
    "training-matters-more-with-depth": claim(
        MORE_GAINED.of(LENET),
        sentence="The deeper the stage, the more of what can be read there comes from training.",
        quantity="what training adds to a read-out of F6 less what it adds to one of S2",
        rule=Rule(above=0),
    ),
    "units-are-selective": claim(
        BEST_UNIT.of(LENET),
        sentence="The best single unit for a digit prefers that digit, three times over chance.",
        quantity="share of that digit among the digits that excite its best unit of C5 most; mean "
        "of ten digits",
        rule=Rule(above=30),
    ),
    "training-makes-units-selective": claim(
        BEST_UNIT.of(LENET),
        untrained(BEST_UNIT).of(LENET),
        sentence="Training makes the best unit for a digit prefer it more.",
        quantity="that share, trained less untrained",
        rule=Rule(above=10),
    ),
    "no-unit-is-a-detector": claim(
        BEST_UNIT.of(LENET),
        sentence="The best single unit for a digit is no detector of it.",
        quantity="that share, in the trained network",
        rule=Rule(below=90),
    ),
    "outputs-are-detectors": claim(
        OUTPUT_UNIT.of(LENET),
        sentence="The output units, which add up all 84 units of F6, are detectors.",
        quantity="the same share for the ten output units",
        rule=Rule(above=90),
    ),
}

EXPERIMENT = Experiment(ARMS, HierarchyStudy, measure, CLAIMS)
