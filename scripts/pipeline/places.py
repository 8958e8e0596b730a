"""Where things lie. All but `site` and `build` is a cache that may be deleted at any time."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".cache"
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
SITE = ROOT / "site"
TIMINGS = ROOT / "build" / "timings.json"
