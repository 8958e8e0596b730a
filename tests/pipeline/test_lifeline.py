"""A process ends with the one that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from pipeline.places import ROOT

PATIENCE = 30  # seconds; else the child would sleep for as long again
SLEEP = f"import time; print('ready', flush=True); time.sleep({4 * PATIENCE})"
STEP = f"from pipeline.lifeline import end_with_input; end_with_input(); {SLEEP}"
POOL = """\
import time
from pipeline.processes import workers
def work():
    print("ready", flush=True)
    time.sleep({seconds})
if __name__ == "__main__":
    workers().submit(work)
    time.sleep({seconds})
"""


def start(*command: str) -> subprocess.Popen[str]:
    """A Python that has said that it is ready."""
    child = subprocess.Popen(
        [sys.executable, *command],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "scripts"), str(ROOT)])},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    return child


def test_a_step_ends_when_nobody_holds_its_input() -> None:
    with start("-c", STEP) as step:
        assert step.poll() is None
        step.stdin.close()  # type: ignore[union-attr]
        assert step.wait(PATIENCE) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
def test_a_worker_ends_with_the_step_that_was_killed(tmp_path: Path) -> None:
    program = tmp_path / "pool.py"
    program.write_text(POOL.format(seconds=4 * PATIENCE))
    with start(str(program)) as pool:
        pool.send_signal(signal.SIGKILL)
        # the worker holds the other end of the output, which is closed when it ends
        assert pool.communicate(timeout=PATIENCE) == ("", None)
