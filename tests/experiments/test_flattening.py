"""What flattening costs, on accuracies that are known."""

from collections import Counter

import numpy as np
import pytest

from cnnfilters.experiments import flattening
from cnnfilters.experiments.arms import ACCURACY
from cnnfilters.experiments.experiment import Size
from experiments.made_up import made, study

STUDY = study(
    {
        "perceptron": {
            "accuracy": [93.0, 94.0, 95.0],
            "moved by 0 px": [93.0, 94.0, 95.0],
            "moved by 2 px": [60.0] * 3,
        },
        "perceptron, shuffled": {"accuracy": [94.0, 94.0, 94.0]},
        "cnn": {
            "accuracy": [97.0, 96.0, 97.0],
            "moved by 0 px": [97.0, 96.0, 97.0],
            "moved by 2 px": [85.0] * 3,
            "moved by 4 px": [40.0] * 3,
        },
        "cnn, shuffled": {"accuracy": [90.0, 88.0, 90.0]},
    }
)


def test_each_arm_has_its_seeds_and_no_digit_moves_while_it_learns():
    made = flattening.EXPERIMENT.configs("sample", Size(seeds=3, steps=7))
    assert len(set(made.values())) == len(made)
    arms = Counter((config.model, config.pixels) for config in made.values())
    assert arms == {(m, p): 3 for m in ("MLP", "SmallCNN") for p in ("true", "permuted")}
    assert {config.shift for config in made.values()} == {0}


def test_losses_are_differences_of_networks_of_one_seed():
    assert flattening.lost_by_moving(STUDY, flattening.CNN, 2) == [12, 11, 12]


VERDICTS = {
    "shuffled-pixels-do-not-harm-a-perceptron": "undecided",  # so few seeds, so far apart
    "shuffled-pixels-harm-a-cnn": "supported",
    "cnn-tolerates-two-pixels": "undecided",
    "cnn-tolerates-more-than-a-perceptron": "supported",
    "cnn-is-not-invariant": "supported",
}


@pytest.mark.parametrize(("name", "verdict"), VERDICTS.items())
def test_each_claim_has_its_verdict_on_known_accuracies(name, verdict):
    claim = made(name, STUDY)
    assert claim.verdict == verdict
    assert claim.interval.networks == 3


def test_a_network_that_never_loses_refutes_that_it_is_not_invariant():
    steady = {"moved by 0 px": [97.0, 96.0, 97.0], "moved by 4 px": [97.0, 96.0, 97.0]}
    assert made("cnn-is-not-invariant", study({"cnn": steady})).verdict == "refuted"


def test_trained_networks_are_measured(studies):
    measured = studies["flattening"]
    assert len(measured.ink_kept) == 5
    assert measured.ink_kept[0] == pytest.approx(1)
    for arm in flattening.SHUFFLED:
        in_place = measured.values(flattening.moved(0).of(arm))
        expected = measured.values(ACCURACY.of(arm))
        np.testing.assert_allclose(in_place, expected, atol=1.1)
