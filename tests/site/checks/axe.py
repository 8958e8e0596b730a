"""What axe-core finds wrong with a page, as it opens and in its states."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from filelock import FileLock
from playwright.sync_api import Page

from checks.browsing import Way, settle
from checks.doubts import REVIEWED, Node, open_doubts, place
from lint_javascript import ROOT, provide_node, provide_tools

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OPTIONS = {
    "runOnly": {"type": "tag", "values": TAGS},
    "resultTypes": ["violations", "incomplete"],
}
# A header that stays covers whatever has been scrolled below it, and half of a target now and then:
# where the last act of a test left the page decides what axe can decide.
TO_THE_TOP = """async () => {
  const frame = () => new Promise(requestAnimationFrame);
  scrollTo({top: 0, behavior: "instant"});
  await frame().then(frame); // the page answers to scrolling
}"""
States = Mapping[str, Callable[[Page], object]]
LIGHTNESS = """() => {
  const [r, g, b] = getComputedStyle(document.body).backgroundColor.match(/[\\d.]+/g).map(Number);
  return (r + g + b) / 765;
}"""


@cache
def axe_script() -> str:
    """axe-core, as package-lock.json pins it: npm's version is newer than any on PyPI."""
    with FileLock(ROOT / ".cnnfilters" / "npm.lock"):  # of two workers one brings it
        provide_node()
        provide_tools(ROOT)
    return (ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


def axe_problems(page: Page) -> list[str]:
    """Each element that breaks a rule of WCAG 2.2 AA or good practice, a line each.

    So is what axe could not decide, unless its kind was reviewed.
    """
    found = _judged(page)
    broken = [
        f"{rule['id']} at {place(node)}: {rule['help']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    left = open_doubts(page, found["incomplete"])
    return broken + [f"undecided: {kind}, at {at}" for kind, at in left if kind not in REVIEWED]


def incomplete(page: Page) -> list[Node]:
    """What axe cannot decide, as it says it."""
    found: list[Node] = _judged(page)["incomplete"]
    return found


def _judged(page: Page) -> dict[str, Any]:
    """What axe says of a page at its top; it stays there, where it is faster once it has run."""
    page.evaluate(TO_THE_TOP)
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe_script())
    found: dict[str, Any] = page.evaluate("options => axe.run(options)", OPTIONS)
    return found


def is_dark(page: Page) -> bool:
    """Whether the page really shows its dark scheme, so that the check of it means something."""
    return float(page.evaluate(LIGHTNESS)) < 0.5


def look_problems(page: Page, way: Way) -> list[str]:
    """What is wrong with a page as it stands: for axe, in its width, in its scheme."""
    wide = page.evaluate("document.documentElement.scrollWidth") > way.width
    scheme = is_dark(page) == (way.scheme == "dark")
    return [
        *axe_problems(page),
        *(["the page scrolls sideways"] if wide else []),
        *([] if scheme else [f"the page is not {way.scheme}"]),
    ]


def state_problems(page: Page, way: Way, states: States) -> dict[str, list[str]]:
    """What is wrong with a widget as it opens and in each of its states, reached one after another.

    Args:
        page: Holds the widget.
        way: How the page is looked at.
        states: How to reach each, by name.
    """
    found = {"as it opens": look_problems(page, way)}
    for name, act in states.items():
        act(page)
        settle(page)  # what has just become too wide is about to get a tab stop
        found[name] = look_problems(page, way)
    return {name: problems for name, problems in found.items() if problems}
