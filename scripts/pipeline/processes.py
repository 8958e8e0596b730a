"""Run a step in a process of its own and pass on what it says."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from pipeline.places import ROOT

# A step works in a process for each core; more threads would only wait for each other.
ONE_THREAD = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}


class BuildError(Exception):
    """The build cannot go on; the message is one line that says what, where and what to do."""


def run_step(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> None:
    """Run `python -m pipeline.MODULE`.

    Raises:
        BuildError: It failed; what it said is already on the terminal.
    """
    paths = [str(ROOT / "scripts"), str(ROOT), os.environ.get("PYTHONPATH", "")]
    settings = {**ONE_THREAD, **os.environ, "PYTHONPATH": os.pathsep.join(filter(None, paths))}
    command = [sys.executable, "-m", f"pipeline.{module}", *arguments]
    done = subprocess.run(command, cwd=ROOT, env={**settings, **(environment or {})}, check=False)
    if done.returncode:
        raise BuildError("")


def cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers() -> ProcessPoolExecutor:
    """Processes that start clean, one for each core."""
    return ProcessPoolExecutor(max_workers=cores(), mp_context=get_context("spawn"))


def fail(error: Exception) -> int:
    """Print an error as one line; the exit status of a step that failed."""
    text = " ".join(str(error).split()) or type(error).__name__
    print(f"build: {text}", file=sys.stderr)
    return 1
