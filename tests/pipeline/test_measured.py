"""A study that was measured once is kept with how it came about, and a build takes it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from cnnfilters.experiments import EXPERIMENTS
from pipeline import measured
from pipeline.manifest import Order
from pipeline.measure import arguments, measure, measure_one
from pipeline.measured import (
    About,
    is_stale,
    origins,
    read_study,
    rounded,
    take,
    what_measures,
    write_study,
)
from pipeline.places import ROOT, Places
from pipeline.processes import BuildError
from pipeline.scope import Scope

NAME = "silenced_kernels"
SMALL = Scope(
    only={"experiments": [NAME]},
    training={"steps": 2, "train_size": 100, "snapshots": 1},
    size={"seeds": 2, "steps": 2},
    workers=1,
)
ABOUT = About(
    date="2026-11-30", commit="c0ffee", machine="one", versions={}, does="", networks=2, steps=2
)
STUDY = {"arms": {"default": {"accuracy": [97.123456789, 98]}}, "steps": 2}


@pytest.fixture
def here(places: Places, monkeypatch: pytest.MonkeyPatch) -> Places:
    """Those of a build of one experiment; whoever measures works in their root."""
    monkeypatch.chdir(places.root)
    return replace(places, scope=SMALL)


def test_worlds_lie_in_one_file_side_by_side(here: Places) -> None:
    write_study(here, NAME, "sample", STUDY, ABOUT)
    write_study(here, NAME, "mnist", {**STUDY, "steps": 3}, replace(ABOUT, date="2026-12-01"))
    study, about = read_study(here, NAME, "sample")
    assert about == ABOUT
    assert study == {**STUDY, "arms": {"default": {"accuracy": [97.1235, 98]}}}
    assert read_study(here, NAME, "mnist")[0]["steps"] == 3
    assert [path.name for path in here.measured.iterdir()] == [f"{NAME}.json"]


def test_numbers_are_rounded_and_counts_are_not() -> None:
    assert rounded([1 / 3, 1234567, "x", None, True]) == [0.333333, 1234567, "x", None, True]


def test_a_build_takes_it(here: Places) -> None:
    write_study(here, NAME, "sample", STUDY, ABOUT)
    path = take(here, "sample")[NAME]
    assert path.parent == here.studies
    assert json.loads(path.read_text()) == read_study(here, NAME, "sample")[0]
    write_study(here, NAME, "sample", {**STUDY, "steps": 9}, ABOUT)
    assert take(here, "sample")[NAME] != path, "figures would be drawn from the old one"


def test_a_build_says_when_and_where_it_was_measured(here: Places) -> None:
    write_study(here, NAME, "sample", STUDY, ABOUT)
    assert origins(here, "sample") == {NAME: "measured once, on 30 November 2026, one"}


def test_what_was_not_measured_is_said(here: Places) -> None:
    write_study(here, NAME, "sample", STUDY, ABOUT)
    with pytest.raises(BuildError, match=f"build.py measure {NAME} --data mnist"):
        take(here, "mnist")


def test_code_that_measures_something_else_makes_it_stale(
    here: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_study(here, NAME, "sample", STUDY, replace(ABOUT, does=what_measures(NAME, "sample")))
    assert not is_stale(here, NAME, "sample")
    what_measures.cache_clear()
    monkeypatch.setattr(measured, "meaning", lambda *_: "other")
    assert is_stale(here, NAME, "sample")
    what_measures.cache_clear()


def test_worlds_and_arms_are_part_of_it() -> None:
    assert what_measures(NAME, "sample") != what_measures(NAME, "mnist")
    assert what_measures(NAME, "sample") != what_measures("units", "sample")


def test_a_measurement_from_training_to_file(here: Places) -> None:
    (here.root / "scripts").symlink_to(ROOT / "scripts")
    order = Order("sample", None, "cpu", "reference", "cpu")
    path = measure_one(here, NAME, order)
    study, about = read_study(here, NAME, "sample")
    assert path == here.measured / f"{NAME}.json"
    assert (about.networks, about.steps, study["steps"]) == (2, 2, 2)
    assert about.versions.keys() >= {"python", "torch", "numpy"}
    assert not is_stale(here, NAME, "sample")
    EXPERIMENTS[NAME].study(**study)  # as figures and claims read it
    assert measure(here, ["--stale", "--data", "sample", "--device", "cpu"]).startswith(
        "measured nothing"
    )


@pytest.mark.parametrize("words", [[], ["typo"], [NAME, "--stale"]])
def test_a_command_line_that_asks_for_nothing_is_refused(
    words: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        arguments(words)
    assert "STUDY" in capsys.readouterr().err


def test_no_file_is_stale_or_of_an_experiment_that_is_gone() -> None:
    places = Places.of(ROOT)
    for path in places.measured.glob("*.json"):
        for world in json.loads(path.read_text(encoding="utf-8")):
            assert not is_stale(places, path.stem, world), f"measure {path.stem} again"


def test_all_measurements_together_are_small() -> None:
    files: list[Path] = [*Places.of(ROOT).measured.glob("*.json")]
    assert sum(path.stat().st_size for path in files) <= 3_000_000
