"""A page fits the narrowest screen; only what has its own scroller may be wider."""

from __future__ import annotations

from playwright.sync_api import Page

NARROWEST = 320  # CSS pixels: a window of 1280 at 400 % zoom, WCAG 1.4.10
TOO_WIDE = """() => {
  const root = document.documentElement, width = root.clientWidth;
  const held = e => {
    for (let up = e.parentElement; up && up !== document.body; up = up.parentElement)
      if (getComputedStyle(up).overflowX !== 'visible') return true;
    return false;
  };
  const wide = e => e.getBoundingClientRect().right > width + 1 && !held(e);
  const name = e => e.localName + [e.id && '#' + e.id, ...e.classList].join('.');
  const found = [...document.body.querySelectorAll('*')].filter(wide);
  return {excess: root.scrollWidth - width, wide: found.slice(-5).map(name)};
}"""


def sideways_problems(page: Page) -> list[str]:
    """How far the page scrolls sideways, and the innermost elements that make it."""
    found = page.evaluate(TOO_WIDE)
    if found["excess"] <= 0:
        return []
    return [f"{found['excess']} px wider than the window: {', '.join(found['wide'])}"]
