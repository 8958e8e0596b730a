"""The command line."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest
from filelock import FileLock

import build
import pipeline.build
from cnnfilters.digits import DigitsError
from pipeline.places import ROOT, Places
from pipeline.processes import BuildError


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_help_explains_every_target_and_choice() -> None:
    done = run("--help")
    assert done.returncode == 0
    for word in (
        *build.TARGETS,
        "--profile",
        "--data",
        "--root",
        "--device",
        "--studies",
        "--force",
        "mnist",
    ):
        assert word in done.stdout
    for target in build.TARGETS:
        assert f"\n  {target} " in done.stdout  # a line of its own


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["figures", "film"], "unknown target 'film': choose from train, figures"),
        (["--data", "fashion"], "invalid choice: 'fashion'"),
        (["--device", "tpu"], "invalid choice: 'tpu'"),
        (["--steps", "3"], "unrecognized arguments: --steps"),
    ],
    ids=["target", "data", "device", "option"],
)
def test_what_is_unknown_is_refused(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as caught:
        build.arguments(arguments)
    assert caught.value.code == 2
    assert message in capsys.readouterr().err


def test_without_a_target_all_is_built() -> None:
    assert build.arguments([]).targets == {"all"}


def test_a_root_is_the_same_wherever_a_step_runs(tmp_path: Path) -> None:
    before = Path.cwd()
    os.chdir(tmp_path)
    assert build.arguments(["--root", "data"]).root == str(tmp_path / "data")
    os.chdir(before)


@pytest.mark.parametrize(
    ("arguments", "forced"),
    [
        (["figures", "--force"], {"figures"}),
        (["--force"], {"train", "figures", "widgets", "tutorials", "site"}),
        (["all", "--force"], {"train", "figures", "widgets", "tutorials", "site"}),
        (["site"], set()),
    ],
    ids=["figures", "nothing named", "all", "no force"],
)
def test_force_reaches_the_named_targets_alone(arguments: list[str], forced: set[str]) -> None:
    asked = pipeline.build.Build(Places.of(ROOT), build.arguments(arguments))
    steps = [target for target in build.TARGETS if target != "all"]
    assert {target for target in steps if asked.forced(target)} == forced


@pytest.mark.parametrize(
    ("error", "status", "said"),
    [
        (BuildError("a page is bad"), 1, "build: a page is bad\n"),
        (BuildError(""), 1, ""),  # a step in its own process has said why
        (DigitsError("MNIST is not under data"), 1, "build: MNIST is not under data\n"),
        (PermissionError(13, "Denied"), 1, "build: [Errno 13] Denied; make it writable\n"),
        (PackageNotFoundError("mkdocs"), 1, "build: No package metadata was found for mkdocs\n"),
        (SyntaxError("invalid syntax", ("a.py", 3, 1, "if")), 1, "invalid syntax (a.py, line 3)\n"),
        (KeyboardInterrupt(), 130, ""),
    ],
    ids=lambda value: type(value).__name__,
)
def test_whatever_stops_a_build_is_one_line_and_a_status(
    error: BaseException,
    status: int,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(_: object) -> str:
        raise error

    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(pipeline.build.Build, "run", fail)
    assert build.main(["figures"], root=tmp_path) == status
    told = capsys.readouterr()
    assert told.err.endswith(said)
    assert told.err.count("\n") == bool(said)
    assert told.out == ""


def test_a_build_that_waits_for_another_says_so(
    places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, told = FileLock(places.cache / "lock"), list[str]()
    first.acquire()

    def say(words: str, *, flush: bool) -> None:
        assert flush  # else nobody would see it before the wait is over
        told.append(words)
        first.release()  # the other build ends

    monkeypatch.setattr(pipeline.build, "print", say, raising=False)
    assert _alone_for_a_moment(places)
    assert told == ["another build is under way in this checkout; waiting for its end"]


def test_a_build_that_is_alone_says_nothing_and_leaves_the_lock_free(
    places: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert _alone_for_a_moment(places)
    assert capsys.readouterr().out == ""


def _alone_for_a_moment(places: Places) -> bool:
    with pipeline.build._alone(places):
        return True


def test_a_read_only_checkout_is_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / ".cnnfilters").touch()
    monkeypatch.chdir(tmp_path)
    assert build.main([], root=tmp_path) == 1
    assert capsys.readouterr().err.startswith("build: [Errno")


@pytest.fixture
def found(tmp_path: Path) -> Places:
    """What an earlier version left in its folder, among what is not ours."""
    places = Places.of(tmp_path)
    name = "0123456789abcdef0123"
    for file in (f"runs/{name}.npz", f"studies/nulls-{name}.json", "build.json", "other/x.json"):
        path = places.earlier / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(file)
    return places


def files(folder: Path) -> list[str]:
    return sorted(p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


def test_what_an_earlier_version_trained_and_measured_is_taken_over_and_said_once(
    found: Places, capsys: pytest.CaptureFixture[str]
) -> None:
    pipeline.build.move_earlier(found)
    name = "0123456789abcdef0123"
    assert files(found.cache) == ["build.json", f"runs/{name}.npz", f"studies/nulls-{name}.json"]
    assert files(found.earlier) == ["other/x.json"]
    said = "moved 2 Runs and studies from .cache/ to .cnnfilters/; the rest is made afresh\n"
    assert capsys.readouterr().out == said
    pipeline.build.move_earlier(found)
    assert capsys.readouterr().out == ""


@pytest.mark.parametrize("profile", ["whole", "tiny"])
def test_a_tiny_build_takes_nothing_over(
    profile: str, found: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    scope = build.places("tiny").scope
    small = Places.apart(found.root, found.root / "build" / "tiny", scope)
    monkeypatch.chdir(found.root)
    monkeypatch.setattr(pipeline.build.Build, "run", lambda _: "done")
    asked = found if profile == "whole" else small
    assert pipeline.build.build(asked, build.arguments([])) == "done"
    assert (found.earlier / "build.json").exists() == (profile == "tiny")
