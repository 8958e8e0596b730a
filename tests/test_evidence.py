from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from cnnfilters.evidence import Claim, Interval, Rule


def claim(interval: Interval, expected: str = "supported") -> Claim:
    return Claim("Kernels < noise.", "Difference", "points", interval, Rule(above=0), expected)


def test_the_interval_of_a_mean_is_students() -> None:
    values = np.random.default_rng(0).normal(size=7)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    measured = Interval.of(list(values))
    assert (measured.low, measured.high) == pytest.approx((expected.low, expected.high))
    assert measured.networks == 7


def test_one_network_has_no_interval() -> None:
    with pytest.raises(ValueError, match="at least two networks"):
        Interval.of([1.0])


@pytest.mark.parametrize("ends", [(2.0, 1.0), (float("nan"), 1.0), (0.0, float("inf"))])
def test_an_interval_must_hold_its_mean(ends: tuple[float, float]) -> None:
    with pytest.raises(ValueError, match="must lie within"):
        Interval(1.5, *ends, 5)


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
def test_a_verdict_needs_a_margin_of_half_the_width(
    rule: Rule, low: float, high: float, verdict: str
) -> None:
    assert rule.verdict(Interval((low + high) / 2, low, high, 5)) == verdict


def test_a_count_is_decided_without_a_margin() -> None:
    assert Rule(above=60_839, below=60_841).verdict(Interval.exactly(60_840)) == "supported"
    assert Rule(above=0).verdict(Interval.exactly(0)) == "refuted"


def test_only_the_opposite_verdict_contradicts_the_text() -> None:
    assert not claim(Interval(2, 1, 3, 5)).contradicted
    assert not claim(Interval(0, -1, 1, 5)).contradicted
    assert claim(Interval(-2, -3, -1, 5)).contradicted
    assert claim(Interval(2, 1, 3, 5), expected="refuted").contradicted


def test_the_box_says_sentence_value_rule_and_verdict() -> None:
    box = claim(Interval(2, 1, 3, 5)).html("my-claim", ledger="../claims/")
    for part in (
        "Kernels &lt; noise.",
        "Supported",
        "2 points (95 % interval 1 to 3)",
        "5 networks",
    ):
        assert part in box
    assert 'href="../claims/#my-claim"' in box
    assert "holds if the value is above 0 points" in box


def test_the_box_says_where_this_build_found_otherwise() -> None:
    as_written = claim(Interval(2, 1, 3, 5))
    assert as_written.otherwise == ""
    undecided = claim(Interval(0, -1, 1, 5))
    said = "The text was written where this was supported; here it is undecided."
    assert undecided.otherwise == said
    assert said in undecided.html("my-claim", ledger="../claims/")
    assert "not rely" in claim(Interval(2, 1, 3, 5), expected="undecided").otherwise


def test_the_box_says_what_a_value_stands_for() -> None:
    box = replace(claim(Interval(2, 1, 3, 5)), replicates="fits").html(
        "my-claim", ledger="../claims/"
    )
    assert "5 fits" in box
    assert "networks" not in box
