"""Read-outs by depth, single units and counts: on studies whose answer is known."""

import copy

import pytest

from cnnfilters.config import TrainConfig
from cnnfilters.experiments import hierarchy, hierarchy_claims
from cnnfilters.experiments.experiment import Size
from cnnfilters.experiments.hierarchy_claims import CLAIMS, EXPERIMENT
from cnnfilters.experiments.study import Quantity
from cnnfilters.lenet import lenet_1998
from experiments.made_up import made, study

STUDY = study(
    {
        "LeNet5": {
            "pixels": [84.0, 84.0, 84.0],
            "S2": [94.0, 94.2, 94.1],
            "F6": [96.5, 96.6, 96.7],
            "S2 untrained": [93.0, 93.2, 93.4],
            "F6 untrained": [77.0, 78.0, 76.0],
            "dense untrained": [89.0, 89.1, 89.2],
            "least step": [-0.2, 0.3, -0.3],
            "more gained": [17.0, 18.0, 19.0],
            "best unit": [78.0, 79.0, 77.0],
            "best unit untrained": [44.0, 43.0, 45.0],
            "output unit": [93.0, 94.0, 93.5],
        },
        "SmallCNN": {
            "pixels": [84.0, 84.0, 84.0],
            "conv2": [96.8, 96.9, 97.0],
            "conv1 untrained": [95.0, 95.1, 95.2],
            "conv2 untrained": [94.0, 94.1, 94.2],
        },
    }
)
VERDICTS = dict.fromkeys(CLAIMS, "supported") | {"no-stage-reads-worse": "undecided"}


def test_the_networks_of_the_default_start_are_those_that_exist():
    size = Size(seeds=2, steps=7)
    configs = EXPERIMENT.configs("sample", size)
    assert {config.model for config in configs.values()} == {"LeNet5", "SmallCNN"}
    assert configs["SmallCNN 1"] == TrainConfig(seed=1, steps=7)


@pytest.mark.parametrize(("name", "verdict"), VERDICTS.items())
def test_each_claim_has_its_verdict_on_known_values(name, verdict):
    assert made(name, STUDY).verdict == verdict


OPPOSITES = {
    "readable-with-depth": ("LeNet5", "F6", 85.0),
    "small-readable-with-depth": ("SmallCNN", "conv2", 85.0),
    "untrained-first-stage-helps": ("LeNet5", "S2 untrained", 80.0),
    "untrained-convolution-beats-width": ("LeNet5", "dense untrained", 96.0),
    "untrained-depth-does-not-help": ("LeNet5", "F6 untrained", 90.0),
    "untrained-second-layer-does-not-help": ("SmallCNN", "conv2 untrained", 97.0),
    "training-matters-more-with-depth": ("LeNet5", "more gained", -3.0),
    "no-stage-reads-worse": ("LeNet5", "least step", -2.0),
    "units-are-selective": ("LeNet5", "best unit", 15.0),
    "training-makes-units-selective": ("LeNet5", "best unit untrained", 75.0),
    "no-unit-is-a-detector": ("LeNet5", "best unit", 99.0),
    "outputs-are-detectors": ("LeNet5", "output unit", 60.0),
}


@pytest.mark.parametrize(("name", "planted"), OPPOSITES.items())
def test_each_claim_can_be_refuted(name, planted):
    arm, quantity, value = planted
    arms = copy.deepcopy(STUDY.arms)
    arms[arm][quantity] = [value, value + 0.1, value - 0.1]
    assert made(name, study(arms)).verdict == "refuted"


NAMES = ("layers", "parameters", "connections")


@pytest.mark.parametrize("name", [f"lenet-{name}-as-printed" for name in NAMES])
def test_another_count_refutes_that_it_is_the_papers(name, monkeypatch):
    first, *others = lenet_1998()
    another = first._replace(parameters=first.parameters + 1, connections=1)
    monkeypatch.setattr(hierarchy_claims, "lenet_1998", lambda: [another, *others])
    assert made(name, STUDY).verdict == "refuted"


def test_what_follows_from_the_accuracies_of_one_network():
    a, b = Quantity("a"), Quantity("b")
    before = {hierarchy.untrained(a): 88, hierarchy.untrained(b): 70}
    found = hierarchy._differences([a, b], {hierarchy.PIXELS: 80, a: 90, b: 89, **before})
    assert found == {
        hierarchy.LEAST_STEP: -1,
        hierarchy.MORE_GAINED: (89 - 70) - (90 - 88),
    }


def test_trained_networks_are_measured(studies, few_digits):
    measured = studies["hierarchy"]
    assert measured.features["LeNet5"] == {
        "pixels": 784,
        "S2": 1176,
        "S4": 400,
        "C5": 120,
        "F6": 84,
    }
    assert measured.features["SmallCNN"] == {"pixels": 784, "conv1": 2304, "conv2": 512}
    channels = {arm.name: count for arm, (_, count) in hierarchy.UNITS.items()}
    for arm, best in measured.best.items():
        mean = sum(best["output"]) / 10  # of the first network, measured on another way
        assert measured.arms[arm]["output unit"][0] == pytest.approx(mean)
        assert measured.arms[arm]["best unit"][0] == pytest.approx(sum(best["purity"]) / 10)
        assert len(best["units"]) == 10
        assert max(best["units"]) < channels[arm]
        assert best["counted"] == [20] * 10
        assert max(max(shown) for shown in best["shown"]) < len(few_digits.held_out_labels)
