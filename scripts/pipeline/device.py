"""Ask torch for the device, in a process of its own, since importing torch takes seconds."""

from __future__ import annotations

import sys
from pathlib import Path

from cnnfilters.files import write_atomically
from cnnfilters.training import pick_device
from pipeline.processes import fail


def main(wanted: str, answer: str) -> int:
    """Write the device's name to a file."""
    try:
        write_atomically(Path(answer), pick_device(wanted))
    except ValueError as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
