"""What is missing is made before mkdocs builds by itself, and not within the build."""

from __future__ import annotations

import subprocess
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError

import hooks
from pipeline import build_first
from pipeline.handing import to_json
from pipeline.places import ROOT, Places
from steps.site import INSIDE

Calls = list[list[str]]


@pytest.fixture
def calls(monkeypatch: pytest.MonkeyPatch) -> Calls:
    """The commands that were run, the first of which succeeds."""
    commands: Calls = []

    def run(command: list[str], **_: object) -> SimpleNamespace:
        commands.append(command)
        return SimpleNamespace(returncode=len(commands) - 1)

    monkeypatch.setattr(subprocess, "run", run)
    monkeypatch.delenv(INSIDE, raising=False)
    return commands


def test_all_but_the_site_is_made_as_the_last_time(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = ["--data", "mnist", "--root", "/data"]
    monkeypatch.setattr(build_first, "last_order", lambda _: again)
    build_first.build_first(Places.of(ROOT))
    assert calls[0][2:] == ["figures", "widgets", "tutorials", *again]


def test_a_step_that_fails_stops_mkdocs(calls: Calls) -> None:
    calls.append([])
    with pytest.raises(PluginError, match=r"build\.py failed; the lines above say why"):
        hooks.on_pre_build(config=None)


def test_within_the_build_nothing_is_made_twice(
    calls: Calls, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    monkeypatch.setattr(hooks, "now", hooks.State(places=places))
    monkeypatch.setattr(hooks.Measured, "read", lambda *_: made.append("read"))
    monkeypatch.setenv(INSIDE, to_json(places))
    hooks.on_pre_build(config=None)
    assert (calls, made) == ([], ["read"])
