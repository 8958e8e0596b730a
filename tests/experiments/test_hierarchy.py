"""Read-outs by depth, single units and counts: on studies whose answer is known."""

import copy

import numpy as np
import pytest

from cnnfilters.analysis.random_sums import random_sums
from cnnfilters.config import TrainConfig
from cnnfilters.experiments import hierarchy, hierarchy_claims
from cnnfilters.experiments.experiment import Size
from cnnfilters.experiments.hierarchy_claims import CLAIMS, EXPERIMENT
from cnnfilters.experiments.hierarchy_probes import (
    EQUAL_WIDTH,
    Features,
    Sample,
    at_equal_width,
    by_ridge,
    errors_removed,
    random_sums_of_pixels,
    read_random_sums,
    read_stages,
    removed,
    untrained,
)
from cnnfilters.experiments.hierarchy_units import OUTPUT_DETECTORS, best_of, detected, unit_numbers
from cnnfilters.experiments.study import Quantity
from cnnfilters.lenet import lenet_1998
from experiments.made_up import made, study

STUDY = study(
    {
        "LeNet5": {
            "pixels": [90.0, 90.0, 90.0],
            "pixels in 84": [84.0, 84.2, 84.1],
            "untrained S2": [93.0, 93.2, 93.4],
            "S2 random sums": [92.0, 92.1, 92.2],
            "S4 random sums": [89.0, 89.1, 89.2],
            "untrained S4": [94.0, 94.2, 94.1],
            "untrained S4 in 84": [89.0, 89.2, 89.1],
            "F6": [96.5, 96.6, 96.7],
            "untrained F6 in 84": [82.0, 83.0, 82.5],
            "least step": [-0.2, 0.3, -0.3],
            "S2 in 84 errors removed": [40.0, 42.0, 44.0],
            "F6 in 84 errors removed": [78.0, 79.0, 80.0],
            "best unit": [78.0, 79.0, 77.0],
            "untrained best unit": [44.0, 43.0, 45.0],
            "output unit": [93.0, 94.0, 93.5],
        },
        "SmallCNN": {
            "pixels": [90.0, 90.0, 90.0],
            "conv2": [96.8, 96.9, 97.0],
            "untrained conv1 in 84": [87.0, 87.1, 87.2],
            "untrained conv2 in 84": [89.0, 89.1, 89.2],
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
    "untrained-first-stage-helps": ("LeNet5", "untrained S2", 80.0),
    "untrained-convolution-beats-width": ("LeNet5", "S2 random sums", 96.0),
    "untrained-second-stage-beats-width": ("LeNet5", "S4 random sums", 96.0),
    "untrained-depth-helps-at-equal-width": ("LeNet5", "pixels in 84", 92.0),
    "untrained-depth-fades": ("LeNet5", "untrained F6 in 84", 92.0),
    "untrained-second-layer-helps-at-equal-width": ("SmallCNN", "untrained conv2 in 84", 80.0),
    "training-matters-more-with-depth": ("LeNet5", "S2 in 84 errors removed", 95.0),
    "no-stage-reads-worse": ("LeNet5", "least step", -2.0),
    "units-are-selective": ("LeNet5", "best unit", 15.0),
    "training-makes-units-selective": ("LeNet5", "untrained best unit", 75.0),
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
    narrow_a, narrow_b = at_equal_width(a), at_equal_width(b)
    before = {a: 88, b: 70, narrow_a: 60, narrow_b: 50}
    after = {a: 91, b: 90, narrow_a: 80, narrow_b: 75}
    numbers = {hierarchy.PIXELS: 80, **after, **{untrained(k): v for k, v in before.items()}}
    assert hierarchy._differences([a, b], numbers) == {
        hierarchy.LEAST_STEP: -1,
        errors_removed(a): pytest.approx(25),
        errors_removed(b): pytest.approx(200 / 3),
        errors_removed(narrow_a): pytest.approx(50),
        errors_removed(narrow_b): pytest.approx(50),
    }


def test_of_no_errors_none_are_removed():
    a = Quantity("a")
    assert removed(a, {untrained(a): 100.0, a: 100.0}) == 0


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
        assert measured.arms[arm]["detectors"][0] == len(detected(best["purity"]))


def test_each_stage_is_read_beside_its_controls_by_both_read_outs(studies):
    for arm, stages in hierarchy.STAGES.items():
        read = [hierarchy.PIXELS, at_equal_width(hierarchy.PIXELS)]
        read += [random_sums_of_pixels(stage) for stage in stages if arm == hierarchy.LENET]
        learned = [name for stage in stages for name in (stage, at_equal_width(stage))]
        both = [name for plain in read + learned for name in (plain, by_ridge(plain))]
        both += [untrained(name) for plain in learned for name in (plain, by_ridge(plain))]
        found = studies["hierarchy"].arms[arm.name]
        assert {name.name for name in both} <= found.keys()
        assert all(0 <= value <= 100 for name in both for value in found[name.name])


LABELS = np.arange(240) % 3


def features(width, seed=0):
    """Numbers of which a few tell the class."""
    numbers = np.random.default_rng(seed).normal(size=(240, width)).astype(np.float32)
    numbers[:, :3] += 4 * np.eye(3, dtype=np.float32)[LABELS]
    return numbers


def sample():
    images = np.zeros((240, 2, 2), np.float32)
    return Sample(Features(images, images), LABELS, LABELS)


def test_a_stage_of_the_narrowest_width_is_left_as_it_is():
    stage, given = Quantity("F6", "%"), Features(features(EQUAL_WIDTH), features(EQUAL_WIDTH, 1))
    found = read_stages({stage: given}, sample(), seed=3)
    assert found[at_equal_width(stage)] == found[stage]


def test_a_wider_stage_is_brought_to_the_same_width_by_the_sums_of_its_seed():
    stage, given = Quantity("S2", "%"), Features(features(400), features(400, 1))
    found = read_stages({stage: given}, sample(), seed=3)
    sums = given.map(lambda numbers: random_sums(numbers, EQUAL_WIDTH, seed=3))
    assert found[at_equal_width(stage)] == sample().read(stage, sums)[stage]
    assert found[at_equal_width(stage)] != found[stage]


def test_random_sums_of_pixels_read_no_feature_of_the_stage():
    stage, noise = Quantity("S2", "%"), np.random.default_rng(5).normal(size=(2, 240, 30))
    pixels = Features(noise[0], noise[1])  # tell nothing
    found = read_random_sums({stage: 50}, pixels, sample(), seed=0)
    assert found[random_sums_of_pixels(stage)] == pytest.approx(100 / 3, abs=12)


def test_the_units_of_known_features_are_found():
    last = np.zeros((240, 2 * 4), np.float32)  # two channels of four places
    last[LABELS == 1, 5] = 1  # the second channel answers to class 1 alone, at one place
    logits = np.eye(3)[LABELS]
    best = best_of(Features(last, last), 2, logits, sample())
    assert best["units"][1] == 1
    assert best["purity"][1] == 100
    assert best["output"] == [100, 100, 100]
    assert unit_numbers(best)[OUTPUT_DETECTORS] == 3
