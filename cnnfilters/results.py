"""What a build has measured, by name; figures, facts and claims say which of it they need."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cnnfilters.digits import Digits, load_digits
from cnnfilters.run import Run

MANIFEST = Path(".cnnfilters/build.json")


class Recipe(NamedTuple):
    """How one figure, fact or claim is made, and from what; so it is made again only when needed.

    Attributes:
        make: Takes the inputs in order, then the options by name.
        inputs: `run:NAME`, `study:NAME` or `digits`.
        options: Plain values.
    """

    make: Callable[..., Any]
    inputs: tuple[str, ...] = ()
    options: Mapping[str, Any] = {}


class Results:
    """The Runs, studies and digits of one build, read when first asked for.

    Args:
        manifest: The file that the build wrote: source, root, and the path of every result.

    Raises:
        FileNotFoundError: Nothing has been built yet.
    """

    def __init__(self, manifest: Path = MANIFEST) -> None:
        if not manifest.exists():
            raise FileNotFoundError(f"{manifest} is missing: run python scripts/build.py train")
        self.about: dict[str, Any] = json.loads(manifest.read_text(encoding="utf-8"))
        self.folder = manifest.parent
        self._read = cache(self._read_once)

    def get(self, name: str) -> Any:
        """A Run, a study's mapping, or the digits.

        Args:
            name: `run:NAME`, `study:NAME` or `digits`.

        Raises:
            ValueError: The build has no such result.
        """
        self.key(name)
        return self._read(name)

    def key(self, name: str) -> str:
        """What a result depends on, without reading it: its path carries its digest.

        Raises:
            ValueError: The build has no such result.
        """
        keys = {"digits": self.about["checksum"], **self.about["results"]}
        if name not in keys:
            raise ValueError(f"`name` (={name!r}) must be one of {', '.join(sorted(keys))}")
        return str(keys[name])

    def make(self, recipe: Recipe) -> Any:
        """Follow a recipe."""
        return recipe.make(*map(self.get, recipe.inputs), **recipe.options)

    def _read_once(self, name: str) -> Run | Digits | dict[str, Any]:
        if name == "digits":
            return load_digits(self.about["source"], self.about["root"])
        path = self.folder / self.about["results"][name]
        if name.startswith("run:"):
            return Run.load(path)
        study: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return study
