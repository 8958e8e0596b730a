"""Facts about read-outs are means of the networks that were measured."""

import pytest

from cnnfilters.facts import FACTS, READ_OFF, hierarchy

STUDY = {"arms": {"LeNet5": {"F6": [96.0, 97.0, 98.0]}}, "learned": 4_000}


def test_a_mean_is_in_per_cent():
    assert hierarchy.mean(STUDY, of="LeNet5: F6") == "97.0 %"


def test_a_count_has_its_comma():
    assert hierarchy.count(STUDY, of="learned") == "4,000"


@pytest.mark.parametrize("name", READ_OFF)
def test_each_fact_is_the_mean_that_it_names(name, results):
    study = results.get("study:hierarchy")
    arm, quantity = READ_OFF[name].split(": ")
    values = study["arms"][arm][quantity]
    said = float(results.make(FACTS[name]).removesuffix(" %"))
    assert said == pytest.approx(sum(values) / len(values), abs=0.051)
