"""Before mkdocs builds by itself: make what is missing, so that `mkdocs serve` is enough."""

from __future__ import annotations

import subprocess
import sys

from pipeline.manifest import last_order
from pipeline.places import ROOT
from pipeline.processes import BuildError


def build_first() -> None:
    """Run the steps in a process of their own: this one may hold an older version of the package.

    Raises:
        BuildError: A step failed; it has said why.
    """
    targets = ["figures", "widgets", "tutorials"]
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), *targets, *last_order()]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise BuildError("scripts/build.py failed; the lines above say why")
