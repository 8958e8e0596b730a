#!/usr/bin/env python3
"""Pin the documentation toolchain: write the versions that pip would choose today.

The workflows that test a change and publish the site install these versions, so that neither
changes without a commit. Nobody else needs them: on a machine of one's own, pip chooses.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PINS = ROOT / ".github" / "constraints" / "docs.txt"
HEADER = """\
# The documentation toolchain as CI and the published site use it; not needed to build the site.
# Written by scripts/constraints.py with the oldest Python that is supported; kept fresh by
# Dependabot, which waits two weeks before it takes up a release (.github/dependabot.yml).
"""


def wanted() -> list[str]:
    """What the site needs beyond the package, as pyproject.toml says it."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return list(project["optional-dependencies"]["docs"])


def resolved(requirements: list[str]) -> dict[str, str]:
    """The version of each package that pip would install, by its name; nothing is installed."""
    options = ["--dry-run", "--ignore-installed", "--quiet", "--report", "-"]
    command = [sys.executable, "-m", "pip", "install", *options, *requirements]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return pins(json.loads(done.stdout))


def pins(report: dict[str, list[dict[str, dict[str, str]]]]) -> dict[str, str]:
    """Names and versions in a report of pip.

    Example:
        >>> pins({"install": [{"metadata": {"name": "MarkupSafe", "version": "3.0"}}]})
        {'markupsafe': '3.0'}
    """
    packages = (each["metadata"] for each in report["install"])
    return {re.sub("[-_.]+", "-", each["name"]).lower(): each["version"] for each in packages}


def main() -> None:
    """Write the pins."""
    found = resolved(wanted())
    lines = (f"{name}=={found[name]}\n" for name in sorted(found))
    PINS.write_text(HEADER + "".join(lines), encoding="utf-8", newline="\n")
    print(f"{len(found)} versions in {PINS.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
