"""Patches and their coherence: the words and the choice of units follow from the arrays."""

import re
from dataclasses import replace

import numpy as np
import pytest

from cnnfilters.analysis.forward import Network
from cnnfilters.analysis.receptive_patches import coherence, cut, strongest
from cnnfilters.figures.drawing.figure import LAYOUTS
from cnnfilters.figures.units.patches_coherence import patches_coherence
from cnnfilters.figures.units.top_patches import spread, top_patches
from experiments.made_up import study
from figures.runs import made_up

RUN = made_up()
STUDY = study(
    {
        "trained": {"coherence": [0.62, 0.6, 0.64]},
        "untrained": {"coherence": [0.4, 0.38, 0.42]},
        "same places": {"coherence": [0.1, 0.12, 0.11]},
        "random": {"coherence": [-0.02, 0.02, -0.03]},
    }
)


@pytest.fixture(scope="module")
def figure(few_digits):
    return top_patches(RUN, few_digits)


def of_all(snapshot, digits):
    network = Network.of(RUN, snapshot)
    found = strongest(network, digits.held_out_images)
    return coherence(cut(network, digits.held_out_images, found))


def test_the_table_has_every_unit_trained_and_untrained(figure, few_digits):
    rows = figure.table.rows
    np.testing.assert_allclose([row[1] for row in rows], of_all(-1, few_digits))
    np.testing.assert_allclose([row[2] for row in rows], of_all(0, few_digits))


def test_units_are_shown_from_the_most_coherent_to_the_least(figure, few_digits):
    ranked = np.sort(of_all(-1, few_digits))[::-1]
    assert min(row[3] for row in figure.table.rows) > 0  # none is silent
    shown = sorted((row[1] for row in figure.table.rows if row[4] == "yes"), reverse=True)
    np.testing.assert_allclose(shown, ranked[[0, 6, 12, 19, 25, 31]])
    assert f"Trained, their coherence runs from {ranked[0]:.2f} to {ranked[-1]:.2f}." in figure.alt


def test_the_units_of_the_picture_stand_above_their_patches(figure):
    shown = {row[0]: row for row in figure.table.rows if row[4] == "yes"}
    for layout in LAYOUTS:
        labels = re.findall(r"(unit \d+): (−?\d\.\d\d)", figure.svg(layout, "light"))
        assert len(labels) == 2 * len(shown)
        said = [(name, value.replace("−", "-")) for name, value in labels]
        for name, row in shown.items():
            assert (name, f"{row[1]:.2f}") in said
            assert (name, f"{row[2]:.2f}") in said


def test_the_caption_counts_the_units_that_training_made_more_alike(figure):
    more = sum(row[1] > row[2] for row in figure.table.rows)
    assert figure.caption.startswith(f"{more} of 32 units ")


def test_a_silent_unit_is_listed_and_not_shown(few_digits):
    weights = {name: array.copy() for name, array in RUN.weights.items()}
    weights["conv2.bias"][-1, ::2] = -1_000
    rows = top_patches(replace(RUN, weights=weights), few_digits).table.rows
    assert [row[3] < 0 for row in rows] == [True, False] * 16
    assert {int(row[0].split()[1]) % 2 for row in rows if row[4] == "yes"} == {1}


def test_a_spread_takes_both_ends_and_no_unit_twice():
    chosen = spread(np.random.default_rng(0).random(32))
    assert len(set(chosen.tolist())) == 6


def test_the_strip_says_the_means():
    figure = patches_coherence(STUDY)
    assert "trained 0.62, untrained 0.40" in figure.alt
    assert "other digits 0.11, random patches −0.01" in figure.alt
    assert len(figure.table.rows) == 12
