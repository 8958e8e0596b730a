"""Random sums: their law, and what is refused."""

import numpy as np
import pytest

from cnnfilters.analysis.random_sums import random_sums

RNG = np.random.default_rng(0)


def test_sums_of_standard_features_have_variance_one():
    features = RNG.normal(size=(2_000, 50))
    sums = random_sums(features, 40, seed=1)
    assert sums.shape == (2_000, 40)
    assert np.mean(sums**2) == pytest.approx(1, abs=0.1)


def test_every_sum_is_linear_in_the_features():
    a, b = RNG.normal(size=(2, 3, 5))
    given = {"count": 4, "seed": 2}
    np.testing.assert_allclose(
        random_sums(2 * a - b, **given), 2 * random_sums(a, **given) - random_sums(b, **given)
    )


def test_the_weights_are_those_of_the_seed_whatever_the_images():
    few, many = RNG.normal(size=(3, 5)), RNG.normal(size=(9, 5))
    many[:3] = few
    first = random_sums(few, 4, seed=7)
    np.testing.assert_allclose(first, random_sums(many, 4, seed=7)[:3])
    assert not np.allclose(first, random_sums(few, 4, seed=8))


def test_other_widths_have_other_weights():
    features = RNG.normal(size=(3, 5))
    wide, narrow = random_sums(features, 6, seed=7), random_sums(features, 4, seed=7)
    assert not np.allclose(wide[:, :4], narrow)


def test_rectified_sums_are_never_negative_and_half_of_them_are_zero():
    sums = random_sums(RNG.normal(size=(500, 30)), 20, seed=0, rectified=True)
    assert sums.min() == 0
    assert np.mean(sums == 0) == pytest.approx(0.5, abs=0.05)


def test_sums_keep_the_kind_of_number():
    assert random_sums(np.ones((2, 3), np.float32), 2, seed=0).dtype == np.float32


def test_no_sum_at_all_is_refused():
    with pytest.raises(ValueError, match=r"`count` \(=0\) must be at least 1"):
        random_sums(np.ones((2, 3)), 0, seed=0)
