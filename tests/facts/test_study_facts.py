"""Facts about studies: means, spreads and counts, as sentences write them."""

import numpy as np
import pytest

from cnnfilters.experiments.study import Arm, Quantity
from cnnfilters.facts import FACTS, edges, studies
from experiments.made_up import study

A = Arm("a")
SHARE, ACCURACY = Quantity("share"), Quantity("accuracy", "%")


def a_study(**quantities):
    return study({"a": quantities})


@pytest.mark.parametrize(
    ("values", "places", "text"),
    [
        ([0.6, 0.64], 2, "0.62"),
        ([-0.02, -0.04], 2, "−0.03"),
        ([-0.01, 0.004, 0.0], 3, "−0.002"),
        ([-0.01, 0.004, 0.0], 2, "0.00"),
        ([2, 3], 1, "2.5"),
        ([2, 4, 3], 0, "3"),
    ],
)
def test_a_mean_is_rounded_with_a_true_minus_and_no_negative_zero(values, places, text):
    assert studies.mean(a_study(share=values), series=SHARE.of(A), places=places) == text


def test_a_mean_in_per_cent_says_so_and_a_difference_of_two_does_not():
    found = study({"a": {"accuracy": [96.0, 97.0]}, "b": {"accuracy": [90.0, 93.0]}})
    series, baseline = ACCURACY.of(A), ACCURACY.of(Arm("b"))
    assert studies.mean(found, series=series, places=1) == "96.5 %"
    assert studies.mean(found, series=series, baseline=baseline, places=1) == "5.0"


def test_a_share_is_in_whole_percent():
    assert studies.share(a_study(share=[0.4, 0.46]), series=SHARE.of(A)) == "43 %"


@pytest.mark.parametrize(("values", "text"), [([2.0, 4.0, 3.0], "2 to 4"), ([2, 2], "2")])
def test_a_spread_goes_from_the_least_to_the_most(values, text):
    assert studies.spread(a_study(share=values), series=SHARE.of(A)) == text


def test_things_are_counted():
    assert studies.networks(a_study(share=[0.1, 0.2, 0.3]), series=SHARE.of(A)) == "3"
    assert studies.count(study({}, "hierarchy"), field="learned") == "4,000"
    assert studies.count(study({}, "randomised_weights"), field="digits") == "50"


def test_what_a_study_keeps_beside_its_arms_is_read():
    agreement = {"agreement": {"guided": [0.25, 0.75]}}
    found = study({}, "randomised_weights", units=agreement)
    assert studies.agreement(found, method="guided") == "0.50"
    assert studies.ink_lost(study({}, "flattening", ink_kept=[1.0, 0.875])) == "12.5 %"
    assert edges.reference_edge(study({}, "labels_and_pixels", reference_edge=0.756)) == "0.76"


MEANS = [
    name
    for module in (studies, edges)
    for name, recipe in module.FACTS.items()
    if recipe.make is studies.mean
]


@pytest.mark.parametrize("name", MEANS)
def test_each_mean_is_of_the_networks_that_it_names(name, results):
    recipe = FACTS[name]
    measured = results.get(*recipe.inputs).arms
    series, baseline = recipe.options["series"], recipe.options["baseline"]
    values = np.array(measured[series.arm.name][series.quantity.name])
    if baseline:
        values = values - measured[baseline.arm.name][baseline.quantity.name]
    said = float(results.make(recipe).removesuffix(" %").replace("−", "-"))
    assert said == pytest.approx(values.mean(), abs=0.501 * 10 ** -recipe.options["places"])
