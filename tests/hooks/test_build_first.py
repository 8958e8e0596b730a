"""What is missing is made before mkdocs builds."""

from __future__ import annotations

import os
import subprocess
import sys
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError

from hooks import build_first
from pipeline.places import ROOT
from pipeline.site import INSIDE

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
    monkeypatch.setattr(build_first, "last_order", lambda: ["--data", "mnist", "--root", "/data"])
    build_first.on_pre_build(config=None)
    assert calls[0][2:] == ["figures", "widgets", "tutorials", "--data", "mnist", "--root", "/data"]


def test_a_step_that_fails_stops_mkdocs(calls: Calls) -> None:
    build_first.on_pre_build(config=None)
    with pytest.raises(PluginError, match=r"build\.py failed; the lines above say why"):
        build_first.on_pre_build(config=None)


def test_within_the_build_nothing_is_made_twice(
    calls: Calls, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(INSIDE, "1")
    build_first.on_pre_build(config=None)
    assert calls == []


def test_every_hook_loads_for_mkdocs_alone() -> None:
    """No path is set for who types `mkdocs serve`."""
    settings = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    call = "from mkdocs.config import load_config; print(*load_config('mkdocs.yml').hooks)"
    done = subprocess.run(
        [sys.executable, "-c", call],
        cwd=ROOT,
        env=settings,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "scripts/hooks/speed.py" in done.stdout.split()
