"""The sentences about projections when weights are random, each with its rule."""

from __future__ import annotations

from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import DEFAULT, claim
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.randomised_weights import RandomisedWeightsStudy, likeness, measure

CLAIMS = {
    "guided-changes-less": claim(
        likeness("guided", "fc").of(DEFAULT),
        likeness("gradient", "fc").of(DEFAULT),
        sentence="When the last layer is random, guided backpropagation changes less than the "
        "gradient.",
        quantity="rank correlation before and after, guided backpropagation minus the gradient",
        rule=Rule(above=0),
    ),
    "deconvnet-changes-less": claim(
        likeness("deconvnet", "fc").of(DEFAULT),
        likeness("gradient", "fc").of(DEFAULT),
        sentence="When the last layer is random, the deconvnet changes less than the gradient.",
        quantity="rank correlation before and after, deconvnet minus the gradient",
        rule=Rule(above=0),
        expected="undecided",
    ),
    "guided-outlives-what-is-above": claim(
        likeness("guided", "conv2").of(DEFAULT),
        sentence="When all weights above the first layer are random, the guided picture keeps a "
        "rank correlation above 0.5 with the one before.",
        quantity="rank correlation of the guided picture before and after",
        rule=Rule(above=0.5),
    ),
    "gradient-needs-the-weights": claim(
        likeness("gradient", "conv1").of(DEFAULT),
        sentence="When all weights are random, the gradient's rank correlation with the one before "
        "falls below 0.5.",
        quantity="rank correlation of the gradient before and after",
        rule=Rule(below=0.5),
        expected="undecided",
    ),
    "guided-needs-them-less": claim(
        likeness("guided", "conv1").of(DEFAULT),
        likeness("gradient", "conv1").of(DEFAULT),
        sentence="Even when all weights are random, guided backpropagation changes less than the "
        "gradient.",
        quantity="rank correlation before and after, guided backpropagation minus the gradient",
        rule=Rule(above=0),
    ),
}

EXPERIMENT = Experiment((DEFAULT,), RandomisedWeightsStudy, measure, CLAIMS)
