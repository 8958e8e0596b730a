"""The sentences about depth and single units, each with the rule that would refute it.

Their rules were fixed before they were measured as they stand here. Those of the controls of equal
width were written after ridge read-outs of some of these stages were known, and before any by
softmax.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.experiments.arms import claim
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.hierarchy import (
    ARMS,
    CONV1,
    CONV2,
    F6,
    LEAST_STEP,
    LENET,
    PIXELS,
    S2,
    S4,
    SMALL,
    HierarchyStudy,
    measure,
)
from cnnfilters.experiments.hierarchy_probes import (
    at_equal_width,
    errors_removed,
    random_sums_of_pixels,
    untrained,
)
from cnnfilters.experiments.hierarchy_units import BEST_UNIT, DETECTS, OUTPUT_UNIT
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
        "parameters counted, minus the paper's 60,000",
    ),
    "lenet-connections-as-printed": counted(
        lambda: excess("connections"),
        "LeNet-5 has 340,908 connections, as its paper says, if the output's are counted.",
        "connections counted, minus the paper's 340,908",
    ),
    "readable-with-depth": claim(
        F6.of(LENET),
        PIXELS.of(LENET),
        sentence="After LeNet-5's last hidden layer, weighted sums read digits more than five "
        "points better than from the pixels.",
        quantity="accuracy of a softmax read-out of F6 minus that of the pixels",
        rule=Rule(above=5),
    ),
    "small-readable-with-depth": claim(
        CONV2.of(SMALL),
        PIXELS.of(SMALL),
        sentence="After the smaller network's second layer, too, weighted sums read digits more "
        "than five points better than from the pixels.",
        quantity="accuracy of a softmax read-out of conv2 minus that of the pixels",
        rule=Rule(above=5),
    ),
    "no-stage-reads-worse": claim(
        LEAST_STEP.of(LENET),
        sentence="No stage of a trained LeNet-5 reads half a point worse than the one before it.",
        quantity="least change of a softmax read-out's accuracy from one stage to the next",
        rule=Rule(above=-0.5),
    ),
    "untrained-first-stage-helps": claim(
        untrained(S2).of(LENET),
        PIXELS.of(LENET),
        sentence="Even an untrained first stage makes digits easier to read than the pixels do.",
        quantity="accuracy of a softmax read-out of S2, untrained, minus that of the pixels",
        rule=Rule(above=0),
    ),
    "untrained-convolution-beats-width": claim(
        untrained(S2).of(LENET),
        random_sums_of_pixels(S2).of(LENET),
        sentence="An untrained first stage reads better than as many random sums of all pixels, "
        "with ReLU.",
        quantity="accuracy of a softmax read-out of S2, untrained, minus that of 1,176 random sums",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "untrained-second-stage-beats-width": claim(
        untrained(S4).of(LENET),
        random_sums_of_pixels(S4).of(LENET),
        sentence="An untrained second stage reads better than as many random sums of all pixels, "
        "with ReLU.",
        quantity="accuracy of a softmax read-out of S4, untrained, minus that of 400 random sums",
        rule=Rule(above=0),
    ),
    "untrained-depth-helps-at-equal-width": claim(
        untrained(at_equal_width(S4)).of(LENET),
        at_equal_width(PIXELS).of(LENET),
        sentence="At equal width two untrained stages make digits easier to read than the pixels "
        "do.",
        quantity="accuracy of a softmax read-out of 84 random sums of S4, untrained, minus that of "
        "84 random sums of the pixels",
        rule=Rule(above=0),
    ),
    "untrained-depth-fades": claim(
        untrained(at_equal_width(F6)).of(LENET),
        untrained(at_equal_width(S4)).of(LENET),
        sentence="Without training, and at equal width, the last hidden layer reads digits worse "
        "than the second stage does.",
        quantity="accuracy of a softmax read-out of F6, untrained, minus that of 84 random sums of "
        "S4, untrained",
        rule=Rule(below=0),
    ),
    "untrained-second-layer-helps-at-equal-width": claim(
        untrained(at_equal_width(CONV2)).of(SMALL),
        untrained(at_equal_width(CONV1)).of(SMALL),
        sentence="At equal width the smaller network's second layer reads better than its first, "
        "both untrained.",
        quantity="accuracy of a softmax read-out of 84 random sums of conv2, untrained, minus that "
        "of 84 of conv1",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "training-matters-more-with-depth": claim(
        errors_removed(at_equal_width(F6)).of(LENET),
        errors_removed(at_equal_width(S2)).of(LENET),
        sentence="At equal width, training takes a larger share of a read-out's errors from the "
        "last hidden layer than from the first stage.",
        quantity="share of the errors that training removes from a softmax read-out of F6, minus "
        "that of 84 random sums of S2",
        rule=Rule(above=0),
    ),
    "units-are-selective": claim(
        BEST_UNIT.of(LENET),
        sentence="On average the best single unit for a digit prefers that digit, three times over "
        "chance.",
        quantity="share of that digit among the digits that excite its best unit of C5 most; mean "
        "of ten digits",
        rule=Rule(above=30),
    ),
    "training-makes-units-selective": claim(
        BEST_UNIT.of(LENET),
        untrained(BEST_UNIT).of(LENET),
        sentence="On average training makes the best unit for a digit prefer it more.",
        quantity="that share, trained minus untrained; mean of ten digits",
        rule=Rule(above=10),
    ),
    "no-unit-is-a-detector": claim(
        BEST_UNIT.of(LENET),
        sentence="On average the best single unit for a digit falls short of what we ask of a "
        "detector, 90 %.",
        quantity="that share, in the trained network; mean of ten digits",
        rule=Rule(below=DETECTS),
    ),
    "outputs-are-detectors": claim(
        OUTPUT_UNIT.of(LENET),
        sentence="On average an output unit, which adds up all 84 units of F6, is a detector.",
        quantity="the same share for the ten output units; mean of ten digits",
        rule=Rule(above=DETECTS),
    ),
}

EXPERIMENT = Experiment(ARMS, HierarchyStudy, measure, CLAIMS)
