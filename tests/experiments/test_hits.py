"""What each network answers to each held-out digit is what its training measured."""

import numpy as np
import pytest

from cnnfilters.config import TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import ACCURACY, DEFAULT, claim
from cnnfilters.experiments.hits import counted, percent_right, right_answers
from cnnfilters.experiments.study import Arm
from cnnfilters.training import train
from experiments.made_up import study


@pytest.fixture(scope="module")
def digits():
    rng = np.random.default_rng(0)
    labels = np.arange(200) % 10
    images = rng.uniform(0, 0.3, (200, 28, 28)).astype(np.float32)
    images[np.arange(200), 2 * labels + 4] = 1  # a line at a height of its own: soon learned
    return Digits("sample", images[:160], labels[:160], images[160:], labels[160:], checksum="")


@pytest.mark.parametrize("pixels", ["in order", "permuted"])
def test_the_hits_of_a_network_add_up_to_its_accuracy(digits, pixels):
    changes = {} if pixels == "in order" else {"pixels": pixels}
    config = TrainConfig(steps=30, batch_size=40, shift=0, snapshots=1, seed=3, **changes)
    run = train(config, digits=digits)
    right = right_answers([run, run], digits)
    assert right.shape == (2, 40)
    assert right[0].mean() == pytest.approx(run.accuracy[-1])
    assert right[0].mean() > 0.15  # better than guessing, so the order of pixels matters


def test_counts_survive_being_kept():
    right = np.random.default_rng(1).random((40, 300)) < 0.9  # ten networks, four moves
    assert percent_right(counted(right)) == pytest.approx(100 * right.mean(axis=0))


def test_an_interval_covers_the_digits_where_their_answers_were_kept():
    arms = {"default": {"accuracy": [90.0, 90.0]}, "other": {"accuracy": [80.0, 80.0]}}
    hits = {
        "default": {"accuracy": {"asked": 2, "right": "2222222220"}},
        "other": {"accuracy": {"asked": 2, "right": "2222222200"}},
    }
    pair = (ACCURACY.of(DEFAULT), ACCURACY.of(Arm("other")))
    kept, lost = study(arms, hits=hits), study(arms)
    assert lost.interval(*pair).digits == 0
    interval = kept.interval(*pair)
    assert interval.digits == 10
    assert interval.low < 0 < interval.high  # one digit of ten makes the whole difference
    made = claim(*pair, sentence="A.", quantity="a", rule=Rule(above=0))(kept)
    assert made.verdict == "undecided"
    assert "10 held-out digits" in made.basis()
