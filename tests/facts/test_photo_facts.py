"""Facts about filters from photographs, on a study that fits on the page."""

import pytest

from cnnfilters.facts.photo_filters import mean_of, number_of, range_of

STUDY = {
    "arms": {"photographs": {"blobs": [2.0, 4.0, 3.0], "sparseness": [-0.01, 0.004, 0.0]}},
    "photographs": ["astronaut", "coffee"],
    "patches": 9_000,
}


@pytest.mark.parametrize(("part", "text"), [("photographs", "2"), ("patches", "9,000")])
def test_things_are_counted(part, text):
    assert number_of(STUDY, part=part) == text


def test_a_range_goes_from_the_least_to_the_most():
    assert range_of(STUDY, arm="photographs", quantity="blobs") == "2 to 4"


def test_a_range_of_equal_values_is_one_value():
    study = {"arms": {"a": {"blobs": [2, 2]}}}
    assert range_of(study, arm="a", quantity="blobs") == "2"


@pytest.mark.parametrize(
    ("quantity", "digits", "text"),
    [("blobs", 0, "3"), ("sparseness", 3, "−0.002"), ("sparseness", 2, "0.00")],
)
def test_a_mean_is_rounded_with_a_true_minus_and_no_negative_zero(quantity, digits, text):
    assert mean_of(STUDY, arm="photographs", quantity=quantity, digits=digits) == text
