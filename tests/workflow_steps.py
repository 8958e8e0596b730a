"""Steps of the workflows, run by tests as GitHub runs them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from pipeline.places import ROOT

GITHUB = ROOT / ".github"
ACTION = GITHUB / "actions" / "install" / "action.yml"
WORKFLOWS = sorted((GITHUB / "workflows").glob("*.yml"))
OTHERS = ("UV_", "PIP_", "GITHUB_")  # settings of this machine, which no runner has

needs_bash = pytest.mark.skipif(sys.platform == "win32", reason="the steps are written for bash")


def read(path: Path) -> Any:
    """A workflow or an action."""
    return yaml.safe_load(path.read_text(encoding="utf-8"))


def step(steps: list[dict[str, Any]], name: str) -> dict[str, Any]:
    """The step of this name."""
    return next(each for each in steps if each["name"] == name)


def run(script: str, folder: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Run the script of a step in a folder with GitHub's own shell and our settings."""
    inherited = {k: v for k, v in os.environ.items() if not k.startswith(OTHERS)}
    return subprocess.run(
        ["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", "-c", script],
        cwd=folder,
        env={**inherited, "NO_PROXY": "127.0.0.1", "no_proxy": "127.0.0.1", **settings},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
