"""What a build has measured, by name; figures, facts and claims say which of it they need."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from cnnfilters.digits import Digits, load_digits
from cnnfilters.experiments import EXPERIMENTS, Study
from cnnfilters.run import Run

MANIFEST = Path(".cnnfilters/build.json")


class Recipe(NamedTuple):
    """How one figure, fact or claim is made, and from what; so it is made again only when needed.

    Attributes:
        make: Takes the inputs in order, then the options by name.
        inputs: `run:NAME`, `study:NAME`, `digits`, or `pages`, the page of each claim.
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
        """A Run, a study, the digits, or the page of each claim.

        Args:
            name: `run:NAME`, `study:NAME`, `digits` or `pages`.

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
        pages = json.dumps(self.about.get("pages"), sort_keys=True)
        keys = {"digits": self.about["checksum"], "pages": pages, **self.about["results"]}
        if name not in keys:
            raise ValueError(f"`name` (={name!r}) must be one of {', '.join(sorted(keys))}")
        return str(keys[name])

    def origin(self, recipe: Recipe) -> str:
        """How the studies of a recipe came about, in words; empty where it asks for none.

        A build takes studies that were measured once, or measures them itself.
        """
        studies = [name.removeprefix("study:") for name in recipe.inputs if "study:" in name]
        known = self.about.get("origins", {})
        words = [known.get(name, "measured by this build") for name in studies]
        return "; ".join(dict.fromkeys(words))

    def make(self, recipe: Recipe) -> Any:
        """Follow a recipe."""
        return recipe.make(*map(self.get, recipe.inputs), **recipe.options)

    def _read_once(self, name: str) -> Run | Study | Digits | dict[str, str]:
        if name == "digits":
            return load_digits(self.about["source"], self.about["root"])
        if name == "pages":
            return dict(self.about["pages"])
        path = self.folder / self.about["results"][name]
        if name.startswith("run:"):
            return Run.load(path)
        experiment = EXPERIMENTS[name.removeprefix("study:")]
        study: Study = experiment.study(**json.loads(path.read_text(encoding="utf-8")))
        return study
