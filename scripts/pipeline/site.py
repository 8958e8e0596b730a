"""Build the site strictly, beside the old one, and swap: mkdocs would empty the old one first."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from cnnfilters.provenance import digest, versions
from pipeline.places import CACHE, DOCS, GENERATED, NOTEBOOKS, ROOT, SITE, WORDS
from pipeline.processes import BuildError, run_step
from pipeline.stamps import begin_if_stale, clear, stamp

LIBRARIES = ("math-core", "mkdocs", "mkdocs-jupyter", "mkdocs-material", "mkdocstrings-python")
INSIDE = "CNNFILTERS_BUILDING"  # tells the hook that everything is already made
PAUSES = (0.1, 0.2, 0.5, 1, 2)  # seconds between tries to rename a folder
NEW, OLD = CACHE / "site-new", CACHE / "site-old"


def build_site(*, force: bool = False) -> bool:
    """Build if anything that a page depends on changed.

    Returns:
        Whether it was built.

    Raises:
        BuildError: mkdocs failed; the earlier site is untouched.
    """
    if force:
        clear("site")
    if OLD.exists() and not SITE.exists():
        OLD.rename(SITE)  # a kill came between the two halves of a swap
    key = _key()
    if not begin_if_stale("site", key):
        return False
    try:
        run_step("site", environment=_environment())
    except BuildError:
        shutil.rmtree(NEW, ignore_errors=True)
        raise BuildError("mkdocs did not build the site; the lines above say why") from None
    _swap()
    stamp("site", key, [path for path in SITE.rglob("*") if path.is_file()])
    return True


def _environment() -> dict[str, str]:
    return {
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or _commit_time(),
        INSIDE: "1",
        "NO_MKDOCS_2_WARNING": "1",  # an advertisement, printed at every build
    }


def _commit_time() -> str:
    """The date of every page: equal commits, equal bytes."""
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return "0"  # an archive without history
    return done.stdout.strip() or "0"


def _swap() -> None:
    shutil.rmtree(OLD, ignore_errors=True)
    if SITE.exists():
        _rename(SITE, OLD)
    _rename(NEW, SITE)
    shutil.rmtree(OLD, ignore_errors=True)


def _rename(old: Path, new: Path) -> None:
    """Rename a folder; Windows refuses while a server reads a file in it, mostly for a moment.

    Raises:
        BuildError: It is still refused after some seconds.
    """
    for pause in PAUSES:
        try:
            old.rename(new)
        except PermissionError:
            time.sleep(pause)
        else:
            return
    raise BuildError(f"{old} is in use by another program; end it and build again")


def _key() -> str:
    files = {path.relative_to(ROOT).as_posix(): digest(path.read_bytes()) for path in _inputs()}
    addresses = [os.environ.get(name, "") for name in ("SITE_URL", "REPO_URL")]
    return digest(files, versions(*LIBRARIES), addresses)


def _inputs() -> Iterator[Path]:
    folders = (
        DOCS,
        GENERATED,
        NOTEBOOKS,
        ROOT / "cnnfilters",
        ROOT / "overrides",
        ROOT / "scripts",
    )
    for folder in folders:
        found = (path for path in sorted(folder.rglob("*")) if path.is_file())
        yield from (path for path in found if "__pycache__" not in path.parts)
    yield from (ROOT / "mkdocs.yml", WORDS)


def main() -> None:
    """The step's own process: mkdocs, which says itself what is wrong with a page."""
    from mkdocs.__main__ import cli

    try:
        cli(["build", "--strict", "--site-dir", str(NEW)])
    except OSError as error:
        error.filename = error.filename or str(NEW)  # a full disk names no file
        raise
