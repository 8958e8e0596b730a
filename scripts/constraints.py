#!/usr/bin/env python3
"""Pin what the workflows install: every package by its version and by the hashes of its files.

A change is tested and the site published with these, so that neither changes without a commit.
Nobody else needs them: on a machine of one's own, pip chooses. What is pinned already and still
allowed stays as it is; `--upgrade` takes the newest of all, `--upgrade-package NAME` of one.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / ".github" / "constraints.txt"
HEADER = """\
# What the workflows install, for every system and Python; nobody else needs it.
# Written by scripts/constraints.py; kept fresh by Dependabot, which waits two weeks before it
# takes up a release (.github/dependabot.yml).
"""
PYTHON = "3.11.9"  # the oldest that the workflows meet: no later 3.11 was built for Windows
TOOLS = ("editables", "pip-audit", "uv")  # beside the project; hatchling asks for the first
ELSEWHERE = {"torch", "torchvision"}  # from PyTorch's index, whose files are not those of PyPI
CUDA = re.compile(r"cuda-|nvidia-|triton")  # what torch needs on a GPU; the workflows have none


def wanted() -> list[str]:
    """What the workflows ask for, as pyproject.toml says it, and their own tools."""
    about = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [each for group in about["dependency-groups"].values() for each in group]
    tools = [each for each in groups if isinstance(each, str)]  # the others name groups
    return [*about["project"]["dependencies"], *tools, *about["build-system"]["requires"], *TOOLS]


def resolved(requirements: list[str], known: str, *options: str) -> str:
    """One version of each package that fits all systems, as uv writes it; nothing is installed.

    Args:
        requirements: What is asked for.
        known: Earlier pins, which stay where they are allowed.
        options: Further ones for uv.
    """
    with TemporaryDirectory() as folder:
        pins = Path(folder, "pins.txt")
        pins.write_text(known, encoding="utf-8")
        command = [sys.executable, "-m", "uv", "pip", "compile", "-", "--output-file", str(pins)]
        command += ["--universal", "--python-version", PYTHON, "--fork-strategy", "fewest"]
        command += ["--generate-hashes", "--no-header", "--no-annotate", "--no-emit-index-url"]
        asked = "\n".join(requirements)
        done = subprocess.run(
            [*command, "--quiet", *options], input=asked, encoding="utf-8", check=False
        )
        if done.returncode:
            sys.exit(done.returncode)  # uv has said why
        return pins.read_text(encoding="utf-8")


def entries(text: str) -> list[str]:
    r"""The packages of a file of pins, each with its hashes.

    Example:
        >>> entries("# Words.\na==1 \\\n    --hash=sha256:0\nb==2\n")
        ['a==1 \\\n    --hash=sha256:0\n', 'b==2\n']
    """
    return re.findall(r"^[^\s#].*\n(?:[ ].*\n)*", text, re.MULTILINE)


def pinned(text: str) -> str:
    r"""What uv wrote, without the packages of CUDA, and without the hashes of what lies elsewhere.

    Example:
        >>> pinned("torch==2 \\\n    --hash=sha256:0\ntriton==3\n").removeprefix(HEADER)
        'torch==2\n'
    """
    kept = (each for each in entries(text) if not CUDA.match(each))
    return HEADER + "".join(map(_entry, kept))


def _entry(entry: str) -> str:
    if entry.partition("==")[0] not in ELSEWHERE:
        return entry
    return entry.splitlines()[0].removesuffix("\\").rstrip() + "\n"


def main(*options: str) -> None:
    """Write the pins."""
    known = PINS.read_text(encoding="utf-8") if PINS.exists() else ""
    text = pinned(resolved(wanted(), known, *options))
    PINS.write_text(text, encoding="utf-8", newline="\n")
    print(f"{len(entries(text))} versions in {PINS.relative_to(ROOT)}")


if __name__ == "__main__":
    main(*sys.argv[1:])
