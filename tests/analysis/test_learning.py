"""Distance from the start, and its part in what became of it, on weights known by hand."""

import numpy as np
import pytest

from cnnfilters.analysis.learning import (
    distance_from_start,
    fits_over_time,
    learned_change,
    start_and_rest,
)
from cnnfilters.analysis.nulls import kernel_fits
from cnnfilters.config import TrainConfig
from cnnfilters.run import Run


def run_with(conv1):
    """A Run of nothing but first-layer weights (snapshots, filters, 1, height, width)."""
    count = len(conv1)
    return Run(
        steps=np.arange(count),
        weights={"conv1.weight": np.asarray(conv1, np.float32)},
        loss=np.ones(count),
        accuracy=np.ones(count),
        config=TrainConfig().to_mapping(),
        data={},
        machine={},
    )


@pytest.fixture
def kernels():
    return np.random.default_rng(0).normal(size=(4, 1, 5, 5))


@pytest.mark.parametrize(
    ("factor", "cosine", "change"), [(1, 1, 0), (2, 1, 1), (-1, -1, 2), (0.5, 1, 0.5)]
)
def test_a_start_that_is_only_scaled_keeps_its_direction(kernels, factor, cosine, change):
    distance = distance_from_start(run_with([kernels, factor * kernels]))
    assert distance.cosine[-1] == pytest.approx(cosine)
    assert distance.change[-1] == pytest.approx(change, abs=1e-6)


def test_an_equal_part_at_right_angles_turns_by_45_degrees():
    start, added = np.zeros((2, 1, 1, 5, 5))
    start[0, 0, 1, 2], added[0, 0, 3, 4] = 0.3, 0.3
    distance = distance_from_start(run_with([start, start + added]))
    assert distance.cosine[-1] == pytest.approx(np.sqrt(0.5))
    assert distance.change[-1] == pytest.approx(1)


def test_the_law_of_cosines_holds_between_the_two_measures(kernels):
    end = kernels + np.random.default_rng(1).normal(size=kernels.shape)
    distance = distance_from_start(run_with([kernels, end]))
    growth = np.linalg.norm(end) / np.linalg.norm(kernels)
    squared = 1 + growth**2 - 2 * growth * distance.cosine[-1]
    assert distance.change[-1] ** 2 == pytest.approx(squared, rel=1e-5)


def test_the_learned_change_is_added_to_the_start(kernels):
    run = run_with([kernels, kernels + 0.25])
    np.testing.assert_allclose(learned_change(run), 0.25, atol=1e-6)
    np.testing.assert_array_equal(learned_change(run, snapshot=0), 0)


@pytest.mark.parametrize("factor", [3.0, 1.0, 0.35, 0.0, -2.0])
def test_the_factor_is_that_of_least_squares_over_all_weights(kernels, factor):
    added = np.random.default_rng(1).normal(size=kernels.shape)
    run = run_with([kernels, factor * kernels + added])
    found = start_and_rest(run)
    start, end = (run.kernels(at).astype(np.float64).reshape(-1, 1) for at in (0, -1))
    (solved,), residual, *_ = np.linalg.lstsq(start, end)
    assert found.factor == pytest.approx(solved.item())
    assert (found.rest**2).sum() == pytest.approx(residual.item())


def test_the_rest_holds_nothing_of_the_start(kernels):
    end = 2 * kernels + np.random.default_rng(1).normal(size=kernels.shape)
    found = start_and_rest(run_with([kernels, end]))
    assert (found.rest * kernels).sum() == pytest.approx(0, abs=1e-5)
    same = start_and_rest(run_with([kernels, end - 5 * kernels]))
    np.testing.assert_allclose(same.rest, found.rest, atol=1e-5)
    np.testing.assert_allclose(found.factor * kernels + found.rest, end, atol=1e-5)


def test_factor_and_strength_are_the_two_sides_of_the_cosine(kernels):
    end = 0.5 * kernels + np.random.default_rng(1).normal(size=kernels.shape)
    run = run_with([kernels, end])
    found, cosine = start_and_rest(run), distance_from_start(run).cosine[-1]
    assert found.factor / np.hypot(found.factor, found.strength) == pytest.approx(cosine)


def test_a_start_that_was_only_shrunk_leaves_no_rest(kernels):
    """The difference from the start is then the start itself, upside down, and nothing learned."""
    run = run_with([kernels, 0.25 * kernels])
    found = start_and_rest(run)
    assert found.factor == pytest.approx(0.25)
    assert found.strength == pytest.approx(0, abs=1e-6)
    np.testing.assert_allclose(learned_change(run), -0.75 * kernels[:, 0], rtol=1e-5)


def test_the_start_of_a_training_is_all_start(kernels):
    found = start_and_rest(run_with([kernels, 3 + kernels]), snapshot=0)
    assert (found.factor, found.strength) == (1, 0)


def test_a_layer_that_started_at_zero_is_refused(kernels):
    with pytest.raises(ValueError, match=r"`run` started conv1 at zero"):
        start_and_rest(run_with([0 * kernels, kernels]))


def test_fits_over_time_are_those_of_each_snapshot(kernels):
    run = run_with([kernels, kernels[::-1]])
    fits = fits_over_time(run)
    assert fits.edge.shape == (2, 4)
    np.testing.assert_allclose(fits.edge[1], kernel_fits(run.kernels(1)).edge, rtol=1e-5)


def test_an_unknown_layer_is_refused_with_those_there_are(kernels):
    with pytest.raises(ValueError, match=r"`layer` \(='conv3'\) must be one of conv1"):
        distance_from_start(run_with([kernels]), layer="conv3")
    with pytest.raises(ValueError, match=r"`layer` \(='conv3'\) must be one of conv1"):
        start_and_rest(run_with([kernels]), layer="conv3")
