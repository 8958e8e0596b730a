"""Before mkdocs builds by itself: make what is missing, so that `mkdocs serve` is enough."""

from __future__ import annotations

import subprocess
import sys

from pipeline.manifest import last_order
from pipeline.places import Places
from pipeline.processes import BuildError


def build_first(places: Places) -> None:
    """Run the steps in a process of their own: this one may hold an older version of the package.

    Raises:
        BuildError: A step failed; it has said why.
    """
    targets = ["figures", "widgets", "tutorials"]
    script = str(places.root / "scripts" / "build.py")
    command = [sys.executable, script, *targets, *last_order(places)]
    if subprocess.run(command, cwd=places.root, check=False).returncode:
        raise BuildError("scripts/build.py failed; the lines above say why")
