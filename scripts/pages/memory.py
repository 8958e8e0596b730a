"""What is remembered from one rebuild to the next while the pages are served, and only then.

What was made from equal inputs is not made again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from pathlib import Path
from typing import Any, TypeVar

from pages.chapter import read_chapters
from pages.marks import CLAIM
from pipeline.places import Places

Made = TypeVar("Made")


class Memory:
    """The last result of every piece of work, with what it was made from.

    Args:
        on: Whether anything is remembered; a build for readers makes everything.
    """

    def __init__(self, *, on: bool = False) -> None:
        self.on = on
        self._results: dict[Hashable, tuple[object, Any]] = {}

    def recall(self, slot: Hashable, inputs: object, make: Callable[[], Made]) -> Made:
        """What was made last in this slot, if it was made from the same.

        Example:
            >>> memory = Memory(on=True)
            >>> [memory.recall("sum", [1, 2], lambda: 3), memory.recall("sum", [1, 2], lambda: 4)]
            [3, 3]
            >>> memory.recall("sum", [5], lambda: 5)
            5
        """
        if not self.on:
            return make()
        known = self._results.get(slot)
        if known is None or known[0] != inputs:
            known = self._results[slot] = (inputs, make())
        result: Made = known[1]
        return result

    def call(self, uri: str, function: Callable[..., Made], *given: Any) -> Made:
        """What a page gets from a function of its arguments alone."""
        return self.recall((uri, function.__qualname__), given, lambda: function(*given))

    def make_first(self, places: Places, make: Callable[[Places], None]) -> None:
        """Make what pages need, unless all that it comes from and all of it are as they were."""
        if not self.on:
            make(places)
            return
        sources = _sources(places)  # before the steps: they take time, and an edit may come between
        before = self._results.get("steps")
        if before != (sources, _results(places)):
            make(places)
            self._results["steps"] = (sources, _results(places))


def signature(*places: Path) -> list[tuple[str, int, int]]:
    """What tells whether any file of these places was written since: names, times, sizes."""
    files = []
    for place in places:
        found = sorted(place.rglob("*")) if place.is_dir() else [place]
        files += [path for path in found if path.is_file() and "__pycache__" not in path.parts]
    about = [(path, path.stat()) for path in files]
    return [(str(path), stat.st_mtime_ns, stat.st_size) for path, stat in about]


def code(root: Path) -> object:
    """The signature of all that pages of the reference, and the steps, are made by and from."""
    return signature(*(root / name for name in ("cnnfilters", "scripts", "overrides")))


def _sources(places: Places) -> object:
    tutorials = sorted((places.docs / "tutorials").glob("*.py"))
    chapters = [
        (chapter.heading, chapter.address, CLAIM.findall(chapter.text))
        for chapter in read_chapters(places.docs)
    ]
    return (code(places.root), signature(*tutorials), chapters)


def _results(places: Places) -> object:
    return signature(places.generated, places.notebooks, places.words, places.manifest)
