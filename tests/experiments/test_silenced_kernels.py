"""What silencing says, on networks whose answer is known."""

import numpy as np
import pytest

from analysis.network import random_network
from cnnfilters.digits import Digits
from cnnfilters.experiments import silenced_kernels
from cnnfilters.experiments.arms import DEFAULT
from cnnfilters.experiments.silenced_kernels import (
    LIKENESS_TO_MEAN,
    LIKENESS_TO_PEAK,
    correlation,
    most_needed,
)
from cnnfilters.run import Run
from experiments.made_up import made, study

NUMBERS = {
    "little needed": [13, 14, 13, 14, 13],
    "most needed": [2.0, 2.1, 2.2, 2.1, 2.0],
    "likeness to length": [0.7, 0.75, 0.8, 0.75, 0.7],
    "likeness to peak": [0.7, 0.75, 0.8, 0.75, 0.7],
    "likeness to mean": [0.4, 0.45, 0.5, 0.45, 0.4],
    "frame": [12, 13, 12, 13, 12],
}


@pytest.mark.parametrize("name", silenced_kernels.CLAIMS)
def test_each_claim_holds_where_it_should_and_can_be_refuted(name):
    holds = study({DEFAULT.name: NUMBERS}, "silenced_kernels")
    contrary = {key: [-value for value in some] for key, some in NUMBERS.items()}
    contrary["little needed"] = [
        16 - value for value in NUMBERS["little needed"]
    ]  # no fewer than 0
    fails = study({DEFAULT.name: contrary}, "silenced_kernels")
    assert made(name, holds).verdict == "supported"
    assert made(name, fails).verdict == "refuted"


def test_the_most_needed_kernel_is_measured_where_it_was_not_chosen():
    """Of kernels that cost nothing, the largest loss is noise; on other digits it is gone."""
    rng = np.random.default_rng(0)
    drawn = [most_needed(*rng.normal(size=(2, 16))) for _ in range(2_000)]
    assert np.mean(drawn) == pytest.approx(0, abs=0.1)
    flattered = [rng.normal(size=16).max() for _ in range(2_000)]
    assert np.mean(flattered) > 1.5


def test_a_kernel_that_is_needed_on_both_halves_keeps_its_cost():
    one, other = np.zeros((2, 16))
    one[3], other[3] = 2.0, 4.0
    assert most_needed(one, other) == 3.0


def test_what_does_not_vary_goes_with_nothing():
    assert correlation(np.ones(4), np.arange(4.0)) == 0


def test_the_brightest_kernel_is_the_needed_one_where_one_kernel_carries_all(few_digits):
    """A network that knows a 7 by its first kernel alone; the others' maps are faint."""
    weights = {name: 0 * every for name, every in random_network(0).run.weights.items()}
    weights["conv1.weight"][1] = 1e-3
    weights["conv1.weight"][1, 0] = weights["conv2.weight"][1, 0, 0] = 1
    weights["fc.weight"][1, 7] = 1
    run = Run(
        np.arange(2),
        weights,
        np.ones(2),
        np.ones(2),
        random_network(0).run.config,
        {},
        {},
    )
    sevens = np.full(20, 7)
    shown = Digits("sample", *[few_digits.held_out_images[:20], sevens] * 2, checksum="")
    found = silenced_kernels.measure({DEFAULT: [run]}, shown)
    assert found.values(LIKENESS_TO_PEAK.of(DEFAULT)) == pytest.approx([1])
    assert found.values(LIKENESS_TO_MEAN.of(DEFAULT)) == pytest.approx([1])
