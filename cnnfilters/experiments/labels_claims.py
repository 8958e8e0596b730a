"""The sentences about what makes edges, each with its rule.

The rules were fixed before the networks were trained, but for those about permuted pixels beside
noise and covariance, about memorised labels, and about how far kernels move: a first look came
before them. That of guessing was narrowed from 25 to 12 %.
"""

from __future__ import annotations

from collections.abc import Callable

from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.experiments.arms import (
    ACCURACY,
    CHANCE_EDGE,
    CHANGE,
    EDGE,
    REST_EDGE,
    REST_SMOOTHNESS,
    claim,
)
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.labels_and_pixels import (
    ARMS,
    AS_SMOOTH_EDGE,
    BEYOND_SMOOTH,
    COVARIANCE_EDGE,
    FEW,
    FEW_DIGITS,
    FITTED,
    MEMORISED,
    PERMUTED,
    SHUFFLED,
    TRUE,
    LabelsAndPixelsStudy,
    measure,
)


def explained(study: LabelsAndPixelsStudy) -> Claim:
    """How much of what the kernels have beyond chance, random ones as smooth have already.

    Example:
        >>> about = {"kernels": {}, "reference": [], "steps": 190, "held_out_words": "1,000 digits"}
        >>> values = {"edge fit": 0.6, "as smooth edge fit": 0.5, "chance edge fit": 0.2}
        >>> arms = {"true": {name: [value] * 2 for name, value in values.items()}}
        >>> study = LabelsAndPixelsStudy(arms=arms, reference_edge=0.25, **about)
        >>> round(explained(study).interval.mean, 6)
        0.75
    """
    chance = CHANCE_EDGE.of(TRUE)
    smooth = study.differences(AS_SMOOTH_EDGE.of(TRUE), chance)
    trained = study.differences(EDGE.of(TRUE), chance)
    return Claim(
        "Random kernels that are as smooth as the trained ones already have more than half of the "
        "trained kernels' edge fit beyond chance.",
        "edge fit of random kernels with the same Moran's I beyond chance, over that of the "
        "trained kernels",
        "",
        Interval.of([one / other for one, other in zip(smooth, trained, strict=True)]),
        Rule(above=0.5),
    )


