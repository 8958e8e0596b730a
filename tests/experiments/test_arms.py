"""Arms differ in one thing, seeds are paired, and claims follow from what was measured."""

import pytest

from cnnfilters.claims import CLAIMS
from cnnfilters.evidence import Rule
from cnnfilters.experiments import EXPERIMENTS, Size
from cnnfilters.experiments.arms import ENDS, arm_configs, by_arm, claim, differences
from cnnfilters.experiments.initialisation import likeness
from figures.runs import made_up

SMALL = Size(seeds=2, steps=10)
STUDY = {"arms": {"a": {"edge": [0.5, 0.6, 0.7]}, "b": {"edge": [0.4, 0.5, 0.6]}}}


def test_each_arm_has_each_seed_and_what_it_says_differs():
    configs = arm_configs({"default": {}, "small start": {"conv1_scale": 0.1}}, "sample", SMALL)
    assert list(configs) == ["default 0", "default 1", "small start 0", "small start 1"]
    assert configs["small start 1"].conv1_scale == 0.1
    assert configs["small start 1"].seed == configs["default 1"].seed == 1


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_arms_of_one_experiment_differ_in_what_is_asked_about_alone(name):
    allowed = {
        "initialisation": {"conv1_scale", "conv1_l2"},
        "labels_and_pixels": {"labels", "pixels"},
        "frozen_filters": {"conv1", "train_size"},
        "silenced_kernels": set(),
        "units": set(),
        "randomised_weights": set(),
        "class_images": set(),
        "hierarchy": {"model"},
    }
    if name not in allowed:
        pytest.skip("has tests of its own")
    configs = EXPERIMENTS[name].configs("sample", SMALL).values()
    first, *others = (config.to_mapping() for config in configs if config.seed == 0)
    changed = {field for other in others for field in first if other[field] != first[field]}
    assert changed - ENDS.keys() == allowed[name]


def test_numbers_are_gathered_by_arm_in_the_order_of_seeds():
    measured = {"a b 0": {"edge": 1}, "a b 1": {"edge": 2}, "c 0": {"edge": 3}}
    assert by_arm(measured) == {"a b": {"edge": [1.0, 2.0]}, "c": {"edge": [3.0]}}


def test_a_difference_is_taken_seed_by_seed():
    assert differences(STUDY, "a: edge", "b: edge") == pytest.approx([0.1, 0.1, 0.1])


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [(Rule(above=0), "supported"), (Rule(above=0.5), "refuted"), (Rule(above=0.1), "undecided")],
    ids=["clear", "opposite", "on the threshold"],
)
def test_a_claim_says_what_its_rule_makes_of_the_difference(rule, verdict):
    made = claim(
        {"arms": {"a": {"edge": [0.2, 0.3, 0.4]}, "b": {"edge": [0.1, 0.21, 0.3]}}},
        sentence="A is more than b.",
        quantity="a less b",
        of="a: edge",
        less="b: edge",
        rule=rule,
        page="learning/12-reading-the-weights/",
    )
    assert made.verdict == verdict


def test_two_trainings_that_add_the_same_are_alike_and_neighbours_are_not():
    full, small = made_up(scale=1.0), made_up(scale=0.01)
    assert likeness(full, small) > 0.9
    assert likeness(full, small, turn=1) < 0.5


def test_every_claim_rests_on_a_study_and_is_worded_as_a_sentence(results):
    for name, recipe in CLAIMS.items():
        made = results.make(recipe)
        assert recipe.inputs[0].startswith("study:"), name
        assert made.sentence.endswith("."), name
        assert made.page.endswith("/"), name
