"""Read-outs against what they minimise, written out, and on classes whose answer is known."""

import numpy as np
import pytest
from scipy.optimize import minimize
from scipy.special import log_softmax, softmax

from cnnfilters.analysis import linear_probe
from cnnfilters.analysis.linear_probe import PENALTIES, probe_accuracy
from cnnfilters.analysis.random_sums import random_sums

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


def by_minimising(features, labels, held_out, penalty):
    """Multinomial logistic regression: cross-entropy and squared weights, by scipy alone."""
    mean, scale = features.mean(0), features.std(0)
    x, hot = (features - mean) / scale, np.eye(3)[labels]

    def loss(flat):
        weights, bias = flat[:-3].reshape(-1, 3), flat[-3:]
        scores = x @ weights + bias
        slope = softmax(scores, axis=1) - hot
        value = -(hot * log_softmax(scores, axis=1)).sum() + penalty / 2 * (weights**2).sum()
        return value, np.append((x.T @ slope + penalty * weights).ravel(), slope.sum(0))

    start = np.zeros(3 * (x.shape[1] + 1))
    best = minimize(loss, start, jac=True, method="BFGS", options={"gtol": 1e-6}).x
    return ((held_out - mean) / scale @ best[:-3].reshape(-1, 3) + best[-3:]).argmax(1)


@pytest.mark.parametrize("penalty", [1.0, 1_000.0])
def test_the_softmax_read_out_is_the_logistic_regression_of_the_books(penalty):
    features, others = clouds(2.0), clouds(2.0)
    expected = (by_minimising(features, LABELS, others, penalty) == LABELS).mean()
    found = probe_accuracy(features, LABELS, others, LABELS, method="softmax", penalty=penalty)
    assert found == pytest.approx(expected, abs=2 / 600)  # two that lie on the border
    assert 0.5 < found < 1


def test_it_is_ridge_unless_told_otherwise():
    uneven = np.exp(clouds(1.0))  # where the two differ
    asked = {"penalty": 1.0}
    found = {
        method: probe_accuracy(uneven, LABELS, uneven, LABELS, method=method, **asked)
        for method in PENALTIES
    }
    assert probe_accuracy(uneven, LABELS, uneven, LABELS, **asked) == found["ridge"]
    assert found["ridge"] < found["softmax"]


@pytest.mark.parametrize("method", PENALTIES)
def test_without_a_penalty_it_is_the_methods_own(method):
    few = [clouds(2.0)[::31], clouds(2.0)[::31]]
    labels = LABELS[::31]
    own = probe_accuracy(few[0], labels, few[1], labels, method=method, penalty=PENALTIES[method])
    assert probe_accuracy(few[0], labels, few[1], labels, method=method) == own


@pytest.mark.parametrize("method", PENALTIES)
def test_classes_that_a_sum_can_tell_are_read(method):
    assert probe_accuracy(clouds(0.1), LABELS, clouds(0.1), LABELS, method=method) == 1


@pytest.mark.parametrize("method", PENALTIES)
def test_noise_is_read_by_chance_alone(method):
    noise = RNG.normal(size=(2, 600, 4))
    found = probe_accuracy(noise[0], LABELS, noise[1], LABELS, method=method)
    assert found == pytest.approx(1 / 3, abs=0.08)


@pytest.mark.parametrize("method", PENALTIES)
def test_classes_that_only_a_product_tells_are_not_read(method):
    """No straight line tells more than 5/8 of them: the one past the upper quartile."""
    numbers = RNG.normal(size=(2, 2_000, 2))  # not signs: of four corners a sum can tell three
    labels = (numbers.prod(axis=2) > 0).astype(int)
    found = probe_accuracy(numbers[0], labels[0], numbers[1], labels[1], method=method)
    assert found < 5 / 8


@pytest.mark.parametrize("method", PENALTIES)
def test_the_scale_of_a_feature_does_not_matter(method):
    features, others, scale = clouds(2.0), clouds(2.0), np.array([1.0, 1_000, 0.001, 1])
    assert probe_accuracy(features, LABELS, others, LABELS, method=method) == probe_accuracy(
        features * scale, LABELS, others * scale, LABELS, method=method
    )


@pytest.mark.parametrize("method", PENALTIES)
def test_a_negative_penalty_is_refused(method):
    with pytest.raises(ValueError, match=r"`penalty` \(=-1\) must be at least 0"):
        probe_accuracy(clouds(1), LABELS, clouds(1), LABELS, method=method, penalty=-1)


def test_softmax_without_any_penalty_is_refused():
    with pytest.raises(ValueError, match=r"`penalty` \(=0\) must be above 0 for softmax"):
        probe_accuracy(clouds(1), LABELS, clouds(1), LABELS, method="softmax", penalty=0)


@pytest.mark.usefixtures("no_type_checker")
def test_another_method_is_refused():
    with pytest.raises(ValueError, match=r"`method` \(='svm'\) must be one of ridge, softmax"):
        probe_accuracy(clouds(1), LABELS, clouds(1), LABELS, method="svm")


def test_a_read_out_that_has_not_settled_is_an_error(monkeypatch):
    monkeypatch.setattr(linear_probe, "STEPS", 2)
    with pytest.raises(RuntimeError, match=r"no read-out was found in 2 steps: lbfgs failed"):
        probe_accuracy(clouds(1), LABELS, clouds(1), LABELS, method="softmax")


def drawn_to_learn(digits, width):
    """Training digits, four of five to learn from: their pixels, or random sums of them."""
    pixels = digits.train_images.reshape(len(digits.train_images), -1)
    if width:
        scaled = (pixels - pixels.mean()) / pixels.std()
        pixels = random_sums(scaled, width, seed=0, rectified=True)
    fifth = np.arange(len(pixels)) % 5 == 0
    labels = digits.train_labels
    return pixels[~fifth], labels[~fifth], pixels[fifth], labels[fifth]


def test_a_tighter_tolerance_reads_the_same_digits(digits, monkeypatch):
    given = drawn_to_learn(digits, 84)
    loose = probe_accuracy(*given, method="softmax")
    monkeypatch.setattr(linear_probe, "TOLERANCE", 1e-6)
    exact = probe_accuracy(
        *(part.astype(np.float64) if part.ndim == 2 else part for part in given), method="softmax"
    )
    assert loose == pytest.approx(exact, abs=2.5 / 800)  # but for two that lie on the border


@pytest.mark.parametrize("width", [0, 84, 400])
def test_no_other_penalty_reads_half_a_point_more_of_the_training_digits(digits, width):
    given = drawn_to_learn(digits, width)
    others = [PENALTIES["softmax"] * factor for factor in (0.1, 1 / 3, 10 / 3, 10)]
    read = [probe_accuracy(*given, method="softmax", penalty=penalty) for penalty in others]
    assert max(read) < probe_accuracy(*given, method="softmax") + 0.005
    assert min(read) < probe_accuracy(*given, method="softmax")
