"""The sentences about the size of the start, each with its rule.

The rules were fixed before the networks were trained, but for those about how much of the start is
left (`FACTOR`): they came after a first look, and so did the limit of what counts as chance, and
the switch from the plain difference, trained minus start, to the rest, which holds nothing of the
start.
"""

from __future__ import annotations

from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import (
    ACCURACY,
    CHANCE_EDGE,
    COSINE,
    DEFAULT,
    EDGE,
    FACTOR,
    REST_EDGE,
    SMOOTHNESS,
    START_EDGE,
    START_SMOOTHNESS,
    UNNAMED,
    claim,
)
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.initialisation import (
    ARMS,
    EARLY_COSINE,
    EARLY_EDGE,
    EARLY_REST_EDGE,
    LIKENESS,
    LIKENESS_OF_OTHERS,
    PENALTY,
    SMALL_START,
    InitialisationStudy,
    measure,
)

NEAR = 0.1  # of the edge fit, which varies more from start to start than a centred share does

CLAIMS = {
    "accuracy-before-kernels": claim(
        EARLY_COSINE.of(DEFAULT),
        sentence="When a network first names nine digits in ten, its first kernels still point "
        "along their random start.",
        quantity="cosine of the first layer with its start at that step",
        rule=Rule(above=0.8),
    ),
    "start-remains": claim(
        COSINE.of(DEFAULT),
        sentence="After {steps} steps from the usual start, the first kernels still resemble their "
        "random start.",
        quantity="cosine of the first layer with its start",
        rule=Rule(above=0.5),
    ),
    "start-is-amplified": claim(
        FACTOR.of(DEFAULT),
        sentence="In {steps} steps from the usual start, training amplifies that start: the first "
        "kernels hold more of those random numbers than before.",
        quantity="a in W = a·W₀ + R: how many times their start W₀ the trained kernels W hold",
        rule=Rule(above=1),
    ),
    "small-start-is-outgrown": claim(
        COSINE.of(DEFAULT),
        COSINE.of(SMALL_START),
        sentence="After {steps} steps, kernels that started ten times smaller point less along "
        "their start than kernels from the usual start do.",
        quantity="cosine with the start, from the usual start minus from the small one",
        rule=Rule(above=0),
    ),
    "small-start-is-amplified": claim(
        FACTOR.of(SMALL_START),
        sentence="In {steps} steps from a start ten times smaller than usual, training amplifies "
        "that start: the first kernels hold more of those random numbers than before.",
        quantity="a in W = a·W₀ + R: how many times their start W₀ the trained kernels W hold",
        rule=Rule(above=1),
    ),
    "small-start-costs-nothing": claim(
        ACCURACY.of(SMALL_START),
        ACCURACY.of(DEFAULT),
        sentence="After {steps} steps, a start ten times smaller than usual costs less than a "
        "point of accuracy.",
        quantity="accuracy from the small start minus from the usual one",
        rule=Rule(above=-1),
    ),
    "start-is-chance": claim(
        START_EDGE.of(DEFAULT),
        CHANCE_EDGE.of(DEFAULT),
        sentence=f"Before training, the mean edge fit is that of chance, to within {NEAR}.",
        quantity="mean edge fit of the start minus what chance gives",
        rule=Rule(above=-NEAR, below=NEAR),
    ),
    "training-adds-edges": claim(
        EDGE.of(DEFAULT),
        START_EDGE.of(DEFAULT),
        sentence="In {steps} steps, training makes the first kernels more edge-like on average.",
        quantity="mean edge fit of the trained kernels minus that of their start",
        rule=Rule(above=0),
    ),
    "training-smooths": claim(
        SMOOTHNESS.of(DEFAULT),
        START_SMOOTHNESS.of(DEFAULT),
        sentence="In {steps} steps, training makes the first kernels smoother on average.",
        quantity="mean Moran's I of the trained kernels minus that of their start",
        rule=Rule(above=0),
    ),
    "start-hides-edges": claim(
        REST_EDGE.of(DEFAULT),
        EDGE.of(DEFAULT),
        sentence="After {steps} steps of our recipe, what the start does not explain of the first "
        "kernels is more edge-like than the kernels as they are.",
        quantity="mean edge fit of the rest R = W − a·W₀ minus that of the trained kernels W",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "start-hides-edges-early": claim(
        EARLY_REST_EDGE.of(DEFAULT),
        EARLY_EDGE.of(DEFAULT),
        sentence="When a network first names nine digits in ten, what the start does not explain "
        "of its first kernels is more edge-like than the kernels as they are.",
        quantity="mean edge fit of the rest R = W − a·W₀ minus that of the kernels W, at that step",
        rule=Rule(above=0),
    ),
    "edges-fade": claim(
        REST_EDGE.of(DEFAULT),
        EARLY_REST_EDGE.of(DEFAULT),
        sentence="From that step to step {steps}, what training added beside the start becomes "
        "less edge-like.",
        quantity="mean edge fit of the rest R after training minus the same when the network first "
        "names nine digits in ten",
        rule=Rule(below=0),
    ),
    "small-start-edges-fade": claim(
        EDGE.of(SMALL_START),
        EARLY_EDGE.of(SMALL_START),
        sentence="From a start ten times smaller than usual, the first kernels become less "
        "edge-like between the step at which a network first names nine digits in ten and step "
        "{steps}.",
        quantity="mean edge fit after training minus the same when the network first names nine "
        "digits in ten",
        rule=Rule(below=0),
    ),
    "small-start-shows-edges": claim(
        EDGE.of(SMALL_START),
        EDGE.of(DEFAULT),
        sentence="After {steps} steps, kernels that started ten times smaller are more edge-like "
        "than kernels from the usual start.",
        quantity="mean edge fit from the small start minus from the usual one",
        rule=Rule(above=0),
    ),
    "penalty-shows-edges": claim(
        EDGE.of(PENALTY),
        EDGE.of(DEFAULT),
        sentence="After {steps} steps with a penalty on the first layer's squared weights, the "
        "first kernels are more edge-like than without.",
        quantity="mean edge fit with the penalty minus without it",
        rule=Rule(above=0),
    ),
    "penalty-removes-the-start": claim(
        FACTOR.of(PENALTY),
        sentence="After {steps} steps with a penalty on the first layer's squared weights, the "
        "first kernels hold less than half of their start.",
        quantity="share of their start W₀ that the trained kernels W hold: a in W = a·W₀ + R",
        rule=Rule(below=0.5),
    ),
    "same-kernels-twice": claim(
        LIKENESS.of(SMALL_START),
        LIKENESS_OF_OTHERS.of(SMALL_START),
        sentence="With their starts taken out, kernels learned from the usual start resemble those "
        "learned from the same start ten times smaller, one by one.",
        quantity="mean cosine of the rest R of a kernel with that of the same kernel from the "
        "small start, minus the same with another kernel",
        rule=Rule(above=0.25),
    ),
    "many-kernels-unnamed": claim(
        UNNAMED.of(DEFAULT),
        sentence="Of 16 kernels trained from the usual start for {steps} steps, more than four are "
        "neither edge nor line nor blob.",
        quantity="unnamed kernels of 16",
        rule=Rule(above=4),
        expected="undecided",
    ),
}

EXPERIMENT = Experiment(ARMS, InitialisationStudy, measure, CLAIMS)
