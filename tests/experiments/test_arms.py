"""Arms differ in one thing, seeds are paired, and claims follow from what was measured."""

from dataclasses import replace

import numpy as np
import pytest

from cnnfilters.claims import CLAIMS
from cnnfilters.evidence import Rule
from cnnfilters.experiments import EXPERIMENTS, Size
from cnnfilters.experiments.arms import DEFAULT, ENDS, claim
from cnnfilters.experiments.initialisation import SMALL_START, likeness
from cnnfilters.experiments.initialisation_claims import EXPERIMENT
from cnnfilters.experiments.study import Arm, Quantity, by_arm
from cnnfilters.run import Run
from experiments.made_up import study
from figures.runs import made_up

SMALL = Size(seeds=2, steps=10)
EDGE, A, B = Quantity("edge"), Arm("a"), Arm("b")


def test_each_arm_has_each_seed_and_what_it_says_differs():
    configs = replace(EXPERIMENT, arms=(DEFAULT, SMALL_START)).configs("sample", SMALL)
    assert list(configs) == ["default 0", "default 1", "small start 0", "small start 1"]
    assert configs["small start 1"].conv1_scale == 0.1
    assert configs["small start 1"].seed == configs["default 1"].seed == 1


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_arms_of_one_experiment_differ_in_what_is_asked_about_alone(name):
    allowed = {
        "initialisation": {"conv1_scale", "conv1_l2"},
        "start_scales": {"conv1_scale", "learning_rate"},
        "labels_and_pixels": {"labels", "pixels", "train_size", "shift"},
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
    measured = {Arm("a b"): [{EDGE: 1}, {EDGE: 2}], Arm("c"): [{EDGE: 3}]}
    assert by_arm(measured) == {"a b": {"edge": [1.0, 2.0]}, "c": {"edge": [3.0]}}


def test_networks_come_to_the_measurement_by_arm_in_the_order_of_seeds(few_digits):
    given, arms = {}, (Arm("a 1"), DEFAULT)

    def measure(runs, _digits):
        given.update(runs)
        return study({})

    run = made_up()
    names = [f"{arm.name} {seed}" for arm in arms[::-1] for seed in range(11)]
    runs = {name: replace(run, data={"name": name}) for name in names}
    replace(EXPERIMENT, arms=arms, measure=measure).study_of(runs, few_digits)
    assert list(given) == list(arms)
    for arm, networks in given.items():
        assert [each.data["name"] for each in networks] == [f"{arm.name} {n}" for n in range(11)]


def test_a_missing_network_is_not_passed_over(few_digits):
    runs = dict.fromkeys(("default 0", "penalty 0", "penalty 1"), made_up())
    with pytest.raises(KeyError, match="small start 0"):
        EXPERIMENT.study_of(runs, few_digits)


def test_a_difference_is_taken_seed_by_seed():
    found = study({"a": {"edge": [0.5, 0.6, 0.7]}, "b": {"edge": [0.4, 0.5, 0.6]}})
    assert found.differences(EDGE.of(A), EDGE.of(B)) == pytest.approx([0.1, 0.1, 0.1])


@pytest.mark.parametrize(
    ("rule", "verdict"),
    [(Rule(above=0), "supported"), (Rule(above=0.5), "refuted"), (Rule(above=0.1), "undecided")],
    ids=["clear", "opposite", "on the threshold"],
)
def test_a_claim_says_what_its_rule_makes_of_the_difference(rule, verdict):
    more = claim(
        EDGE.of(A), EDGE.of(B), sentence="A is more than b.", quantity="a less b", rule=rule
    )
    made = more(study({"a": {"edge": [0.2, 0.3, 0.4]}, "b": {"edge": [0.1, 0.21, 0.3]}}))
    assert made.verdict == verdict


@pytest.mark.parametrize(
    ("unit", "alone", "compared"), [("%", "%", "points"), ("", "", ""), ("points",) * 3]
)
def test_a_difference_of_percent_is_in_points(unit, alone, compared):
    share, words = Quantity("share", unit), {"sentence": "A.", "quantity": "a", "rule": Rule()}
    found = study({"a": {"share": [1.0, 2.0]}, "b": {"share": [2.0, 4.0]}})
    assert claim(share.of(A), **words)(found).unit == alone
    assert claim(share.of(A), share.of(B), **words)(found).unit == compared


def test_two_trainings_that_add_the_same_are_alike_and_neighbours_are_not():
    full, small = made_up(scale=1.0), made_up(scale=0.01)
    assert likeness(full, small) > 0.9
    assert likeness(full, small, turn=1) < 0.5


def test_a_start_that_both_trainings_keep_makes_them_no_more_alike():
    """Two networks of one start, three times as strong in the end, that learned nothing alike."""
    rng = np.random.default_rng(0)
    start = rng.normal(size=(16, 1, 5, 5))
    one, other = (
        Run(
            np.arange(2),
            {"conv1.weight": np.stack([start, 3 * start + rng.normal(size=start.shape)])},
            np.ones(2),
            np.ones(2),
            {},
            {},
            {},
        )
        for _ in range(2)
    )
    assert likeness(one, other) == pytest.approx(0, abs=0.15)


def test_a_sentence_names_the_length_of_the_trainings():
    told = claim(EDGE.of(A), sentence="After {steps} steps, a.", quantity="a", rule=Rule(above=0))
    long = replace(study({"a": {"edge": [1.0, 2.0]}}), steps=1_876)
    assert told(long).sentence == "After 1,876 steps, a."


def test_every_claim_rests_on_a_study_and_is_worded_as_a_sentence(results):
    for name, recipe in CLAIMS.items():
        made = results.make(recipe)
        assert recipe.inputs[0].startswith("study:"), name
        assert made.sentence.endswith("."), name
