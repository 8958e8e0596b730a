"""The comparison of one large kernel with small ones, on accuracies that are known."""

import pytest

from cnnfilters.arithmetic import count_parameters, trace
from cnnfilters.config import BLOCKS
from cnnfilters.experiments.experiment import Size
from cnnfilters.experiments.small_kernels import (
    EXPERIMENT,
    ONE_7,
    THREE_3,
    WORDS,
    better,
    cheaper,
    layers,
    network,
)
from experiments.made_up import study

STUDY = study(
    {
        "7x7": {"accuracy": [96.0, 95.0, 97.0]},
        "3x3-3x3-3x3": {"accuracy": [95.0, 94.0, 96.0]},
    },
    "small_kernels",
    parameters={"7x7": 3144, "3x3-3x3-3x3": 1752},
)


def test_each_block_is_trained_with_each_seed_and_nothing_else_differs():
    made = EXPERIMENT.configs("sample", Size(seeds=3, steps=7))
    assert len(made) == len(set(made.values())) == 3 * len(BLOCKS)
    assert set(WORDS) == set(BLOCKS)
    bare = {(c.source, c.steps, c.batch_size, c.learning_rate) for c in made.values()}
    assert len(bare) == 1


@pytest.mark.parametrize(
    ("block", "parameters", "macs"),
    [  # by hand: C·C·k²·layers + biases; 196 places each, 39,200 before and 3,920 after
        ("7x7", 3_144, 657_776),
        ("3x3-3x3-3x3", 1_752, 381_808),
        ("3x3-3x3-3x3-linear", 1_752, 381_808),
        ("5x5", 1_608, 356_720),
        ("3x3-3x3", 1_168, 268_912),
    ],
)
def test_counts_agree_with_those_made_by_hand(block, parameters, macs):
    assert count_parameters(layers(block)) == parameters
    assert trace(network(block), (1, 28, 28)).macs == macs


def test_a_difference_that_is_the_same_for_every_seed_has_no_width():
    claim = better(THREE_3, ONE_7, "It is better.")(STUDY)
    assert claim.interval.mean == pytest.approx(-1)
    assert claim.interval.width == pytest.approx(0, abs=1e-9)
    assert claim.verdict == "refuted"


def test_fewer_parameters_support_the_sentence_and_more_refute_it():
    words = "It is cheaper."
    assert cheaper(THREE_3, ONE_7, words)(STUDY).verdict == "supported"
    assert cheaper(ONE_7, THREE_3, words)(STUDY).verdict == "refuted"
