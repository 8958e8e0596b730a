"""What is measured of projections: on networks whose answer is known, and on known numbers."""

import numpy as np
import pytest

from cnnfilters.analysis.forward import Network, forward
from cnnfilters.experiments.arms import DEFAULT
from cnnfilters.experiments.randomised_weights import (
    DRAWS,
    FIELD,
    JUMP,
    METHODS,
    RANDOM,
    SHOWN,
    measure,
)
from experiments.made_up import made
from experiments.made_up import study as a_study
from figures.runs import made_up

KNOWN = {
    "gradient fc": [0.50, 0.51, 0.52],
    "guided fc": [0.80, 0.81, 0.82],
    "deconvnet fc": [0.40, 0.60, 0.52],
    "guided conv2": [0.30, 0.31, 0.32],
    "gradient conv1": [0.20, 0.21, 0.22],
    "guided conv1": [0.15, 0.26, 0.22],
}
VERDICTS = {
    "guided-changes-less": "supported",
    "deconvnet-changes-less": "undecided",
    "guided-outlives-what-is-above": "refuted",
    "gradient-needs-the-weights": "supported",
    "guided-needs-them-less": "undecided",
}


@pytest.fixture(scope="module")
def study(few_digits):
    return measure({DEFAULT: [made_up(seed=0), made_up(seed=0)]}, few_digits)


@pytest.mark.parametrize(("name", "verdict"), VERDICTS.items())
def test_each_claim_has_its_verdict_on_known_numbers(name, verdict):
    assert made(name, a_study({"default": KNOWN})).verdict == verdict


def test_every_method_is_measured_at_every_depth(study):
    names = {f"{method} {depth}" for method in METHODS for depth in [*RANDOM, "anew"]}
    assert set(study.arms["default"]) == names


def test_two_networks_that_are_the_same_draw_the_same(study):
    for method in METHODS:
        assert study.arms["default"][f"{method} anew"] == pytest.approx([1, 1])


def test_random_weights_change_every_picture(study):
    for method in METHODS:
        for depth in RANDOM:
            assert max(study.arms["default"][f"{method} {depth}"]) < 0.999


def test_new_weights_are_drawn_more_than_once():
    assert DRAWS > 1


def test_the_drawn_pictures_are_scaled_by_their_largest_value(study):
    for stages in study.pictures["projections"].values():
        for picture in stages.values():
            assert np.abs(picture).max() == 127


def test_each_shown_unit_is_cut_where_it_answers_most(study, few_digits):
    network, units = Network.of(made_up(seed=0)), study.units
    maps = forward(network, few_digits.held_out_images).conv2
    assert len(units["shown"]) == SHOWN
    for unit, response, patch in zip(
        units["shown"], units["responses"], units["pictures"]["patch"], strict=True
    ):
        own = maps[:, unit]
        image, row, column = np.unravel_index(own.argmax(), own.shape)
        assert response == pytest.approx(own.max(), abs=1e-3)
        top, left = JUMP * row, JUMP * column
        expected = few_digits.held_out_images[image, top : top + FIELD, left : left + FIELD]
        np.testing.assert_allclose(patch, expected, atol=1e-3)


def test_the_gradient_of_a_shown_unit_is_the_change_of_its_response(study):
    """A patch alone gives a map of one number: move one pixel and see."""
    network, units = Network.of(made_up(seed=0)), study.units
    patch = np.array(units["pictures"]["patch"][0])
    gradient = np.array(units["pictures"]["gradient"][0])
    row, column = np.unravel_index(np.abs(gradient).argmax(), gradient.shape)
    moved = patch.copy()
    moved[row, column] += 1e-3
    answers = [_answer(network, each, units["shown"][0]) for each in (patch, moved)]
    slope = (answers[1] - answers[0]) / 1e-3
    assert gradient[row, column] == pytest.approx(slope, rel=0.02, abs=1e-3)


def _answer(network, patch, unit):
    """The response of a unit of conv2 to the patch that fills its receptive field."""
    sheet = np.zeros((1, 28, 28))
    sheet[0, :FIELD, :FIELD] = patch
    return forward(network, sheet).conv2[0, unit, 0, 0]
