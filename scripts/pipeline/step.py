"""The start of every step's own process: `python -m pipeline.step MODULE ARGUMENTS`."""

from __future__ import annotations

import signal
import sys
from importlib import import_module

from pipeline.lifeline import end_with_input
from pipeline.processes import BuildError, fail


def main(module: str, *arguments: str) -> int:
    """Do what the module's own `main` does; the exit status."""
    try:
        import_module(f"pipeline.{module}").main(*arguments)
    except (BuildError, ImportError, OSError, RuntimeError, ValueError) as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build hears it and ends, and so do we
    end_with_input()
    sys.exit(main(*sys.argv[1:]))
