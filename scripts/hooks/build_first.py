"""Before every build: make what is missing or stale, so that `mkdocs serve` alone is enough."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # for this hook and those after it

from pipeline.manifest import last_order
from pipeline.places import ROOT
from pipeline.site import INSIDE


def on_pre_build(*, config: Any) -> None:
    """Run the steps in a process of their own: this one may hold an older version of the package.

    Raises:
        PluginError: A step failed; it has said why.
    """
    del config
    if os.environ.get(INSIDE):
        return  # scripts/build.py has just done it
    targets = ["figures", "widgets", "tutorials"]
    command = [sys.executable, str(ROOT / "scripts" / "build.py"), *targets, *last_order()]
    if subprocess.run(command, cwd=ROOT, check=False).returncode:
        raise PluginError("scripts/build.py failed; the lines above say why")
