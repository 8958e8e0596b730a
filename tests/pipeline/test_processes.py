"""A step in a process of its own, and what a person reads when it fails."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import pytest

from pipeline import processes
from pipeline.processes import BuildError, fail, run_step, side_by_side, workers


@dataclass(frozen=True)
class Paint:
    """What a step is given."""

    what: str

    def run(self) -> None: ...


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A repository whose steps write where they are and what they were told, or fail."""
    step = tmp_path / "scripts" / "pipeline" / "step.py"
    step.parent.mkdir(parents=True)
    step.write_text(
        "import os, sys\n"
        "from pathlib import Path\n"
        "line = sys.stdin.readline()\n"
        "said = [*sys.argv[1:], line.strip(), os.environ.get('COLOUR', '')]\n"
        "Path('said').write_text(' '.join(said))\n"
        "'die' in line and os.abort()\n"
        "sys.exit('fail' in line)\n"
    )
    return tmp_path


def test_a_step_runs_in_the_root_with_its_arguments(root: Path) -> None:
    run_step(Paint("zwei ü"), root=root, environment={"COLOUR": "blue"})
    said = f'{Paint.__module__} Paint {{"what": "zwei \\u00fc"}} blue'
    assert (root / "said").read_text() == said


def test_a_step_that_fails_stops_the_build_and_has_said_why_itself(root: Path) -> None:
    with pytest.raises(BuildError) as caught:
        run_step(Paint("fail"), root=root)
    assert str(caught.value) == ""
    assert (root / "said").exists()


@pytest.mark.skipif(os.name == "nt", reason="Windows knows no signals")
def test_a_step_that_is_killed_could_not_say_so_itself(root: Path) -> None:
    with pytest.raises(BuildError, match=r"^step test_processes was killed by signal 6; build"):
        run_step(Paint("die"), root=root)


def test_a_step_that_ends_before_it_was_told_all_is_no_other_fault(root: Path) -> None:
    (root / "scripts" / "pipeline" / "step.py").write_text("raise SystemExit(1)")
    with pytest.raises(BuildError, match=r"^$"):
        run_step(Paint("x" * 2**20), root=root)


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (ValueError("one\n  two\tthree "), "build: one two three"),
        (KeyError(), "build: KeyError"),
        (FileNotFoundError(2, "No such file", "x"), "build: [Errno 2] No such file: 'x'"),
        (OSError(30, "Read-only", "x"), "build: [Errno 30] Read-only: 'x'; make it writable"),
    ],
    ids=["many lines", "no words", "system", "advice"],
)
def test_an_error_is_one_line(
    error: Exception, line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fail(error) == 1
    said = capsys.readouterr()
    assert said.err == f"{line}\n"
    assert said.out == ""


def test_workers_are_processes_of_their_own() -> None:
    with workers() as executor:
        assert executor.submit(os.getpid).result() != os.getpid()


def test_a_single_call_needs_no_process_more() -> None:
    done = []
    side_by_side("figures", done.append, {"figure a": (os.getpid(),)})
    assert done == [os.getpid()]


def test_a_single_call_that_fails_is_named() -> None:
    with pytest.raises(BuildError, match=r"^figure a: ValueError: invalid literal"):
        side_by_side("figures", int, {"figure a": ("one",)})


@pytest.mark.parametrize(("system", "count"), [("win32", 61), ("linux", 96)])
def test_windows_waits_for_no_more_processes_than_it_can(
    system: str, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "cores", lambda: 96)
    monkeypatch.setattr(processes.sys, "platform", system)
    monkeypatch.setattr(processes, "ProcessPoolExecutor", lambda most, *_: most)
    assert workers() == count
    assert workers(2) == 2
