"""The pages of the built site as test cases."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import pytest

from checks.browsing import ALL_WAYS, Way
from checks.built_site import NOT_FOUND, SITE, BuiltSite

LATER = (pytest.mark.full,)
OWN_KIND = {"", NOT_FOUND}
NOT_BUILT = "site-is-not-built"  # stands for the pages while there are none, and fails
GENERATED = 'class="doc doc-object'  # a page about a module, made from its docstrings


def page_paths() -> tuple[str, ...]:
    """The pages to test."""
    site = BuiltSite(SITE)
    return site.pages if (site.folder / "sitemap.xml").is_file() else (NOT_BUILT,)


def case(path: str, *values: object, marks: tuple[pytest.MarkDecorator, ...] = ()) -> object:
    """A test case of one page; all of a page go to one worker, which visits it once."""
    name = "-".join(map(str, (path or "home", *values)))
    return pytest.param(path, *values, id=name, marks=(pytest.mark.xdist_group(path), *marks))


def templates() -> list[str]:
    """Of each kind of page, the one that is smallest."""
    return sorted(min(kind)[1] for kind in _kinds())


def _kinds() -> list[list[tuple[int, str]]]:
    """The pages of each kind, with their lengths."""
    kinds = dict[str, list[tuple[int, str]]]()
    for path in page_paths():
        nested = path.split("/")[0] if path.count("/") > 1 else "page"
        kind = path if path in OWN_KIND else "chapter" if "cf-opening" in _text(path) else nested
        kinds.setdefault(kind, []).append((len(_text(path)), path))
    return list(kinds.values())


@cache
def _text(path: str) -> str:
    return BuiltSite(SITE).file(path).read_text(encoding="utf-8") if path != NOT_BUILT else ""


def _one_of_each_kind() -> list[object]:
    now = templates()
    return [case(path, marks=() if path in now else LATER) for path in page_paths()]


def visited_in(path: str) -> Way:
    """How the visit of a page looks at it: pages take turns."""
    return ALL_WAYS[page_paths().index(path) % len(ALL_WAYS)]


def _visited_now() -> set[str]:
    """Every page that a person wrote, and of those made from docstrings one in each way."""
    generated = [path for path in page_paths() if GENERATED in _text(path)]
    first = {visited_in(path): path for path in reversed(generated)}
    return (set(page_paths()) - set(generated)) | set(first.values())


def _each_visit() -> list[object]:
    now = _visited_now()
    return [case(path, marks=() if path in now else LATER) for path in page_paths()]


def in_other_ways() -> list[object]:
    """Every page in the ways in which its visit does not look.

    In `make test` one of each kind in those in which no visit of its kind looks.
    """
    now = {
        (min(kind)[1], way)
        for kind in _kinds()
        for way in set(ALL_WAYS) - {visited_in(path) for _, path in kind}
    }
    return [
        case(path, way, marks=() if (path, way) in now else LATER)
        for path in page_paths()
        for way in ALL_WAYS
        if way != visited_in(path)
    ]


def in_turn(ways: Sequence[Way]) -> list[object]:
    """Every page in each way; in `make test` one of each kind, in one way, turn by turn."""
    now = {path: ways[turn % len(ways)] for turn, path in enumerate(templates())}
    return [
        case(path, way, marks=() if now.get(path) == way else LATER)
        for path in page_paths()
        for way in ways
    ]


each_page = pytest.mark.parametrize("path", [case(path) for path in page_paths()])
# What a browser shows at a visit: `make test-full` visits every page.
each_visit = pytest.mark.parametrize("path", _each_visit())
# What hardly depends on the words: one page of each kind, in `make test-full` every page.
each_kind_of_page = pytest.mark.parametrize("path", _one_of_each_kind())
