"""Facts about projections and class images, from numbers that are known."""

from cnnfilters.facts import projection

STUDY = {
    "digits": 50,
    "steps": 1250,
    "units": {"agreement": {"guided": [0.25, 0.75]}},
    "arms": {"default": {"guided fc": [-0.3, -0.1], "plain ink": [40.0, 43.0], "plain near": [80]}},
}


def test_they_are_means_of_what_was_measured():
    assert projection.agreement(STUDY, method="guided") == "0.50"
    assert projection.kept(STUDY, method="guided", stage="fc") == "−0.20"
    assert projection.ink(STUDY, way="plain") == "42 %"
    assert projection.near(STUDY, way="plain") == "80 %"


def test_counts_are_written_as_counts():
    assert projection.projected(STUDY) == "50"
    assert projection.steps(STUDY) == "1,250"
