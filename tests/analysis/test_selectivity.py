"""Purity on units whose knowledge is known."""

import numpy as np
import pytest

from cnnfilters.analysis.selectivity import best_units, purity

LABELS = np.arange(1_000) % 10
RNG = np.random.default_rng(0)


def test_a_detector_is_pure_for_its_class_and_takes_no_other():
    detector = (LABELS == 3)[:, None] + RNG.random((1_000, 1)) / 2
    np.testing.assert_allclose(purity(detector, LABELS)[0], np.arange(10) == 3)


def test_noise_and_silence_have_the_share_of_the_class():
    noise, silence = RNG.random((1_000, 50)), np.zeros((1_000, 1))
    assert purity(noise, LABELS).mean() == pytest.approx(0.1, abs=0.01)
    np.testing.assert_allclose(purity(silence, LABELS), 0.1)


def test_of_equal_answers_an_equal_part_is_taken():
    half = np.zeros((1_000, 1))
    half[np.flatnonzero(LABELS == 3)[:50]] = 1  # knows half of the threes, says 0 to the rest
    expected = (50 + 50 * 50 / 950) / 100
    assert purity(half, LABELS)[0, 3] == pytest.approx(expected)


def test_purity_is_precision_and_recall_at_once():
    units = RNG.normal(size=(1_000, 5)) + 2 * (LABELS == 7)[:, None]
    top = np.argsort(-units, axis=0)[:100]
    hits = (LABELS[top] == 7).sum(axis=0)
    np.testing.assert_allclose(purity(units, LABELS)[:, 7], hits / 100)  # of the taken
    np.testing.assert_allclose(hits / 100, hits / (LABELS == 7).sum())  # of all sevens


def test_classes_of_unequal_size_are_each_taken_as_often_as_they_occur():
    labels = np.array([0, 0, 0, 1])
    unit = np.array([[4.0], [1.0], [2.0], [3.0]])
    np.testing.assert_allclose(purity(unit, labels), [[2 / 3, 0]])


def test_the_best_unit_of_a_class_is_the_purest():
    units = RNG.normal(size=(1_000, 6))
    units[:, 2] += 3 * (LABELS == 4)
    units[:, 5] += 3 * (LABELS == 9)
    chosen = best_units(units, LABELS)
    assert (chosen[4], chosen[9]) == (2, 5)
