"""Projections, their check and class images: the words follow from the arrays."""

import numpy as np
import pytest

from cnnfilters.figures.units.class_images import class_images
from cnnfilters.figures.units.projections import projections
from cnnfilters.figures.units.randomised_weights import (
    COMPARED,
    METHODS,
    STAGES,
    randomised_weights,
)
from experiments import made_up

RNG = np.random.default_rng(0)
UNITS = {
    "agreement": {"guided": [0.5, 0.7], "deconvnet": [0.2, 0.4]},
    "shown": [4, 1],
    "responses": [9.0, 8.0],
    "pictures": {
        "patch": RNG.random((2, 14, 14)).tolist(),
        **{method: RNG.normal(size=(2, 14, 14)).tolist() for method in METHODS},
    },
}
PICTURES = {
    "digit": RNG.random((28, 28)).tolist(),
    "answer": 7,
    "projections": {
        method: {stage: RNG.integers(-127, 128, (28, 28)).tolist() for stage in STAGES}
        for method in METHODS
    },
}


def study(**changes):
    arm = {f"{method} {stage}": [0.4, 0.6] for method in METHODS for stage in COMPARED}
    arms = {"default": {**arm, **changes}}
    return made_up.study(arms, "randomised_weights", units=UNITS, pictures=PICTURES)


def test_the_agreement_is_the_mean_over_the_units():
    figure = projections(study())
    assert "0.60 for guided backpropagation and 0.30 for the deconvnet" in figure.caption
    assert figure.alt.startswith("2 units of conv2")


def test_the_table_counts_what_is_below_zero():
    rows = {row[0]: row for row in projections(study()).table.rows}
    share = 100 * (np.array(UNITS["pictures"]["gradient"]) < 0).mean()
    assert rows["gradient"][3] == pytest.approx(share)


def test_units_are_drawn_by_name():
    svg = projections(study()).svg("narrow", "light")
    assert "unit 4" in svg  # counted from 0, as in the unit browser
    assert "unit 1" in svg


def test_the_check_says_what_each_method_keeps():
    figure = randomised_weights(study(**{"guided fc": [0.8, 0.9], "gradient conv1": [-0.1, -0.3]}))
    assert "keeps a rank correlation of 0.85" in figure.caption
    assert "gradient 0.50, −0.20" in figure.alt
    assert figure.caption.count("2 networks") == 1
    assert len(figure.table.rows) == len(METHODS) * len(COMPARED)


def test_class_images_say_how_much_ink_they_take():
    plain, sparing = np.full((10, 28, 28), 102), np.full((10, 28, 28), 51)
    figure = class_images(
        made_up.study(
            {"default": {"plain read": [95.0, 100.0], "sparing read": [100.0, 100.0]}},
            "class_images",
            images={"plain": plain.tolist(), "sparing": sparing.tolist()},
            nearest={"plain": [3] * 10, "sparing": list(range(10))},
        )
    )
    assert "mean ink is 40 %" in figure.alt
    assert "it is 20 %" in figure.alt
    assert "97.5 % of the images above, and 100 % of those below" in figure.caption
    assert figure.table.rows[5][2] == 3
    assert figure.table.rows[5][4] == 5
