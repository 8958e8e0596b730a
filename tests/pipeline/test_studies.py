"""The step that measures: every study once, the longest first."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from cnnfilters.experiments import EXPERIMENTS
from pipeline import studies
from pipeline.studies import LONGEST, main, measure_one


def test_each_study_is_begun_once_and_the_longest_first(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = dict[str, tuple]()

    def note(label: str, work: object, calls: Mapping[str, tuple]) -> None:
        assert (label, work) == ("studies", measure_one)
        begun.update(calls)

    monkeypatch.setattr(studies, "side_by_side", note)
    places = {name: [f"{name}.json", {"arm": f"{name}.npz"}] for name in EXPERIMENTS}
    main("sample", "", json.dumps(places))
    assert [call[0] for call in begun.values()][: len(LONGEST)] == list(LONGEST)
    assert {
        f"study {name}": (name, *given, "sample", "") for name, given in places.items()
    } == begun


def test_a_build_of_few_studies_begins_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    begun = list[str]()
    monkeypatch.setattr(studies, "side_by_side", lambda *given: begun.extend(given[2]))
    main("sample", "", json.dumps({"units": ["u.json", {}], LONGEST[-1]: ["l.json", {}]}))
    assert begun == [f"study {LONGEST[-1]}", "study units"]
