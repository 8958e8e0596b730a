"""Every claim knows where it comes from, and which rules are not older than the look."""

import pytest

from cnnfilters.claims import CLAIMS, EXPLORATORY, completed, held_out
from cnnfilters.evidence import Interval, Rule
from cnnfilters.experiments.arms import ACCURACY, DEFAULT, claim
from experiments.made_up import study
from pipeline.places import ROOT

VALUES = study({"default": {"accuracy": [97.0, 98.0]}})


def made(name="a", of=VALUES):
    make = claim(ACCURACY.of(DEFAULT), sentence="A.", quantity="a", rule=Rule(above=50))
    return completed(of, make=make, name=name, source="here.py")


def test_a_claim_has_the_steps_digits_values_and_chance_of_its_study():
    found = made()
    assert (found.steps, found.digits, found.source) == (190, 1_000, "here.py")
    assert found.values == (97.0, 98.0)
    assert found.chance.value == 10.0


def test_where_nothing_is_trained_no_digit_was_held_out():
    found = made(of=study({"default": {"accuracy": [97.0, 98.0]}}, steps=0))
    assert (found.steps, found.digits) == (0, 0)


def test_a_rule_that_is_not_older_than_the_look_is_marked():
    late = "cnn-tolerates-more-than-a-perceptron"
    assert made(late).exploratory == EXPLORATORY[late]
    assert made().exploratory == ""


def test_only_claims_are_called_exploratory():
    assert EXPLORATORY.keys() <= CLAIMS.keys()


def test_a_claim_comes_from_the_file_that_holds_its_name():
    for name, recipe in CLAIMS.items():
        source = recipe.make.keywords["source"]
        assert f'"{name}"' in (ROOT / source).read_text(encoding="utf-8"), name


def test_words_without_a_number_of_digits_are_refused():
    with pytest.raises(ValueError, match="must say how many digits"):
        held_out(study({}, held_out_words="some digits"))


def test_every_interval_of_the_last_build_stays_within_what_its_quantity_can_be(results):
    for name, recipe in CLAIMS.items():
        interval = results.make(recipe).interval
        assert isinstance(interval, Interval)
        if interval.within:
            assert interval.within[0] <= interval.low <= interval.high <= interval.within[1], name


def test_a_percentage_in_a_claim_has_bounds(results):
    """But for a frame's strength, which is compared with a digit's and may be the larger."""
    made = {name: results.make(recipe) for name, recipe in CLAIMS.items()}
    shares = {name for name, found in made.items() if found.unit == "%" and found.networks}
    free = {name for name in shares if made[name].interval.within is None}
    assert free == {"padding-draws-a-frame"}
