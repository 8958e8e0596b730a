"""What units look for, on coherences that are known and on networks of a few steps."""

from dataclasses import replace

import numpy as np
import pytest

from cnnfilters.analysis.forward import Network
from cnnfilters.analysis.receptive_patches import coherence, cut, strongest
from cnnfilters.experiments import units
from cnnfilters.experiments.arms import DEFAULT
from cnnfilters.experiments.experiment import Size
from experiments.made_up import made, study
from figures.runs import made_up

STUDY = study(
    {
        "trained": {
            "coherence": 2 * [0.60, 0.62, 0.58],
            "digit share": 2 * [0.41, 0.42, 0.40],
            "detectors": 2 * [0, 0, 1],
        },
        "untrained": {"coherence": 2 * [0.40, 0.41, 0.39], "digit share": 2 * [0.30, 0.31, 0.30]},
        "same places": {"coherence": 2 * [0.10, 0.11, 0.12]},
        "random": {"coherence": 2 * [0.02, 0.03, 0.01]},
    }
)
# the same networks, had training taken coherence away and made detectors of all units
CONTRARY = study(
    {
        "trained": {
            "coherence": [0.11, 0.12, 0.11],
            "digit share": [0.90, 0.91, 0.90],
            "detectors": [30, 31, 30],
        },
        "untrained": {"coherence": [0.05, 0.06, 0.05], "digit share": [0.95, 0.97, 0.95]},
        "same places": {"coherence": [0.10, 0.11, 0.10]},
        "random": {"coherence": [0.02, 0.03, 0.02]},
    }
)
REFUTED = set(units.CLAIMS) - {"training-makes-units-coherent"}


def test_nothing_is_trained_but_the_default_start():
    own = units.EXPERIMENT.configs("sample", Size(seeds=3, steps=7))
    assert {config.seed for config in own.values()} == {0, 1, 2}
    assert {config.conv1_scale for config in own.values()} == {1.0}


@pytest.mark.parametrize("name", units.CLAIMS)
def test_each_claim_holds_where_it_should(name):
    claim = made(name, STUDY)
    assert claim.verdict == "supported"
    assert claim.interval.networks == 6


@pytest.mark.parametrize("name", sorted(REFUTED))
def test_each_claim_can_be_refuted(name):
    assert made(name, CONTRARY).verdict == "refuted"


def test_training_that_makes_patches_less_alike_refutes_that_it_makes_them_more_so():
    arms = STUDY.arms
    swapped = study({**arms, "trained": arms["untrained"], "untrained": arms["trained"]})
    assert made("training-makes-units-coherent", swapped).verdict == "refuted"


def test_the_share_before_training_is_taken_network_by_network():
    parts = [(0.40 - 0.02) / (0.60 - 0.02), (0.41 - 0.03) / (0.62 - 0.03), 0.38 / 0.57]
    found = made("half-of-coherence-is-untrained", STUDY).interval.mean
    assert found == pytest.approx(np.mean(parts))


def test_networks_are_measured_as_the_analysis_does(few_digits):
    runs = [made_up(seed=seed) for seed in range(2)]
    arms = units.measure({DEFAULT: runs}, few_digits).arms
    assert set(arms) == set(STUDY.arms)
    network, images = Network.of(runs[1]), few_digits.held_out_images
    found = strongest(network, images)
    expected = coherence(cut(network, images, found)).mean()
    assert arms["trained"]["coherence"][1] == pytest.approx(expected)
    top = np.asarray(strongest(network, images, top=50).image)
    counts = [np.bincount(few_digits.held_out_labels[row]).max() for row in top]
    assert arms["trained"]["digit share"][1] == pytest.approx(np.mean(counts) / 50)


def test_silent_units_are_counted_and_their_patches_left_out_of_the_second_mean(few_digits):
    run = made_up()
    bias = run.weights["conv2.bias"].copy()
    bias[-1, :20] = -1_000
    silenced = replace(run, weights={**run.weights, "conv2.bias": bias})
    arms = units.measure({DEFAULT: [silenced]}, few_digits).arms
    assert (arms["trained"]["silent"], arms["untrained"]["silent"]) == ([20], [0])
    network, images = Network.of(silenced), few_digits.held_out_images
    each = coherence(cut(network, images, strongest(network, images)))
    assert arms["trained"]["coherence"] == [pytest.approx(each.mean())]
    assert arms["trained"]["coherence of the heard"] == [pytest.approx(each[20:].mean())]


def test_patches_that_no_unit_chose_are_less_alike(studies):
    arms = studies["units"].arms
    for arm in ("same places", "random"):
        assert max(arms[arm]["coherence"]) < min(arms["untrained"]["coherence"])
