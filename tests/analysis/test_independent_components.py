"""Known sources are found again; a Gaussian twin gives none; the layer is cross-correlation."""

import numpy as np
import pytest
import torch
from scipy import stats

from cnnfilters.analysis.independent_components import (
    MOST_STEPS,
    Components,
    as_conv2d,
    best_matches,
    excess_kurtosis,
    fit_components,
    random_mixtures,
)
from cnnfilters.analysis.orientation_and_colour import chance_limits, orientation
from cnnfilters.analysis.patches import contrast_normalised, gaussian_twin, photograph_patches
from cnnfilters.convolution import cross_correlate

CHANNELS, SIDE, COUNT = 3, 4, 12


@pytest.fixture(scope="module")
def patterns() -> np.ndarray:
    """Twelve patterns that nothing but the test knows."""
    return np.random.default_rng(5).normal(size=(COUNT, CHANNELS, SIDE, SIDE))


@pytest.fixture(scope="module")
def rows(patterns: np.ndarray) -> np.ndarray:
    """Patches that are sparse sums of the patterns."""
    sources = np.random.default_rng(6).laplace(size=(6_000, COUNT))
    return sources @ patterns.reshape(COUNT, -1)


@pytest.fixture(scope="module")
def found(rows: np.ndarray) -> Components:
    return fit_components(rows, count=COUNT, seed=1)


def test_known_patterns_are_found_again(found: Components, patterns: np.ndarray) -> None:
    assert found.steps < MOST_STEPS
    assert best_matches(patterns, found.patterns).min() > 0.98


def test_filters_and_patterns_undo_each_other(found: Components) -> None:
    flat = (found.filters.reshape(COUNT, -1), found.patterns.reshape(COUNT, -1))
    np.testing.assert_allclose(flat[0] @ flat[1].T, np.eye(COUNT), atol=1e-4)


def test_answers_are_uncorrelated_and_of_variance_one(found: Components, rows: np.ndarray) -> None:
    answers = rows @ found.filters.reshape(COUNT, -1).T
    np.testing.assert_allclose(np.cov(answers.T), np.eye(COUNT), atol=0.01)


def test_the_largest_weight_of_a_pattern_is_positive(found: Components) -> None:
    flat = found.patterns.reshape(COUNT, -1)
    largest = np.take_along_axis(flat, np.abs(flat).argmax(axis=1)[:, None], axis=1)
    assert (largest > 0).all()


def test_a_seed_gives_the_same_components_and_order_is_free(
    found: Components, rows: np.ndarray
) -> None:
    again, other = (fit_components(rows, count=COUNT, seed=seed) for seed in (1, 2))
    np.testing.assert_array_equal(again.filters, found.filters)
    assert not np.allclose(other.filters, found.filters)
    assert best_matches(found.patterns, other.patterns).min() > 0.98


def test_a_gaussian_twin_hides_the_patterns(rows: np.ndarray, patterns: np.ndarray) -> None:
    twin = fit_components(gaussian_twin(rows, seed=3), count=COUNT, seed=1)
    assert best_matches(patterns, twin.patterns).mean() < 0.9
    assert np.abs(excess_kurtosis(twin.filters, gaussian_twin(rows, seed=4))).max() < 0.4


def test_photographs_have_directions_and_their_twin_few() -> None:
    rows = contrast_normalised(photograph_patches(count=3_000, side=8, seed=7))
    shares = []
    for each in (rows, gaussian_twin(rows, seed=8)):
        fit = fit_components(each, count=32, seed=0)
        shares.append(float((orientation(fit.filters) > chance_limits(fit.filters)[0]).mean()))
    assert shares[0] > 0.5
    assert shares[1] < 0.15


@pytest.mark.parametrize(
    ("count", "channels", "message"),
    [
        (0, 3, r"`count` \(=0\) must be 1 to 12, the dimensions"),
        (13, 3, r"`count` \(=13\) must be 1 to 12"),
        (2, 5, r"`rows` \(of 48 weights\) must hold square patches of 5 channels"),
    ],
)
def test_what_cannot_be_fitted_is_refused(
    count: int, channels: int, message: str, rows: np.ndarray
) -> None:
    with pytest.raises(ValueError, match=message):
        fit_components(rows, count=count, channels=channels)


def test_mixtures_see_the_same_and_stay_uncorrelated(found: Components, rows: np.ndarray) -> None:
    mixed = random_mixtures(found.filters, times=2).reshape(2, COUNT, -1)
    for each in mixed:
        np.testing.assert_allclose(np.cov((rows @ each.T).T), np.eye(COUNT), atol=0.02)
        assert np.linalg.matrix_rank(np.vstack([each, found.filters.reshape(COUNT, -1)])) == COUNT
    assert not np.allclose(mixed[0], mixed[1])


def test_mixtures_are_less_sparse_than_the_components(found: Components, rows: np.ndarray) -> None:
    mixed = random_mixtures(found.filters, times=1)
    assert excess_kurtosis(mixed, rows).max() < excess_kurtosis(found.filters, rows).min()


def test_sparseness_is_what_scipy_calls_kurtosis(found: Components, rows: np.ndarray) -> None:
    answers = rows @ found.filters.reshape(COUNT, -1).T
    np.testing.assert_allclose(excess_kurtosis(found.filters, rows), stats.kurtosis(answers))


def test_a_match_ignores_sign_and_length(patterns: np.ndarray) -> None:
    np.testing.assert_allclose(best_matches(patterns, -3 * patterns[::-1]), 1)
    assert best_matches(patterns[:1], patterns[1:]).item() < 0.6


def test_the_layer_is_cross_correlation(patterns: np.ndarray) -> None:
    layer = as_conv2d(patterns)
    image = np.random.default_rng(0).uniform(size=(CHANNELS, 9, 11)).astype(np.float32)
    ours = cross_correlate(image.astype(np.float64), patterns)
    theirs = layer(torch.from_numpy(image)[None])[0].numpy()
    np.testing.assert_allclose(theirs, ours, atol=1e-4)
    assert not any(weight.requires_grad for weight in layer.parameters())
    assert layer.bias is None
