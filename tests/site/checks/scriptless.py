"""What a reader without JavaScript gets to read, and what does nothing for them."""

from __future__ import annotations

from collections import Counter

from playwright.sync_api import Page

LEAST = 0.98  # share of the text; the rest are words that controls show
# The theme's menus are labels of hidden boxes: a style opens them, so they need no script.
DEAD = """() => [...document.querySelectorAll("button, input, select, textarea, [role=button]")]
  .filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(e => e.getBoundingClientRect().width > 1)
  .map(e => `${e.localName}.${e.className} does nothing`)"""


def dead_controls(page: Page) -> list[str]:
    """What can be seen on a page without scripts and needs one."""
    dead: list[str] = page.evaluate(DEAD)
    return dead


def share_without_scripts(with_scripts: str, without: str) -> float:
    """The share of a page's text, in characters of its words, that is there without scripts too.

    Example:
        >>> share_without_scripts("one two six ten", "one two six")
        0.75
    """
    wanted, there = Counter(with_scripts.split()), Counter(without.split())
    return _characters(wanted & there) / max(_characters(wanted), 1)


def _characters(words: Counter[str]) -> int:
    return sum(len(word) * count for word, count in words.items())
