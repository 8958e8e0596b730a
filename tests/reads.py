"""What a test depends on: what all tests do, and which files of the project it opened."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from importlib.metadata import distributions
from pathlib import Path
from typing import Any

from checks.chromium import installed_chromium

TEXT = ".md"
MADE = ("site/", "build/", ".cnnfilters/")
# The site map holds names and dates, the others nothing.
IGNORED = ("site/sitemap.xml", ".cnnfilters/lock", ".cnnfilters/npm.lock")
# What follows the words of a site; the rest, which a page may keep and not load again, all share.
WORDS = (".html", ".gz", "site/sitemap.xml", "site/search/", "site/previews/")
UNHEARD = "what a process of its own read"
PROGRAMS = ("node", "firefox", "WebKitWebDriver")
FORKS = {"os.fork", "os.forkpty"}
SHELLS = {"bash", "make", "sh"}


def digest(path: Path) -> str:
    """Of the content of a file; of one that is not there, nothing."""
    return sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def common(root: Path) -> str:
    """One digest of all that any test may depend on.

    Raises:
        OSError: There is no git.
        subprocess.CalledProcessError: The project is no repository.
    """
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root, capture_output=True, check=True, encoding="utf-8",
    ).stdout.split("\0")  # fmt: skip
    code = [name for name in sorted(set(listed)) if name and not name.endswith(TEXT)]
    site = sorted(path.relative_to(root).as_posix() for path in (root / "site").rglob("*"))
    kept = [name for name in site if not (name.endswith(WORDS) or name.startswith(WORDS))]
    programs = filter(None, (installed_chromium(), *map(shutil.which, PROGRAMS)))
    parts = [
        *(f"{name} {digest(root / name)}" for name in (*code, *kept)),
        *listed,
        *site,
        *sorted(f"{each.name}=={each.version}" for each in distributions()),
        *(sys.version, *map(_stamp, programs)),
    ]
    return sha256("\n".join(parts).encode()).hexdigest()


def _stamp(program: str) -> str:
    found = Path(program).resolve()
    return f"{found} {found.stat().st_size} {found.stat().st_mtime_ns}"


class Recorder:
    """Which files of the project are opened, told to whoever listens.

    Args:
        root: The project.
    """

    def __init__(self, root: Path) -> None:
        self._root, self._listening = f"{root}{os.sep}", list[set[str]]()
        self._tools = str(Path(sys.executable).parent)
        sys.addaudithook(self._hear)

    @contextmanager
    def into(self, names: set[str]) -> Iterator[None]:
        """Add to a set what is opened meanwhile."""
        before = self._listening
        self._listening = [*before, names]
        try:
            yield
        finally:
            self._listening = before

    def _hear(self, event: str, details: tuple[Any, ...]) -> None:
        if listening := self._listening:
            told = self._told(event, details)
            for names in listening:
                names.update(told)

    def _told(self, event: str, details: tuple[Any, ...]) -> set[str]:
        if event == "open":
            return self._files(details[0])
        forked = event in FORKS or (event == "subprocess.Popen" and self._unheard(*details[1:3]))
        return {UNHEARD} if forked else set()

    def _files(self, path: object) -> set[str]:
        """A file of the project, relative to it, and what it may be a link to."""
        if not isinstance(path, str | os.PathLike):
            return set()
        written = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - a pathlib call might open more
        places = {written, os.path.realpath(written)}
        inside = [place for place in places if place.startswith(self._root)]
        names = {place.removeprefix(self._root).replace(os.sep, "/") for place in inside}
        return {n for n in names if n.startswith(MADE) or n.endswith(TEXT)} - {*IGNORED}

    def _unheard(self, arguments: Any, folder: object) -> bool:
        """Whether a process might read anything of the project: nobody hears what it opens."""
        own, *others = [arguments] if isinstance(arguments, str) else map(os.fsdecode, arguments)
        reads = "python" in Path(own).name or Path(own).name in SHELLS
        inside = any(self._root in each for each in (*others, f"{folder or self._root}{os.sep}"))
        return inside and (reads or str(Path(own).parent) == self._tools)
