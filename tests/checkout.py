"""A copy of this repository that builds its tiny site, for tests that kill, starve or move it."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline.places import ROOT
from steps.site import INSIDE

PARTS = ("cnnfilters", "scripts", "docs", "overrides", "tests/profiles")
CHANGING = {"lock", "timings.json"}  # files that may differ between equal builds

Done = subprocess.CompletedProcess[str]


class Checkout:
    """A folder like this repository's.

    Args:
        root: Where it is, or is to be.
    """

    def __init__(self, root: Path) -> None:
        self.root, self.tiny = root, root / "build" / "tiny"
        if not root.exists():
            for part in PARTS:
                shutil.copytree(ROOT / part, root / part)
            shutil.copy(ROOT / "mkdocs.yml", root)

    def start(
        self,
        *arguments: str,
        stdout: int = subprocess.PIPE,
        stderr: int = subprocess.PIPE,
        options: tuple[str, ...] = (),
        umask: int = -1,
        **settings: str,
    ) -> subprocess.Popen[str]:
        """Begin a build as a person would, from another folder, in a group that can be killed."""
        inherited = {k: v for k, v in os.environ.items() if k != INSIDE}
        command = [sys.executable, *options, str(self.root / "scripts" / "build.py")]
        keywords: dict[str, Any] = {"stdout": stdout, "stderr": stderr}
        if sys.platform != "win32":
            _hear_control_c()
            keywords |= {"start_new_session": True, "umask": umask}
        return subprocess.Popen(
            [*command, "--profile", "tiny", "--device", "cpu", "--studies", "short", *arguments],
            cwd=self.root.parent,
            env={**inherited, "LC_ALL": "C.UTF-8", **settings},
            encoding="utf-8",
            **keywords,
        )

    def build(self, *arguments: str, **how: Any) -> Done:
        """Build, and wait."""
        with self.start(*arguments, **how) as build:
            out, err = build.communicate()
        return subprocess.CompletedProcess(build.args, build.returncode, out or "", err)

    def made(self) -> dict[str, bytes]:
        """Every file that the build left behind, what it keeps for itself included."""
        files = (path for path in self.tiny.rglob("*") if path.is_file())
        named = {path.relative_to(self.tiny).as_posix(): path for path in files}
        return {name: named[name].read_bytes() for name in sorted(named.keys() - CHANGING)}


def _hear_control_c() -> None:
    """A shell lets background jobs ignore it; tests may be one, and a build would inherit that.

    Here and not between fork and exec, where other threads' locks are held for ever.
    """
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def assert_same(made: dict[str, bytes], expected: dict[str, bytes]) -> None:
    """Names the files that differ; pytest would print them."""
    names = sorted(made.keys() | expected.keys())
    differing = [name for name in names if made.get(name) != expected.get(name)]
    assert not differing, differing


def assert_refused(done: Done, message: str) -> None:
    """Lines say why, without a traceback."""
    assert done.returncode == 1, done.stderr
    assert [line for line in done.stderr.splitlines() if message in line], done.stderr
    assert "Traceback" not in done.stderr + done.stdout
    assert "Exception ignored" not in done.stderr
