"""The step that measures: every study once, the longest first."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from cnnfilters.experiments import EXPERIMENTS
from steps import studies
from steps.studies import LONGEST, Measure, Study, measure_one


def study(name: str) -> Study:
    return Study(name, Path(f"{name}.json"), {"arm": Path(f"{name}.npz")})


def test_each_study_is_begun_once_and_the_longest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = dict[str, tuple]()

    def note(label: str, work: object, calls: Mapping[str, tuple], most: int | None) -> None:
        assert (label, work, most) == ("studies", measure_one, None)
        begun.update(calls)

    monkeypatch.setattr(studies, "side_by_side", note)
    Measure("sample", None, tuple(map(study, EXPERIMENTS))).run()
    assert [call[0].name for call in begun.values()][: len(LONGEST)] == list(LONGEST)
    assert {f"study {name}": (study(name), "sample", None) for name in EXPERIMENTS} == begun


def test_a_build_of_few_studies_begins_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = list[str]()
    monkeypatch.setattr(studies, "side_by_side", lambda *given: begun.extend(given[2]))
    Measure("sample", None, (study("units"), study(LONGEST[-1]))).run()
    assert begun == [f"study {LONGEST[-1]}", "study units"]
