"""A verdict needs a margin of half the interval's width, which is said."""

import pytest

from cnnfilters.evidence import Interval, Rule


@pytest.mark.parametrize(
    ("rule", "low", "high", "verdict"),
    [
        (Rule(above=0), 1.0, 3.0, "supported"),  # clears zero by exactly half its width
        (Rule(above=0), 0.9, 3.0, "undecided"),
        (Rule(above=0), -1.0, 1.0, "undecided"),
        (Rule(above=0), -3.0, -1.0, "refuted"),
        (Rule(above=0), -3.0, -0.9, "undecided"),
        (Rule(below=2), 0.0, 1.0, "supported"),
        (Rule(below=2), 3.0, 4.0, "refuted"),
        (Rule(above=-1, below=1), -0.5, 0.5, "supported"),
        (Rule(above=-1, below=1), -0.6, 0.6, "undecided"),
        (Rule(above=-1, below=1), 2.0, 3.0, "refuted"),
        (Rule(above=-1, below=1), -4.0, -2.0, "refuted"),
    ],
)
def test_a_verdict_needs_a_margin_of_half_the_width(rule, low, high, verdict):
    interval = Interval((low + high) / 2, low, high, 5)
    margin = rule.margin(interval)
    assert rule.verdict(interval) == margin.verdict == verdict
    assert margin.needed == pytest.approx((high - low) / 2)
    assert (margin.cleared >= margin.needed) == (verdict != "undecided")


def test_a_count_is_decided_without_a_margin():
    assert Rule(above=60_839, below=60_841).verdict(Interval.exactly(60_840)) == "supported"
    assert Rule(above=0).verdict(Interval.exactly(0)) == "refuted"


def test_the_mean_of_an_interval_that_is_wider_on_one_side_says_which_side_it_is_on():
    lopsided = Interval(98.0, 80.0, 99.0, 5)
    assert Rule(above=90).margin(lopsided).holds
    assert Rule(above=90).verdict(lopsided) == "undecided"


@pytest.mark.parametrize(
    ("interval", "rule", "words"),
    [
        (Interval(0.64, 0.05, 1.23, 5), Rule(above=0), "clears 0 by 0.0500 points; needs 0.590"),
        (Interval(0.5, -0.5, 1.5, 5), Rule(above=0), "lies within the interval; needs 1 points"),
        (Interval(-2.0, -3.0, -1.0, 5), Rule(above=0), "on the other side of 0 by 1 points"),
        (Interval(5.0, 4.0, 6.0, 5), Rule(below=8), "clears 8 by 2 points; needs 1"),
    ],
)
def test_the_margin_is_said(interval, rule, words):
    assert words in rule.margin(interval).words("points")


def test_a_p_value_with_two_limits_is_that_of_the_harder_one():
    interval = Interval.of([0.5, 0.6, 0.4, 0.7])
    both = Rule(above=0, below=1).p_value(interval)
    assert both == max(Rule(above=0).p_value(interval), Rule(below=1).p_value(interval))


def test_a_p_value_is_for_the_verdict_that_the_mean_points_to():
    interval = Interval.of([-2.0, -3.0, -2.5])
    assert Rule(above=0).p_value(interval) == interval.p_value(0) < 0.05
