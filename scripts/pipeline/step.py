"""The start of every step's own process: `python -m pipeline.step MODULE CLASS`."""

from __future__ import annotations

import signal
import sys
from importlib import import_module

from pipeline.handing import from_json
from pipeline.lifeline import end_with_input
from pipeline.processes import BuildError, fail


def main(module: str, name: str, given: str) -> int:
    """Do a step with what it is given, a line of JSON; the exit status."""
    try:
        from_json(getattr(import_module(module), name), given).run()
    except (BuildError, ImportError, OSError, RuntimeError, ValueError) as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the build hears it and ends, and so do we
    line = sys.stdin.readline()
    end_with_input()
    whole = line.endswith("\n")  # else the build was killed while it wrote
    sys.exit(main(sys.argv[1], sys.argv[2], line) if whole else 1)
