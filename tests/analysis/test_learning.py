"""Distance from the start, on weights whose answer is known by hand."""

import numpy as np
import pytest

from cnnfilters.analysis.learning import distance_from_start, fits_over_time, learned_change
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


def test_fits_over_time_are_those_of_each_snapshot(kernels):
    run = run_with([kernels, kernels[::-1]])
    fits = fits_over_time(run)
    assert fits.edge.shape == (2, 4)
    np.testing.assert_allclose(fits.edge[1], kernel_fits(run.kernels(1)).edge, rtol=1e-5)


def test_an_unknown_layer_is_refused_with_those_there_are(kernels):
    with pytest.raises(ValueError, match=r"`layer` \(='conv3'\) must be one of conv1"):
        distance_from_start(run_with([kernels]), layer="conv3")
