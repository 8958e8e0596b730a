"""What flattening costs, on accuracies that are known."""

from collections import Counter

import numpy as np
import pytest

from cnnfilters.claims import CLAIMS
from cnnfilters.experiments import flattening
from cnnfilters.experiments.experiment import Size

PAGE = "operation/01-why-not-flatten/"
STUDY = {
    "steps": 190,
    "moved_digits": 1_000,
    "distances": [0, 1, 2, 3, 4],
    "ink_kept": [1.0, 1.0, 1.0, 1.0, 0.9],
    "perceptron-true": [0.93, 0.94, 0.95],
    "perceptron-permuted": [0.94, 0.94, 0.94],
    "cnn-true": [0.97, 0.96, 0.97],
    "cnn-permuted": [0.90, 0.88, 0.90],
    "perceptron-moved": [[0.93, 0.94, 0.95], *[[0.9] * 3], *[[0.6] * 3], *[[0.4] * 3], [0.2] * 3],
    "cnn-moved": [[0.97, 0.96, 0.97], *[[0.95] * 3], *[[0.85] * 3], *[[0.7] * 3], [0.4] * 3],
}


def test_each_arm_has_its_seeds_and_no_digit_moves_while_it_learns():
    made = flattening.configs("sample", Size(seeds=3, steps=7))
    assert len(set(made.values())) == len(made)
    arms = Counter((config.model, config.pixels) for config in made.values())
    assert arms == {(m, p): 3 for m in ("MLP", "SmallCNN") for p in ("true", "permuted")}
    assert {config.shift for config in made.values()} == {0}


def test_losses_are_differences_of_networks_of_one_seed():
    lost = flattening.lost_by_permutation(STUDY, "perceptron")
    np.testing.assert_allclose(lost, [-1, 0, 1])
    np.testing.assert_allclose(flattening.lost_by_moving(STUDY, "cnn", pixels=2), [12, 11, 12])


VERDICTS = {
    "shuffled-pixels-do-not-harm-a-perceptron": "undecided",  # so few seeds, so far apart
    "shuffled-pixels-harm-a-cnn": "supported",
    "cnn-tolerates-two-pixels": "undecided",
    "cnn-tolerates-more-than-a-perceptron": "supported",
    "cnn-is-not-invariant": "supported",
}


@pytest.mark.parametrize(("name", "verdict"), VERDICTS.items())
def test_each_claim_has_its_verdict_on_known_accuracies(name, verdict):
    recipe = CLAIMS[name]
    claim = recipe.make(STUDY, **recipe.options)
    assert claim.verdict == verdict
    assert claim.page == PAGE
    assert claim.interval.networks == 3


def test_a_network_that_never_loses_refutes_that_it_is_not_invariant():
    steady = STUDY | {"cnn-moved": [[0.97, 0.96, 0.97]] * 5}
    recipe = CLAIMS["cnn-is-not-invariant"]
    assert recipe.make(steady, **recipe.options).verdict == "refuted"


def test_trained_networks_are_measured(studies, few_digits):
    study = studies["flattening"]
    assert study["moved_digits"] == len(few_digits.held_out_images)
    assert study["ink_kept"][0] == pytest.approx(1)
    for name in flattening.MODELS:
        np.testing.assert_allclose(study[f"{name}-moved"][0], study[f"{name}-true"], atol=0.011)