CLAIMS: dict[str, Callable[[LabelsAndPixelsStudy], Claim]] = {
    "edges-need-image-statistics": claim(
        EDGE.of(TRUE),
        EDGE.of(PERMUTED),
        sentence="After {steps} steps, first kernels are less edge-like where one fixed "
        "permutation has torn neighbouring pixels apart.",
        quantity="mean edge fit with the pixels in order minus with the pixels permuted",
        rule=Rule(above=0),
    ),
    "permuted-beyond-noise": claim(
        EDGE.of(PERMUTED),
        CHANCE_EDGE.of(PERMUTED),
        sentence="After {steps} steps, kernels learned from permuted digits are more edge-like "
        "than noise.",
        quantity="mean edge fit with the pixels permuted minus what chance gives",
        rule=Rule(above=0),
    ),
    "permuted-beyond-covariance": claim(
        EDGE.of(PERMUTED),
        COVARIANCE_EDGE.of(PERMUTED),
        sentence="Kernels learned from permuted digits are more edge-like than random kernels that "
        "vary as patches of the permuted digits do.",
        quantity="mean edge fit with the pixels permuted minus that of random kernels with the "
        "covariance of the permuted digits' patches",
        rule=Rule(above=0),
    ),
    "permuted-still-learns": claim(
        ACCURACY.of(PERMUTED),
        sentence="After {steps} steps on permuted digits, a network names more than 75 % of new "
        "ones.",
        quantity="accuracy on permuted digits",
        rule=Rule(above=75),
    ),
    "permuted-moves-far": claim(
        CHANGE.of(PERMUTED),
        sentence="With permuted pixels, the first kernels change by more than three times the "
        "length of their start.",
        quantity="length of trained − start over that of the start, with the pixels permuted",
        rule=Rule(above=3),
    ),
    "permuted-reads-worse": claim(
        ACCURACY.of(TRUE),
        ACCURACY.of(PERMUTED),
        sentence="After {steps} steps, a network classifies permuted digits worse than digits in "
        "order.",
        quantity="accuracy on digits in order minus on permuted ones",
        rule=Rule(above=0),
    ),
    "permuted-kernels-are-rough": claim(
        REST_SMOOTHNESS.of(TRUE),
        REST_SMOOTHNESS.of(PERMUTED),
        sentence="What the start does not explain of the first kernels is less smooth with the "
        "pixels permuted than in order.",
        quantity="mean Moran's I of the rest R = W − a·W₀, with the pixels in order minus with "
        "them permuted",
        rule=Rule(above=0),
    ),
    "shuffled-labels-teach-nothing": claim(
        ACCURACY.of(SHUFFLED),
        sentence="After {steps} steps with the labels of all digits shuffled, a network classifies "
        "new digits no better than by guessing, to within two points.",
        quantity="accuracy after shuffled labels; guessing gives 10 %",
        rule=Rule(below=12),
    ),
    "shuffled-labels-move-less": claim(
        CHANGE.of(TRUE),
        CHANGE.of(SHUFFLED),
        sentence="With the labels of all digits shuffled, the first kernels change less than with "
        "true labels.",
        quantity="length of trained − start over that of the start, with true labels minus with "
        "shuffled ones",
        rule=Rule(above=0),
    ),
    "fewer-edges-where-nothing-is-learned": claim(
        REST_EDGE.of(TRUE),
        REST_EDGE.of(SHUFFLED),
        sentence="With the labels of all digits shuffled, what the start does not explain of the "
        "first kernels is less edge-like than with true labels.",
        quantity="mean edge fit of the rest R = W − a·W₀, with true labels minus with shuffled "
        "ones",
        rule=Rule(above=0),
    ),
    "edges-where-nothing-is-learned": claim(
        REST_EDGE.of(SHUFFLED),
        CHANCE_EDGE.of(SHUFFLED),
        sentence="Even with the labels of all digits shuffled, what the start does not explain of "
        "the first kernels is more edge-like than noise.",
        quantity="mean edge fit of the rest R = W − a·W₀ with shuffled labels, minus what chance "
        "gives",
        rule=Rule(above=0),
    ),
    "shuffled-labels-still-smooth": claim(
        REST_SMOOTHNESS.of(SHUFFLED),
        sentence="Even with the labels of all digits shuffled, what the start does not explain of "
        "the first kernels is smoother than noise.",
        quantity="mean Moran's I of the rest R = W − a·W₀ with shuffled labels; chance gives −0.04",
        rule=Rule(above=0.1),
    ),
    "few-labels-are-memorised": claim(
        FITTED.of(MEMORISED),
        sentence=f"In {{steps}} steps, a network memorises the shuffled labels of {FEW_DIGITS} "
        "digits.",
        quantity="digits learned from that are named as they were labelled",
        rule=Rule(above=99),
    ),
    "memorised-labels-teach-nothing": claim(
        ACCURACY.of(MEMORISED),
        sentence=f"A network that has memorised the shuffled labels of {FEW_DIGITS} digits names "
        "fewer than 15 % of new ones, where guessing names 10 %.",
        quantity="accuracy after memorised labels; guessing gives 10 %",
        rule=Rule(below=15),
    ),
    "memorised-labels-make-edges": claim(
        EDGE.of(MEMORISED),
        CHANCE_EDGE.of(MEMORISED),
        sentence="First kernels of a network that has memorised the shuffled labels of "
        f"{FEW_DIGITS} digits are more edge-like than noise.",
        quantity="mean edge fit after memorised labels minus what chance gives",
        rule=Rule(above=0),
    ),
    "memorised-labels-move-further": claim(
        CHANGE.of(MEMORISED),
        CHANGE.of(FEW),
        sentence=f"To memorise the shuffled labels of {FEW_DIGITS} digits, the first kernels "
        "change more than to learn their true ones.",
        quantity="length of trained − start over that of the start, with memorised labels minus "
        "with true ones",
        rule=Rule(above=0),
    ),
    "true-labels-make-more-edges": claim(
        EDGE.of(FEW),
        EDGE.of(MEMORISED),
        sentence=f"On the same {FEW_DIGITS} digits, true labels make the first kernels more "
        "edge-like than shuffled labels that were memorised.",
        quantity="mean edge fit with true labels minus with memorised ones",
        rule=Rule(above=0),
    ),
    "more-than-smooth": claim(
        BEYOND_SMOOTH.of(TRUE),
        sentence="After {steps} steps, trained kernels are more edge-like than random ones that "
        "are as smooth as they are.",
        quantity="mean edge fit of the trained kernels minus that of random kernels with the "
        "same Moran's I",
        rule=Rule(above=0),
    ),
    "memorised-more-than-smooth": claim(
        BEYOND_SMOOTH.of(MEMORISED),
        sentence=f"Kernels of a network that has memorised the shuffled labels of {FEW_DIGITS} "
        "digits are more edge-like than random ones that are as smooth as they are.",
        quantity="mean edge fit after memorised labels minus that of random kernels with the same "
        "Moran's I",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "true-labels-go-beyond-smooth": claim(
        BEYOND_SMOOTH.of(FEW),
        BEYOND_SMOOTH.of(MEMORISED),
        sentence=f"On the same {FEW_DIGITS} digits, true labels take the first kernels' edge fit "
        "further beyond that of equally smooth random kernels than memorised labels do.",
        quantity="mean edge fit minus that of random kernels with the same Moran's I, with true "
        "labels minus with memorised ones",
        rule=Rule(above=0),
    ),
    "mostly-smooth": explained,
}

EXPERIMENT = Experiment(ARMS, LabelsAndPixelsStudy, measure, CLAIMS)
