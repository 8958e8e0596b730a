"""What a training was shown is found again; references are as smooth as the kernels."""

from dataclasses import replace

import numpy as np
import pytest

from cnnfilters.analysis.kernels import moran_i
from cnnfilters.analysis.nulls import random_kernels
from cnnfilters.config import TrainConfig
from cnnfilters.experiments.labels_and_pixels import (
    MEMORISED,
    PATCHED,
    PERMUTED,
    as_smooth,
    fitted,
    seen_images,
)
from experiments.made_up import made, study

CHANCE = {"chance edge fit": [0.24] * 3}


@pytest.fixture(scope="module")
def memorised(digits):
    """A network of the arm, trained as the studies train it."""
    from cnnfilters.training import train

    return train(TrainConfig(steps=190, **MEMORISED.changes), digits=digits, device="cpu")


def test_shuffled_labels_are_memorised_and_tell_nothing_of_new_digits(memorised, digits):
    assert fitted(memorised, digits) > 99
    assert memorised.accuracy[-1] < 0.2


def test_another_shuffling_was_not_memorised(memorised, digits):
    """The labels are those of the seed: with another, the same network is right by chance."""
    other = replace(memorised, config={**memorised.config, "seed": 1})
    assert fitted(other, digits) < 25


def test_permuted_digits_come_in_the_order_that_the_network_saw(digits):
    from cnnfilters.training import train

    run = train(TrainConfig(steps=1, **{**PERMUTED.changes, "shift": 0}), digits=digits)
    seen = seen_images(run, digits)
    assert seen.shape == (PATCHED, 28, 28)
    plain = digits.train_images[:PATCHED].reshape(PATCHED, -1)
    order = np.random.default_rng(0).permutation(28 * 28)  # the seed's first draw
    np.testing.assert_array_equal(seen.reshape(PATCHED, -1), plain[:, order])


def test_the_reference_of_each_kernel_is_as_smooth_as_it_is():
    reference = random_kernels(0.9 ** np.abs(np.subtract.outer(*[np.arange(25)] * 2)))
    kernels = reference[:16] * 3
    matched = as_smooth(kernels, reference)
    assert matched.shape == (16, 200, 5, 5)
    wanted = np.repeat(moran_i(kernels)[:, None], 200, axis=1)
    np.testing.assert_allclose(moran_i(matched), wanted, atol=0.05)


def smooth(trained, reference):
    return study(
        {
            "true": {
                "edge fit": trained,
                "as smooth edge fit": reference,
                "edge fit beyond smooth": np.subtract(trained, reference).tolist(),
                **CHANCE,
            },
        },
        "labels_and_pixels",
    )


def test_the_share_that_smoothness_explains_is_beyond_chance():
    found = made("mostly-smooth", smooth([0.64, 0.64, 0.64], [0.54, 0.54, 0.54]))
    assert found.interval.mean == pytest.approx(0.75)


@pytest.mark.parametrize(
    ("reference", "verdict"),
    [
        ([0.5, 0.51, 0.5], "supported"),
        ([0.7, 0.71, 0.7], "refuted"),
        ([0.63, 0.66, 0.64], "undecided"),
    ],
)
def test_kernels_no_more_edge_like_than_their_own_smoothness_are_not_called_so(reference, verdict):
    found = made("more-than-smooth", smooth([0.64, 0.65, 0.63], reference))
    assert found.verdict == verdict


def test_edges_with_labels_that_mean_nothing_are_held_against_noise():
    arms = {"memorised labels": {"edge fit": [0.5, 0.52, 0.51], **CHANCE}}
    assert made("memorised-labels-make-edges", study(arms, "labels_and_pixels")).verdict == (
        "supported"
    )
    arms = {"memorised labels": {"edge fit": [0.24, 0.25, 0.23], **CHANCE}}
    assert made("memorised-labels-make-edges", study(arms, "labels_and_pixels")).verdict == (
        "undecided"
    )
