"""What a build has measured, by name."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cnnfilters.digits import Digits
from cnnfilters.experiments import Study
from cnnfilters.experiments.units import SILENT, TRAINED
from cnnfilters.results import Recipe, Results
from cnnfilters.run import Run


@pytest.fixture
def own(results: Results, tmp_path: Path) -> Path:
    """The manifest of a build with one study and one Run."""
    run = results.folder / results.about["results"]["run:default"]
    (tmp_path / "default.npz").write_bytes(run.read_bytes())
    study = {"arms": {"trained": {"silent": [1.0, 2.0]}}, "steps": 190, "held_out_words": "few"}
    (tmp_path / "study.json").write_text(json.dumps(study))
    about = {
        "source": "sample",
        "root": None,
        "checksum": "abc",
        "results": {"run:default": "default.npz", "study:units": "study.json"},
        "pages": {"start-remains": "learning/11-training/"},
    }
    (tmp_path / "build.json").write_text(json.dumps(about))
    return tmp_path / "build.json"


def test_runs_studies_and_digits_come_by_their_names(own: Path) -> None:
    results = Results(own)
    assert isinstance(results.get("run:default"), Run)
    assert isinstance(results.get("digits"), Digits)
    assert results.get("study:units").values(SILENT.of(TRAINED)) == [1.0, 2.0]
    assert results.get("pages") == {"start-remains": "learning/11-training/"}


def test_a_recipe_says_where_its_studies_come_from(own: Path) -> None:
    recipe, results = Recipe(str, ("study:units", "run:default")), Results(own)
    assert results.origin(recipe) == "measured by this build"
    assert results.origin(Recipe(str, ("run:default",))) == ""
    results.about["origins"] = {"units": "measured once, on a day"}
    assert results.origin(recipe) == "measured once, on a day"


def test_a_result_is_read_once(own: Path) -> None:
    results = Results(own)
    assert results.get("run:default") is results.get("run:default")


def test_nothing_is_read_before_it_is_asked_for(own: Path) -> None:
    for path in own.parent.glob("*.npz"):
        path.unlink()
    assert Results(own).key("run:default") == "default.npz"


def test_an_unknown_name_is_refused_with_the_known_ones(own: Path) -> None:
    message = r"`name` \(='run:best'\) must be one of digits, pages, run:default, study:units"
    with pytest.raises(ValueError, match=message):
        Results(own).get("run:best")


def test_before_the_first_build_one_is_told_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"is missing: run python scripts/build\.py train"):
        Results(tmp_path / "build.json")


def test_a_recipe_gets_its_inputs_in_order_and_its_options(own: Path) -> None:
    def make(study: Study, run: Run, *, index: int) -> tuple[float, int]:
        return study.values(SILENT.of(TRAINED))[index], len(run.kernels())

    recipe = Recipe(make, ("study:units", "run:default"), {"index": 1})
    assert Results(own).make(recipe) == (2.0, 16)


@pytest.mark.parametrize(
    ("name", "key"), [("digits", "abc"), ("study:units", "study.json")], ids=["digits", "study"]
)
def test_a_key_says_what_a_result_depends_on(name: str, key: str, own: Path) -> None:
    assert Results(own).key(name) == key
