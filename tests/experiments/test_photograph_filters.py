"""What the study of photographs measures, on made-up fits and in a short study."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from cnnfilters.analysis.independent_components import Components
from cnnfilters.analysis.orientation_and_colour import KINDS, Limits
from cnnfilters.experiments import EXPERIMENTS, Size
from cnnfilters.experiments import photograph_filters as experiment
from cnnfilters.experiments.photograph_claims import CLAIMS
from cnnfilters.experiments.photograph_filters import BLOBS, COLOUR_EDGES, STEPS

STRIPES = np.tile([1.0, 1.0, -1.0, -1.0], (4, 1))
FILTERS = np.stack(
    [
        np.multiply.outer([1.0, 1.0, 1.0], STRIPES),  # an edge
        np.multiply.outer([1.0, -1.0, 0.0], STRIPES),  # a colour edge
        np.multiply.outer([1.0, -1.0, 0.0], np.ones((4, 4))),  # a blob
        np.multiply.outer([1.0, 1.0, 1.0], np.ones((4, 4))),  # neither
    ]
)


def made_up_fit(filters=FILTERS):
    rows = np.random.default_rng(0).laplace(size=(500, 48))
    return experiment.Fit(rows, Components(filters, 2 * filters, 7), Limits(0.4, 0.4, 0.05))


def test_no_network_is_trained():
    assert EXPERIMENTS["photograph_filters"].configs("sample", Size(seeds=5, steps=10)) == {}


def test_shares_are_of_all_components_of_a_fit():
    looks = experiment._looks(made_up_fit())
    assert (looks[experiment.ORIENTED], looks[experiment.COLOURED], looks[experiment.GREYISH]) == (
        50,
        50,
        50,
    )
    assert [looks[name] for name in (BLOBS, COLOUR_EDGES, STEPS)] == [1, 1, 7]


def test_what_is_found_again_is_told_from_what_is_found_elsewhere():
    other = np.roll(FILTERS, 1, axis=1) * np.random.default_rng(1).normal(size=FILTERS.shape)
    alone = {
        "one": [made_up_fit(), made_up_fit(-FILTERS[::-1])],
        "two": [made_up_fit(other), made_up_fit(other)],
    }
    found = experiment._found_again("one", alone)
    assert found[experiment.FOUND_AGAIN] == pytest.approx(1)
    assert found[experiment.FOUND_ELSEWHERE] < 0.8


def test_what_is_drawn_has_length_one_and_a_name():
    fit = made_up_fit()
    shown = experiment.to_draw(fit.found, fit.limits)
    for part in ("filters", "patterns"):
        lengths = np.linalg.norm(np.array(shown[part]).reshape(4, -1), axis=1)
        np.testing.assert_allclose(lengths, 1, atol=1e-3)
    assert shown["kinds"] == ["edge", "colour edge", "colour blob", "other"]


def test_a_short_study_finds_directions_in_photographs_and_not_in_their_twin(photograph_study):
    arms = photograph_study.arms
    oriented = {arm: np.mean(numbers["oriented"]) for arm, numbers in arms.items()}
    assert oriented["photographs"] > 40 > 20 > oriented["Gaussian twin"]
    assert oriented["grey photographs"] > 40 > 20 > oriented["grey twin"]
    for arm in ("grey photographs", "grey twin", "digits"):
        assert set(arms[arm]["coloured"]) == {0}  # one channel: nothing to compare
    assert min(arms["photographs"]["sparseness"]) > 5
    assert max(np.abs(arms["Gaussian twin"]["sparseness"])) < 0.5


def test_a_study_is_plain_numbers_one_for_each_fit(photograph_study):
    study = photograph_study
    assert json.loads(json.dumps(asdict(study), allow_nan=False)) == asdict(study)
    assert {len(values) for values in study.arms["photographs"].values()} == {2}
    assert {len(v) for v in study.arms["one photograph"].values()} == {len(study.photographs)}
    assert set(study.shown["photographs"]["kinds"]) <= set(KINDS)


def test_claims_say_what_one_value_stands_for(photograph_study):
    claims = {name: claim(photograph_study) for name, claim in CLAIMS.items()}
    assert claims["photographs-give-directions"].replicates == "fits"
    assert claims["one-photograph-gives-directions"].replicates == "photographs"
    box = claims["components-are-not-universal"].html("a", ledger="b")
    assert f"{len(experiment.colour_photographs())} photographs" in box
    assert "networks" not in box
