"""Where things lie. All but `site` and `build` is a cache that may be deleted at any time."""

from __future__ import annotations

from pathlib import Path

from pipeline.profile import is_tiny

ROOT = Path(__file__).resolve().parents[2]
TINY = ROOT / "build" / "tiny"  # all that a tiny build writes, so that it disturbs no other
CACHE = TINY if is_tiny() else ROOT / ".cnnfilters"
EARLIER = ROOT / ".cache"  # what is now in CACHE lay here before; other tools empty it
RUNS = CACHE / "runs"
STUDIES = CACHE / "studies"
STAMPS = CACHE / "stamps"
MANIFEST = CACHE / "build.json"
GENERATED = CACHE / "generated"  # added to the site by a hook; docs/ holds what people wrote
FIGURES = GENERATED / "figures"
WIDGETS = GENERATED / "widgets" / "data"
WORDS = CACHE / "words.json"  # facts and claims
NOTEBOOKS = CACHE / "notebooks"
DOCS = ROOT / "docs"
TUTORIALS = DOCS / "tutorials"
SITE = (TINY if is_tiny() else ROOT) / "site"
TIMINGS = (TINY if is_tiny() else ROOT / "build") / "timings.json"
