"""Run a step in a process of its own, and its parts side by side; pass on what they say."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor, as_completed
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Protocol

from pipeline.handing import to_json
from pipeline.lifeline import end_with_parent
from pipeline.places import ROOT

SETTINGS = {
    # A step works in a process for each core; more threads would only wait for each other.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    # Python's own tidying up after a kill is nothing that a person has to read about.
    "PYTHONWARNINGS": "ignore::UserWarning:multiprocessing.resource_tracker",
}
WINDOWS_MOST = 61  # processes that one can wait for there
ADVICE = {
    errno.EACCES: "make it writable",
    errno.ENOSPC: "make room and build again",
    errno.EPIPE: "nobody reads the output any more; build again to go on",
    errno.EROFS: "make it writable",
}


class BuildError(Exception):
    """The build cannot go on; the message is one line that says what, where and what to do."""


class Step(Protocol):
    """What a process of its own does: a frozen dataclass of what it needs to know."""

    def run(self) -> None:
        """Called in that process."""


def run_step(
    step: Step, *, environment: Mapping[str, str] | None = None, root: Path = ROOT
) -> None:
    """Run a step in a process of its own.

    Args:
        step: What `handing` can hand over, and a module that can be imported has.
        environment: Variables that the process has beside ours.
        root: The repository whose code it runs, and in which it works.

    Raises:
        BuildError: It was killed; or it failed, and what it said is already on the terminal.
    """
    paths = [str(root / "scripts"), str(root), os.environ.get("PYTHONPATH", "")]
    settings = {**SETTINGS, **os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    kind = type(step)
    command = [sys.executable, "-m", "pipeline.step", kind.__module__, kind.__name__]
    environment = {**settings, **(environment or {})}
    # the pipe ends when we do, and then so does the step
    with subprocess.Popen(command, cwd=root, env=environment, stdin=subprocess.PIPE) as process:
        if process.stdin:
            with suppress(OSError):  # it has ended, and its status says how
                process.stdin.write(f"{to_json(step)}\n".encode())
                process.stdin.flush()
        status = process.wait()
    if status < 0:
        name = kind.__module__.rpartition(".")[2]
        raise BuildError(f"step {name} was killed by signal {-status}; build again to go on")
    if status:
        raise BuildError("")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers(most: int | None = None) -> ProcessPoolExecutor:
    """Processes that start clean and end with this one.

    Args:
        most: How many; None: one for each core.
    """
    count = most or cores()
    if sys.platform == "win32":
        count = min(count, WINDOWS_MOST)
    return ProcessPoolExecutor(count, get_context("spawn"), end_with_parent)


def side_by_side(
    label: str,
    work: Callable[..., object],
    calls: Mapping[str, tuple[Any, ...]],
    most: int | None = None,
) -> None:
    """Do something several times, as many at once as there are workers.

    Args:
        label: Of the progress bar.
        work: A function of a module.
        calls: Its arguments, by the name that a message gives to the call.
        most: Workers; None: one for each core.

    Raises:
        BuildError: Some failed, after the others have ended; or the disk or a process, at once.
    """
    from tqdm import tqdm

    if len(calls) == 1:
        _alone(work, *next(iter(calls.items())))
        return
    problems = []
    with workers(most) as several:
        jobs = {several.submit(work, *given): name for name, given in calls.items()}
        for job in tqdm(as_completed(jobs), total=len(jobs), desc=label, disable=None):
            if error := job.exception():
                problems.append(explain(error, jobs[job]))
            if isinstance(error, OSError | BrokenExecutor):
                several.shutdown(cancel_futures=True)  # the others would fail for the same reason
                break
    if problems:
        raise BuildError("; ".join(sorted(problems)))


def _alone(work: Callable[..., object], name: str, given: tuple[Any, ...]) -> None:
    """In this process: another would import everything again."""
    try:
        work(*given)
    except Exception as error:
        raise BuildError(explain(error, name)) from error


def explain(error: BaseException, name: str = "") -> str:
    """An error as one line: what, where, what to do.

    Args:
        error: Whatever was raised.
        name: What was being made; errors of the build itself say that themselves.

    Example:
        >>> explain(OSError(28, "No space left on device", "a.svg"))
        "[Errno 28] No space left on device: 'a.svg'; make room and build again"
        >>> explain(ValueError("no number"), "fact accuracy")
        'fact accuracy: ValueError: no number'
    """
    text = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, OSError) and error.errno in ADVICE:
        return f"{text}; {ADVICE[error.errno]}"
    if isinstance(error, BuildError) or not name:
        return text
    return f"{name}: {type(error).__name__}: {text}"


def fail(error: Exception) -> int:
    """Print an error as one line; the exit status of a step that failed.

    A `BuildError` without words stands for a step that has printed its own.
    """
    if isinstance(error, BrokenPipeError):  # else the interpreter would try, and complain, again
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if str(error) or not isinstance(error, BuildError):
        print(f"build: {explain(error)}", file=sys.stderr)
    return 1
