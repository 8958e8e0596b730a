"""An interval covers what it says it covers, and stays within what the quantity can be."""

import numpy as np
import pytest
from scipy import stats

from cnnfilters.evidence import Interval

TRIES = 1_500  # simulated studies: the standard error of a coverage of 95 % is 0.6 %


def test_the_interval_of_a_mean_is_students():
    values = np.random.default_rng(0).normal(size=7)
    expected = stats.ttest_1samp(values, 0).confidence_interval(0.95)
    measured = Interval.of(list(values))
    assert (measured.low, measured.high) == pytest.approx((expected.low, expected.high))
    assert measured.networks == 7
    assert measured.values == tuple(values)


def test_one_network_has_no_interval():
    with pytest.raises(ValueError, match="at least two networks"):
        Interval.of([1.0])


@pytest.mark.parametrize("ends", [(2.0, 1.0), (float("nan"), 1.0), (0.0, float("inf"))])
def test_an_interval_must_hold_its_mean(ends):
    with pytest.raises(ValueError, match="must lie within"):
        Interval(1.5, *ends, 5)


def test_a_p_value_is_that_of_students_test_on_the_side_of_the_limit():
    values = np.random.default_rng(1).normal(1.0, size=6)
    for limit in (-0.5, 0.3, 2.0):
        side = "greater" if values.mean() > limit else "less"
        expected = stats.ttest_1samp(values, limit, alternative=side).pvalue
        assert Interval.of(list(values)).p_value(limit) == pytest.approx(expected)


@pytest.mark.parametrize("values", [[98.0, 100, 96, 100, 98], [1.6, 0, 0, 1.6, 0], [40.0, 55, 61]])
def test_the_ends_of_an_interval_with_bounds_are_where_its_p_value_is_one_in_forty(values):
    interval = Interval.of(values, within=(0, 100))
    assert interval.p_value(interval.low) == pytest.approx(0.025)
    assert interval.p_value(interval.high) == pytest.approx(0.025)


@pytest.mark.parametrize(
    ("values", "within"),
    [
        ([98.0, 100, 96, 100, 98], (0, 100)),  # Student's reaches 100.5
        ([0.0, 2, 0, 2, 1], (0, 32)),  # Student's begins at -0.2
        ([0.9, 0.99, 1.0000000000000002, 0.7], (-1, 1)),
        ([100.0] * 5, (0, 100)),
        ([0.0] * 5, (0, 100)),
        ([-100.0, 100, 100], (-100, 100)),
    ],
)
def test_an_interval_stays_within_the_bounds_and_is_no_point(values, within):
    interval = Interval.of(values, within=within)
    assert within[0] <= interval.low < interval.high <= within[1]
    assert interval.low <= interval.mean <= interval.high


def test_far_from_its_bounds_the_interval_is_students():
    values = [49.0, 50.0, 51.5, 50.2]
    free, bound = Interval.of(values), Interval.of(values, within=(0, 100))
    assert (bound.low, bound.high) == pytest.approx((free.low, free.high), rel=1e-3)


def test_of_networks_that_agree_more_things_make_a_narrower_interval():
    lows = [Interval.of([100.0] * 5, within=(0, 100), things=n).low for n in (0, 10, 1_000)]
    assert lows == pytest.approx([39.3, 86.6, 99.8], abs=0.05)


def test_networks_that_agree_where_they_could_differ_are_believed():
    same = Interval.of([0.0] * 3, within=(-100, 100))
    assert (same.low, same.high) == (0, 0)


def test_less_spread_than_independent_draws_have_is_not_believed():
    few = Interval.of([12.0, 12.0, 12.0, 12.0, 13.0], within=(0, 16), things=16)
    assert few.width > 2 * Interval.of([12.0, 12.0, 12.0, 12.0, 13.0]).width


@pytest.mark.parametrize("value", [100.5, -1.0])
def test_a_value_beyond_the_bounds_is_refused(value):
    with pytest.raises(ValueError, match=r"`values` .* must lie within 0 and 100"):
        Interval.of([50.0, value], within=(0, 100))


@pytest.mark.parametrize("mean", [0.5, 0.8, 0.95])
@pytest.mark.parametrize("alike", [0.0, 0.1], ids=["independent", "alike within a network"])
def test_of_shares_the_interval_covers_the_truth(mean, alike):
    """Five networks that count ten things each, with or without a leaning of their own."""
    rng = np.random.default_rng(2)
    shares = np.full((TRIES, 5), mean)
    if alike:
        total = 1 / alike - 1
        shares = rng.beta(mean * total, (1 - mean) * total, (TRIES, 5))
    counts = rng.binomial(10, shares)
    found = [Interval.of(list(10.0 * each), within=(0, 100), things=10) for each in counts]
    covered = np.mean([each.low <= 100 * mean <= each.high for each in found])
    assert covered > 0.93


def crossed(rng, *, networks, digits, spread, difficulty, noise):
    """Studies in which every network meets every digit: their values by network and by digit."""
    own = rng.normal(0, spread, (TRIES, networks, 1))
    hard = rng.normal(0, difficulty, (TRIES, 1, digits))
    table = own + hard + rng.normal(0, noise, (TRIES, networks, digits))
    return table.mean(axis=2), table.mean(axis=1)


@pytest.mark.parametrize(
    ("spread", "difficulty", "noise"),
    [(1, 0, 0), (0, 1, 0), (0.1, 1, 1), (0.1, 1, 0.1), (0.02, 0.3, 1)],
    ids=["networks alone", "digits alone", "both and noise", "both", "noise"],
)
def test_with_networks_and_digits_crossed_the_interval_covers_the_truth(spread, difficulty, noise):
    means = crossed(
        np.random.default_rng(3),
        networks=5, digits=60, spread=spread, difficulty=difficulty, noise=noise,
    )  # fmt: skip
    found = [Interval.of(list(v), digits=list(d)) for v, d in zip(*means, strict=True)]
    assert np.mean([each.low <= 0 <= each.high for each in found]) > 0.935
    assert {each.digits for each in found} == {60}


def test_an_interval_of_networks_alone_misses_what_is_due_to_the_digits():
    values, _ = crossed(
        np.random.default_rng(4), networks=5, digits=60, spread=0.05, difficulty=1, noise=0.1
    )
    found = [Interval.of(list(each)) for each in values]
    assert np.mean([each.low <= 0 <= each.high for each in found]) < 0.8


def test_an_interval_over_digits_is_that_of_a_worked_example():
    interval = Interval.of([1.0, 3.0], digits=[0.0, 2.0, 4.0])
    # variances of the means: 2 / 2 = 1 of 1 degree, 4 / 3 of 2 degrees
    freedom = (1 + 4 / 3) ** 2 / (1 / 1 + (4 / 3) ** 2 / 2)
    reach = stats.t.ppf(0.975, freedom) * np.sqrt(1 + 4 / 3)
    assert interval.freedom == pytest.approx(freedom)
    assert (interval.low, interval.high) == pytest.approx((2 - reach, 2 + reach))
