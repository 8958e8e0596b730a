#!/usr/bin/env python3
"""List what MDN's table of browsers (CC0) says that one of the oldest browsers promised here lacks.

To run again, for other versions or a newer table, in a scratch folder:
    npm install @mdn/browser-compat-data
    python newer.py node_modules/@mdn/browser-compat-data/data.json 111 16.2 121 > newer.txt
"""

from __future__ import annotations

import json
import math
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Feature = dict[str, Any]
BROWSERS = ("chrome", "safari", "firefox")
LIMITED = ("prefix", "flags", "alternative_name", "version_removed")
# Of scripts the language, and what pages like ours use; names that are hardly a reader's own.
INTERFACES = """
    AbortSignal Blob CanvasRenderingContext2D Clipboard CSS Document Element Event
    HTMLCanvasElement HTMLElement HTMLInputElement HTMLSelectElement Navigator Node PointerEvent
    Response Selection URL URLSearchParams Window Worker
"""
NAME = re.compile(r"[a-zA-Z]+[A-Z][a-zA-Z]*(?:_static)?")


def since(feature: Feature, browser: str) -> float:
    """The version from which on a browser has a feature without prefix or switch."""
    entries = feature["__compat"]["support"].get(browser, [])
    whole = [
        entry
        for entry in (entries if isinstance(entries, list) else [entries])
        if not any(entry.get(limit) for limit in LIMITED)
    ]
    added = (str(entry["version_added"]).replace("≤", "") for entry in whole)
    return min((float(v) for v in added if re.fullmatch(r"[\d.]+", v)), default=math.inf)


def below(parent: Feature) -> Iterator[tuple[str, Feature]]:
    """Every feature below one, with its name."""
    for name, feature in parent.items():
        if name != "__compat" and isinstance(feature, dict):
            yield name, feature
            yield from below(feature)


def features(table: Feature) -> Iterator[tuple[str, str, Feature]]:
    """What style sheets can use: its kind, its name and its entry."""
    for kind, group in (
        ("property", "properties"),
        ("selector", "selectors"),
        ("at-rule", "at-rules"),
    ):
        for name, feature in table["css"][group].items():
            if not name.startswith("-"):
                yield kind, name, feature
    for name, feature in below(table["css"]["types"]):
        if "()" in feature.get("__compat", {}).get("description", ""):
            yield "function", name, feature


class Promise:
    """The oldest browsers that are promised, by their versions."""

    def __init__(self, *oldest: float) -> None:
        self.oldest = oldest

    def lacks(self, feature: Feature) -> bool:
        """Whether one of them lacks what another browser has."""
        versions = [since(feature, browser) for browser in BROWSERS]
        late = any(version > old for version, old in zip(versions, self.oldest, strict=True))
        return late and any(map(math.isfinite, versions))

    def scripts(self, table: Feature) -> Iterator[tuple[str, str, Feature]]:
        """What scripts can use and no older feature of the same name could be."""
        language, pages = list(below(table["javascript"]["builtins"])), table["api"]
        ours = [each for name in INTERFACES.split() for each in below(pages[name])]
        used = {name for name, _ in [*language, *ours]}
        named = [
            (name, feature)
            for name, feature in [*language, *below(pages)]
            if "__compat" in feature and NAME.fullmatch(name)
        ]
        known = {plain(name) for name, feature in named if not self.lacks(feature)}
        for name, feature in named:
            if name in used and plain(name) not in known:
                yield "script", plain(name), feature


def plain(name: str) -> str:
    """How a script writes it."""
    return name.replace("_static", "")


def main(table_path: str, *versions: str) -> None:
    """Write the list."""
    table = json.loads(Path(table_path).read_text(encoding="utf-8"))
    promise = Promise(*map(float, versions))
    lines = {
        " ".join([kind, name, *(_shown(since(feature, browser)) for browser in BROWSERS)])
        for kind, name, feature in [*features(table), *promise.scripts(table)]
        if "__compat" in feature and promise.lacks(feature)
    }
    sys.stdout.write("\n".join(sorted(lines)) + "\n")


def _shown(version: float) -> str:
    return "-" if math.isinf(version) else f"{version:g}"


if __name__ == "__main__":
    main(*sys.argv[1:])
