"""Facts about read-outs and units: leads with intervals, and digits by name."""

import pytest

from cnnfilters.experiments.hierarchy import F6, LENET, PIXELS
from cnnfilters.facts import read_outs
from experiments.made_up import study


def test_a_lead_is_the_mean_of_pairs_with_its_interval():
    found = study({"LeNet5": {"F6": [84.0, 88.0, 86.0], "pixels": [88.0, 88.0, 90.0]}})
    told = read_outs.lead(found, series=F6.of(LENET), baseline=PIXELS.of(LENET))
    assert told == "−2.7 points (95 % interval −8.4 to 3.1)"


SHARES = {"all": [95.0] * 10, "two": [10.0, 90.0, 89.9] + [20.0] * 6 + [99.0], "no": [20.0] * 10}


@pytest.mark.parametrize(("units", "told"), [("two", "1 and 9"), ("no", "none")])
def test_the_digits_of_detectors_are_named(units, told):
    best = {"LeNet5": {"purity": SHARES[units], "output": SHARES["all"]}}
    assert read_outs.digits_with_a_detector(study({}, "hierarchy", best=best)) == told
