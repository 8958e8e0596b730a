"""What axe-core finds wrong with a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from checks.browsing import Way

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {"runOnly": {"type": "tag", "values": TAGS}, "resultTypes": ["violations"]}
LIGHTNESS = """() => {
  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (r + g + b) / 765;
}"""


def violations(page: Page) -> list[str]:
    """Each element that breaks a rule of WCAG 2.2 AA or good practice, a line each."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [
        f"{rule['id']} at {' '.join(map(str, node['target']))}: {rule['help']}"
        for rule in found
        for node in rule["nodes"]
    ]


def is_dark(page: Page) -> bool:
    """Whether the page really shows its dark scheme, so that the check of it means something."""
    return float(page.evaluate(LIGHTNESS)) < 0.5


def state_problems(
    page: Page, way: Way, states: Mapping[str, Callable[[Page], object]]
) -> dict[str, list[str]]:
    """What is wrong with a widget as it opens and in each of its states, reached one after another.

    Args:
        page: Holds the widget.
        way: How the page is looked at.
        states: How to reach each, by name.
    """
    found = {"as it opens": _looks(page, way)}
    for name, act in states.items():
        act(page)
        found[name] = _looks(page, way)
    return {name: problems for name, problems in found.items() if problems}


def _looks(page: Page, way: Way) -> list[str]:
    wide = page.evaluate("document.documentElement.scrollWidth") > way.width
    scheme = is_dark(page) == (way.scheme == "dark")
    return [
        *violations(page),
        *(["the page scrolls sideways"] if wide else []),
        *([] if scheme else [f"the page is not {way.scheme}"]),
    ]
