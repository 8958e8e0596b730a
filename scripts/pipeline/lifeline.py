"""A process of the build ends with the one that started it: after a kill, none goes on writing."""

from __future__ import annotations

import os
from collections.abc import Callable
from multiprocessing import parent_process
from threading import Thread


def end_with_input() -> None:
    """For a step, whose standard input is a pipe from the build, which never writes into it.

    The system closes the pipe however the build ends.
    """
    _exit_after(lambda: os.read(0, 1))  # not sys.stdin, whose lock the interpreter's end needs


def end_with_parent() -> None:
    """For a worker of a pool, which would wait for work for ever."""
    if parent := parent_process():
        _exit_after(parent.join)


def _exit_after(wait: Callable[[], object]) -> None:
    def watch() -> None:
        wait()
        os._exit(1)

    Thread(target=watch, daemon=True).start()
