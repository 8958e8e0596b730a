"""Build the site strictly, beside the old one, and swap: mkdocs would empty the old one first."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cnnfilters.provenance import digest, versions
from pipeline.handing import to_json
from pipeline.places import Places
from pipeline.processes import BuildError, run_step
from pipeline.stamps import begin_if_stale, clear, stamp

LIBRARIES = ("math-core", "mkdocs", "mkdocs-jupyter", "mkdocs-material", "mkdocstrings-python")
INSIDE = "CNNFILTERS_BUILDING"  # tells the hooks that everything is made, and where it lies
PAUSES = (0.1, 0.2, 0.5, 1, 2)  # seconds between tries to rename a folder
NEW, OLD = "site-new", "site-old"  # in the build's own folder


def build_site(places: Places, *, force: bool = False) -> bool:
    """Build if anything that a page depends on changed.

    Returns:
        Whether it was built.

    Raises:
        BuildError: mkdocs failed; the earlier site is untouched.
    """
    new, old, site = places.cache / NEW, places.cache / OLD, places.site
    if force:
        clear(places, "site")
    if old.exists() and not site.exists():
        old.rename(site)  # a kill came between the two halves of a swap
    key = _key(places)
    if not begin_if_stale(places, "site", key):
        return False
    try:
        run_step(Mkdocs(new), environment=_environment(places))
    except BuildError:
        shutil.rmtree(new, ignore_errors=True)
        raise BuildError("mkdocs did not build the site; the lines above say why") from None
    _swap(new, old, site)
    stamp(places, "site", key, [path for path in site.rglob("*") if path.is_file()])
    return True


def _environment(places: Places) -> dict[str, str]:
    return {
        "SOURCE_DATE_EPOCH": os.environ.get("SOURCE_DATE_EPOCH") or commit_time(places.root),
        INSIDE: to_json(places),
        "NO_MKDOCS_2_WARNING": "1",  # an advertisement, printed at every build
    }


def commit_time(root: Path) -> str:
    """The date of every page: equal commits, equal bytes."""
    command = ["git", "log", "-1", "--format=%ct"]
    try:
        done = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True)
    except (OSError, subprocess.CalledProcessError):
        return "0"  # an archive without history
    return done.stdout.strip() or "0"


def _swap(new: Path, old: Path, site: Path) -> None:
    shutil.rmtree(old, ignore_errors=True)
    if site.exists():
        _rename(site, old)
    _rename(new, site)
    shutil.rmtree(old, ignore_errors=True)


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


def _key(places: Places) -> str:
    named = {path.relative_to(places.root).as_posix(): path for path in _inputs(places)}
    files = {name: digest(path.read_bytes()) for name, path in named.items()}
    addresses = [os.environ.get(name, "") for name in ("SITE_URL", "REPO_URL")]
    return digest(files, versions(*LIBRARIES), addresses)


def _inputs(places: Places) -> Iterator[Path]:
    code = (places.root / name for name in ("cnnfilters", "overrides", "scripts"))
    for folder in (places.docs, places.generated, places.notebooks, *code):
        found = (path for path in sorted(folder.rglob("*")) if path.is_file())
        yield from (path for path in found if "__pycache__" not in path.parts)
    yield from (places.root / "mkdocs.yml", places.words)


@dataclass(frozen=True)
class Mkdocs:
    """The step's own process: mkdocs, which says itself what is wrong with a page."""

    folder: Path

    def run(self) -> None:
        """Write the site into an empty folder."""
        from mkdocs.__main__ import cli

        try:
            cli(["build", "--strict", "--site-dir", str(self.folder)])
        except OSError as error:
            error.filename = error.filename or str(self.folder)  # a full disk names no file
            raise
