"""A new measurement is compared with the one that is kept, verdict by verdict."""

from __future__ import annotations

import json
from copy import deepcopy

import pytest

from cnnfilters.experiments import EXPERIMENTS
from pipeline import measure as command
from pipeline.measured import read_study, write_study
from pipeline.places import ROOT, Places
from pipeline.processes import BuildError
from pipeline.verdicts import changed_verdicts, claims_of, elsewhere
from workflow_steps import GITHUB, read

NAME = "silenced_kernels"
CLAIM = "most-kernels-are-spare"


@pytest.fixture(scope="module")
def kept() -> dict:
    """A study as it was measured."""
    return read_study(Places.of(ROOT), NAME, "sample")[0]


def planted(study: dict, factor: float) -> dict:
    """The same with every number of its arms multiplied."""
    other = deepcopy(study)
    for arm in other["arms"].values():
        for quantity, values in arm.items():
            arm[quantity] = [factor * value for value in values]
    return other


@pytest.mark.parametrize("name", EXPERIMENTS)
def test_the_text_expects_the_verdicts_of_the_site_as_it_is_published(name: str) -> None:
    study = read_study(Places.of(ROOT), name, "sample")[0]
    claims = claims_of(name, study)
    otherwise = {name: claim.otherwise for name, claim in claims.items() if claim.otherwise}
    assert not otherwise


def test_the_same_numbers_change_nothing(kept: dict) -> None:
    assert CLAIM in claims_of(NAME, kept)
    assert changed_verdicts(NAME, kept, json.loads(json.dumps(kept))) == []


def test_another_verdict_is_named_with_both_values(kept: dict) -> None:
    said = "\n".join(changed_verdicts(NAME, kept, planted(kept, 0)))
    assert f"{CLAIM} was supported" in said
    assert "and is refuted" in said


def test_the_command_fails_where_a_verdict_changed(
    kept: dict, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    about = read_study(Places.of(ROOT), NAME, "sample")[1]

    def measure_one(places: Places, *_: object, **__: object) -> None:
        write_study(places, NAME, "sample", planted(kept, 0), about)

    monkeypatch.chdir(places.root)
    monkeypatch.setattr(command, "measure_one", measure_one)
    write_study(places, NAME, "sample", kept, about)
    words = [NAME, "--data", "sample", "--device", "cpu", "--compare"]
    with pytest.raises(BuildError, match=f"verdicts changed: .*{CLAIM} was supported"):
        command.measure(places, words)


def test_each_claim_is_told_of_the_other_worlds() -> None:
    places = Places.of(ROOT)
    (where, claim), *more = elsewhere(places, "sample", shown=True)[CLAIM].items()
    assert (where, more) == ("on all of MNIST", [])
    assert claim.networks >= 10
    assert claim.steps == 1_876
    both = elsewhere(places, "mnist", shown=False)[CLAIM]  # for who measured it anew
    assert list(both) == ["measured once, on 5,000 digits", "measured once, on all of MNIST"]


def test_a_world_that_was_not_measured_is_not_told(places: Places, kept: dict) -> None:
    write_study(places, NAME, "sample", kept, read_study(Places.of(ROOT), NAME, "sample")[1])
    assert CLAIM not in elsewhere(places, "sample", shown=True)
    assert CLAIM in elsewhere(places, "mnist", shown=True)


def test_every_study_has_a_job() -> None:
    jobs = read(GITHUB / "workflows" / "measure.yml")["jobs"]
    assert jobs["measure"]["strategy"]["matrix"]["study"] == [*EXPERIMENTS]
