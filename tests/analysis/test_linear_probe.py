"""Read-outs against least squares written out, and on classes whose answer is known."""

import numpy as np
import pytest

from cnnfilters.analysis.linear_probe import probe_accuracy

RNG = np.random.default_rng(0)
LABELS = np.arange(600) % 3
CENTRES = np.array([[4.0, 0, 0, 0], [0, 4, 0, 0], [0, 0, 4, 0]])


def clouds(spread):
    return CENTRES[LABELS] + spread * RNG.normal(size=(600, 4))


def by_hand(features, labels, held_out, penalty):
    """Ridge regression on one column of 1 and -1 for each class, by its normal equations."""
    mean, scale = features.mean(0), features.std(0)
    x, y = (features - mean) / scale, np.where(labels[:, None] == np.arange(3), 1.0, -1.0)
    weights = np.linalg.solve(x.T @ x + penalty * np.eye(x.shape[1]), x.T @ (y - y.mean(0)))
    return ((held_out - mean) / scale @ weights + y.mean(0)).argmax(1)


@pytest.mark.parametrize("penalty", [1.0, 1_000.0])
def test_the_read_out_is_the_ridge_regression_of_the_books(penalty):
    features, others = clouds(2.0), clouds(2.0)
    expected = (by_hand(features, LABELS, others, penalty) == LABELS).mean()
    found = probe_accuracy(features, LABELS, others, LABELS, penalty=penalty)
    assert found == pytest.approx(expected)
    assert 0.5 < found < 1


def test_classes_that_a_sum_can_tell_are_read():
    assert probe_accuracy(clouds(0.1), LABELS, clouds(0.1), LABELS) == 1


def test_noise_is_read_by_chance_alone():
    noise = RNG.normal(size=(2, 600, 4))
    assert probe_accuracy(noise[0], LABELS, noise[1], LABELS) == pytest.approx(1 / 3, abs=0.08)


def test_classes_that_only_a_product_tells_are_not_read():
    signs = RNG.choice([-1.0, 1.0], size=(600, 2))
    labels = (signs.prod(axis=1) > 0).astype(int)
    assert probe_accuracy(signs, labels, signs, labels) < 0.6


def test_the_scale_of_a_feature_does_not_matter():
    features, others, scale = clouds(2.0), clouds(2.0), np.array([1.0, 1_000, 0.001, 1])
    assert probe_accuracy(features, LABELS, others, LABELS) == probe_accuracy(
        features * scale, LABELS, others * scale, LABELS
    )


def test_a_negative_penalty_is_refused():
    with pytest.raises(ValueError, match=r"`penalty` \(=-1\) must be at least 0"):
        probe_accuracy(clouds(1), LABELS, clouds(1), LABELS, penalty=-1)
