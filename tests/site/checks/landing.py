"""Where a part of a page comes to rest once the widgets above it have come."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from playwright.sync_api import Page

from checks.built_site import SITE, BuiltSite

WIDTHS = (1280, 390)
STEPPER = "operation/02-one-sliding-dot-product/"  # its figure is #sliding-window
BEHIND = "a-sum-is-a-dot-product"
AS_IN_WEBKIT = """addEventListener("DOMContentLoaded",
  () => document.documentElement.style.setProperty("overflow-anchor", "none"))"""
TOP = "id => document.getElementById(id).getBoundingClientRect().top"
# Where a part is once all widgets above it are ready and nothing has moved for a while. The page
# that has it may be on its way.
RESTED = """async ([id, widgets]) => {
  const part = () => document.getElementById(id);
  const top = () => part()?.getBoundingClientRect().top;
  const isAbove = host => host.contains(part()) ||
    host.compareDocumentPosition(part()) & Node.DOCUMENT_POSITION_FOLLOWING;
  const above = () => [...document.querySelectorAll("[data-cf-mounted]")].filter(isAbove);
  const ended = host => ["ready", "failed"].includes(host.dataset.cfMounted);
  const isReady = () => part() && (!widgets || above().length > 0) && above().every(ended);
  for (let still = 0, last, frame = 0; still < 20 && frame < 2000; frame++) {
    await new Promise(requestAnimationFrame);
    still = isReady() && top() === last ? still + 1 : 0;
    last = top();
  }
  return isReady() ? top() : null;
}"""
BROUGHT = "id => document.getElementById(id).scrollIntoView({behavior: 'instant'})"


class Place(NamedTuple):
    """A widget and the first heading behind it."""

    tag: str
    path: str
    heading: str


@cache
def places() -> list[Place]:
    """Every widget of the site."""
    site, found = BuiltSite(SITE), list[Place]()
    tags = {path.stem for path in (SITE / "widgets").glob("*-*.js")}
    for path in site.pages if (SITE / "sitemap.xml").is_file() else ():
        awaited = list[str]()
        for element in site.tree(path).iter(*tags, "h2", "h3"):
            if element.tag in tags:
                awaited.append(element.tag)
            elif awaited and element.get("id"):
                found += [Place(tag, path, element.get("id", "")) for tag in awaited]
                awaited = []
    return found or [Place("", "site-is-not-built", "")]


def rested(page: Page, part: str, *, widgets: bool = True) -> float:
    """The upper edge of a part of the page in the window, once nothing moves it any more.

    Args:
        page: It may be about to show the page that has the part.
        part: Its id.
        widgets: Whether any must stand above it.
    """
    top = page.evaluate(RESTED, [part, widgets])
    assert top is not None, f"{part} is not there, or the widgets above it are not ready"
    return float(top)


def landing_problem(page: Page, part: str, *, widgets: bool = True) -> str:
    """How far a part has come to rest from where the browser puts it; empty: it is there."""
    seen = rested(page, part, widgets=widgets)
    page.evaluate(BROUGHT, part)
    off = seen - page.evaluate(TOP, part)
    return f"{part} is {off:.0f} px away" if abs(off) > 1 else ""
