"""Where things lie. All but `site` and `timings` is a cache that may be deleted at any time."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.scope import Scope

ROOT = Path(__file__).resolve().parents[2]  # of the code that runs


@dataclass(frozen=True)
class Places:
    """The files of one build, and how much it makes; every step is handed this.

    Attributes:
        root: The repository.
        docs: What people wrote.
        measured: Studies that were measured once and thoroughly.
        cache: The build's own folder.
        generated: Added to the site, as docs are.
        words: Facts and claims.
        earlier: The folder of earlier versions; other tools empty it.
    """

    root: Path
    docs: Path
    measured: Path
    cache: Path
    runs: Path
    studies: Path
    stamps: Path
    manifest: Path
    generated: Path
    figures: Path
    widgets: Path
    words: Path
    notebooks: Path
    site: Path
    timings: Path
    earlier: Path
    scope: Scope

    def without(self, kind: str) -> Places:
        """The same, but nothing of a kind is made."""
        return self.only(kind)

    def only(self, kind: str, *names: str) -> Places:
        """The same, but of a kind only these are made."""
        scope = replace(self.scope, only={**self.scope.only, kind: [*names]})
        return replace(self, scope=scope)

    @classmethod
    def of(cls, root: Path) -> Places:
        """Those of the whole build of a repository."""
        found = cls.apart(root, root / ".cnnfilters", Scope())
        timings = root / "build" / "timings.json"
        return replace(found, site=root / "site", timings=timings, earlier=root / ".cache")

    @classmethod
    def apart(cls, root: Path, cache: Path, scope: Scope) -> Places:
        """Those of a build that disturbs no other: it writes below `cache` alone."""
        generated = cache / "generated"
        return cls(
            root=root,
            docs=root / "docs",
            measured=root / "docs" / "measured",
            cache=cache,
            runs=cache / "runs",
            studies=cache / "studies",
            stamps=cache / "stamps",
            manifest=cache / "build.json",
            generated=generated,
            figures=generated / "figures",
            widgets=generated / "widgets" / "data",
            words=cache / "words.json",
            notebooks=cache / "notebooks",
            site=cache / "site",
            timings=cache / "timings.json",
            earlier=cache / "earlier",
            scope=scope,
        )
