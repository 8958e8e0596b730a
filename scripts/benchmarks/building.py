"""What a build costs when nothing has changed, and what our hooks add to mkdocs.

Everything happens in a copy of the checkout: the site that somebody reads stays as it is.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import yaml

from benchmarks.timing import side_by_side, spread
from pipeline.places import ROOT
from pipeline.processes import BuildError
from pipeline.sheet import Sheet

COPIED = (
    *(".cnnfilters", "cnnfilters", "docs", "overrides", "scripts"),
    *("mkdocs.yml", "pyproject.toml"),
)
SPOILT = shutil.ignore_patterns("__pycache__", "site-*", "lock")
CHAPTER = "docs/learning/14-feature-maps.md"


@contextmanager
def copied() -> Iterator[Path]:
    """A copy of the checkout with all that its last build left."""
    with TemporaryDirectory() as folder:
        root = Path(folder, "copy")
        root.mkdir()
        for name in COPIED:
            if (ROOT / name).is_dir():
                shutil.copytree(ROOT / name, root / name, ignore=SPOILT)
            else:
                shutil.copy2(ROOT / name, root / name)
        yield root


def run(root: Path, *command: str) -> str:
    """Run Python in a copy; what it printed.

    Raises:
        BuildError: It failed.
    """
    paths = {"PYTHONPATH": str(root), "NO_MKDOCS_2_WARNING": "1"}
    done = subprocess.run(
        [sys.executable, *command],
        cwd=root,
        env={**os.environ, **paths},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if done.returncode:
        raise BuildError(f"`python {' '.join(command)}` failed: {done.stderr.strip()[-400:]}")
    return done.stdout


def build(root: Path, config: str = "mkdocs.yml") -> Callable[[int], str]:
    """An arm: mkdocs builds the pages of a copy."""
    site = f"--site-dir={root / 'built'}"
    return lambda _: run(root, "-m", "mkdocs", "build", "--quiet", f"--config-file={config}", site)


def without_hooks(root: Path) -> Path:
    """The configuration of the same pages without what we add: plugins and theme stay."""
    docs, config = root / "bare", root / "bare.yml"
    shutil.copytree(root / "docs", docs)
    for made in ("generated", "notebooks"):
        shutil.copytree(root / ".cnnfilters" / made, docs, dirs_exist_ok=True)
    own = {"INHERIT": "mkdocs.yml", "hooks": [], "docs_dir": "bare"}
    config.write_text(yaml.safe_dump(own), encoding="utf-8")
    return config


def edit(root: Path) -> str:
    """Change a chapter as an author does; what the build before mkdocs then does."""
    with (root / CHAPTER).open("a", encoding="utf-8") as chapter:
        chapter.write("\nOne more sentence.\n")
    return run(root, "scripts/build.py", "figures", "widgets", "tutorials").splitlines()[0]


def building(rounds: int) -> Sheet:
    """Seconds with nothing changed, beside the least that could be done."""
    with copied() as root:
        script = "scripts/build.py"
        run(root, script)  # the copy's own stamps and byte code
        arms = {
            "python -c 'import numpy'": lambda _: run(root, "-c", "import numpy"),
            "scripts/build.py, nothing changed": lambda _: run(root, script),
            "mkdocs build without our hooks": build(root, str(without_hooks(root))),
            "mkdocs build, nothing changed": build(root),
        }
        taken = side_by_side(arms, rounds)
        edited = edit(root)
    middle = {name: statistics.median(values) for name, values in taken.items()}
    least, script, bare, whole = middle
    beyond = {
        script: f"{middle[script] - middle[least]:+.2f} s",
        whole: f"× {middle[whole] / middle[bare]:.2f}",
    }
    rows = [(name, spread(taken[name]), beyond.get(name, "")) for name in taken]
    return Sheet(
        f"Seconds of a build; after a chapter was edited: {edited.partition(', left')[0]}.",
        ("command", "seconds", "compared"),
        rows,
        {**taken, "edited": edited},
    )
