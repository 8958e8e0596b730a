"""The pages of the built site as test cases."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

import pytest

from checks.browsing import ALL_WAYS, Way
from checks.built_site import NOT_FOUND, SITE, BuiltSite

LATER = (pytest.mark.full,)
OWN_KIND = {"", NOT_FOUND, "claims/", "reference/relationships/"}
NOT_BUILT = "site-is-not-built"  # stands for the pages while there are none, and fails


def first(values: Iterable[object], count: int = 1) -> list[object]:
    """Cases of which `make test` tries the first few, and `make test-full` all."""
    return [
        pytest.param(value, marks=() if turn < count else LATER)
        for turn, value in enumerate(values)
    ]


def one_way_each(values: Iterable[object], ways: Sequence[object]) -> list[object]:
    """Each value in each way; in `make test` in one of them, turn by turn."""
    return [
        pytest.param(value, way, marks=() if way == ways[turn % len(ways)] else LATER)
        for turn, value in enumerate(values)
        for way in ways
    ]


@cache
def page_paths() -> tuple[str, ...]:
    """The pages to test."""
    site = BuiltSite(SITE)
    return site.pages if (site.folder / "sitemap.xml").is_file() else (NOT_BUILT,)


def case(path: str, *values: object, marks: tuple[pytest.MarkDecorator, ...] = ()) -> object:
    """A test case of one page; all of a page go to one worker, which visits it once."""
    name = "-".join(map(str, (path or "home", *values)))
    return pytest.param(path, *values, id=name, marks=(pytest.mark.xdist_group(path), *marks))


@cache
def templates() -> list[str]:
    """Of each kind of page, the one that is smallest."""
    site, smallest = BuiltSite(SITE), dict[str, tuple[int, str]]()
    for path in page_paths():
        text = site.file(path).read_text(encoding="utf-8") if path != NOT_BUILT else ""
        nested = path.split("/")[0] if path.count("/") > 1 else "page"
        kind = path if path in OWN_KIND else "chapter" if "cf-opening" in text else nested
        smallest[kind] = min(smallest.get(kind, (len(text), path)), (len(text), path))
    return sorted(path for _, path in smallest.values())


def _one_of_each_kind() -> list[object]:
    now = templates()
    return [case(path, marks=() if path in now else LATER) for path in page_paths()]


def _written() -> list[object]:
    """Every page; of API pages and tutorials, which programs lay out, `make test` opens one."""
    now, made = templates(), ("reference/", "tutorials/")
    return [
        case(path, marks=LATER if path.startswith(made) and path not in now else ())
        for path in page_paths()
    ]


def visited_in(path: str) -> Way:
    """How the visit of a page looks at it: pages take turns."""
    return ALL_WAYS[page_paths().index(path) % len(ALL_WAYS)]


def in_other_ways() -> list[object]:
    """Every page in the ways in which its visit does not look; `make test` has the visits alone."""
    return [
        case(path, way, marks=LATER)
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
# What takes a visit in a browser.
each_visited_page = pytest.mark.parametrize("path", _written())
# What hardly depends on the words: one page of each kind, in `make test-full` every page.
each_kind_of_page = pytest.mark.parametrize("path", _one_of_each_kind())
