"""axe finds nothing on any page, in either scheme, on a phone or a desk."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.axe import is_dark, state_problems, violations
from checks.browsing import LIGHT_DESK, Way
from checks.pages import case, page_paths

pytestmark = pytest.mark.browser
ALL_WAYS = [Way(scheme, width) for scheme in ("light", "dark") for width in (360, 1280)]
LATER = (pytest.mark.full,)
TINY_BUTTON = "<button aria-label='Step' style='padding: 0; width: 9px; height: 9px'></button>"


def cases() -> list[object]:
    """Every page in every way; in `make test` one page of each template so, the others in one."""
    kinds: set[str] = set()
    found: list[object] = []
    for turn, path in enumerate(page_paths()):
        kind = path.partition("/")[0]  # the folder: pages of one folder share a template
        now = [ALL_WAYS[turn % len(ALL_WAYS)]] if kind in kinds else ALL_WAYS
        kinds.add(kind)
        found += [case(path, way, marks=() if way in now else LATER) for way in ALL_WAYS]
    return found


@pytest.mark.parametrize(("path", "way"), cases())
def test_axe_finds_nothing(open_page: Callable, path: str, way: Way) -> None:
    with open_page(path, way) as page:
        assert is_dark(page) == (way.scheme == "dark")
        assert violations(page) == []


@pytest.mark.parametrize("way", ALL_WAYS, ids=str)
def test_the_good_page_passes(open_planted: Callable, way: Way) -> None:
    with open_planted(way=way) as page:
        assert is_dark(page) == (way.scheme == "dark")
        assert violations(page) == []


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('<label for="stride">Stride</label>', "Stride", "label"),
        ("color: black", "color: #999", "color-contrast"),
        ("text-decoration: underline", "text-decoration: none", "link-in-text-block"),
        ("</main>", "</main><p>Lost text</p>", "region"),
        ("<nav aria-label", "<div role='dialog'>Search</div><nav aria-label", "aria-dialog-name"),
        ("</main>", f"{TINY_BUTTON}{TINY_BUTTON}</main>", "target-size"),
    ],
)
def test_a_planted_violation_is_caught(
    open_planted: Callable, old: str, new: str, rule: str
) -> None:
    with open_planted(old, new, way=LIGHT_DESK) as page:
        assert any(found.startswith(rule) for found in violations(page))


def add(html: str) -> Callable:
    call = "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)"
    return lambda page: page.evaluate(call, html)


def test_what_a_state_breaks_is_caught_and_named(open_planted: Callable) -> None:
    states = {
        "fine": lambda _: None,
        "nameless": add("<button style='width: 40px; height: 40px'></button>"),
        "named": lambda page: page.locator("main button").evaluate("e => e.ariaLabel = 'Step'"),
        "wide": add("<p style='width: 2000px'>wide</p>"),
    }
    with open_planted() as page:
        found = state_problems(page, LIGHT_DESK, states)
        assert state_problems(page, Way("dark", 3000), {}) == {
            "as it opens": ["the page is not dark"]
        }
    assert found.keys() == {"nameless", "wide"}
    assert "button-name" in found["nameless"][0]
    assert found["wide"] == ["the page scrolls sideways"]
