"""A link leads to its heading on another page; back and forward lead to where a reader was.

The theme fetches the other page and puts it into the window; its widgets come later still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import NamedTuple
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from checks.browsing import keeper
from checks.built_site import SITE, BuiltSite
from checks.landing import (
    AS_IN_WEBKIT,
    BEHIND,
    STEPPER,
    TOP,
    WIDTHS,
    Place,
    landing_problem,
    places,
    rested,
)
from checks.pages import first
from checks.widget_page import Opener

pytestmark = pytest.mark.browser
SLOW = 600  # ms, in which the theme notes where a reader scrolled to, and in which section
MAP = (
    "() => performance.getEntriesByType('resource').some(({name}) => name.endsWith('/sitemap.xml'))"
)
REST = "() => new Promise(done => setTimeout(done, 400))"
GUARD = ("if (location.pathname !== shown) return;", "")  # of assets/links.js
TERM = f"#{BEHIND} ~ p a[href*='glossary/#']"


class Link(NamedTuple):
    """A link to a part of another page that stands behind a widget."""

    source: str
    place: Place


def links() -> Iterator[Link]:
    """The first such link for each kind of widget."""
    site, wanted = BuiltSite(SITE), {place.tag: place.path for place in reversed(places())}
    for path in site.pages if (SITE / "sitemap.xml").is_file() else ():
        for link in site.tree(path).xpath("//article//a[@href]"):
            to = urlsplit(urljoin(f"/{path}", link.get("href")))
            for tag in [tag for tag, page in wanted.items() if f"/{page}" == to.path != f"/{path}"]:
                if to.fragment and to.fragment in behind(site, tag, wanted[tag]):
                    yield Link(path, Place(tag, wanted.pop(tag), to.fragment))


def behind(site: BuiltSite, tag: str, path: str) -> set[str]:
    """The headings behind a widget."""
    return set(site.tree(path).xpath(f"//{tag}/following::*[self::h2 or self::h3]/@id"))


LINKS = [*links()] or [Link("site-is-not-built", Place("", "", ""))]


def go(page: Page, base_of: Callable[[str], str], path: str, part: str = "") -> None:
    """Open a page as a document, and wait until the theme can follow links by itself."""
    page.goto(base_of(path) + path + part)
    page.wait_for_function(MAP)  # from it the theme knows the pages of the site
    page.evaluate(REST)
    page.evaluate("() => { window.kept = true }")


@contextmanager
def left(page: Page, act: Callable[[], object]) -> Iterator[None]:
    """Leave a page on a slow line: the next one comes after what is done meanwhile."""
    held = list[Route]()
    page.route("**/*/", keeper(held))
    act()
    page.wait_for_timeout(SLOW)
    yield
    for route in held:
        route.continue_()
    page.unroute_all()


def arrive(page: Page, path: str) -> None:
    """Wait until another page is in the same window."""
    page.wait_for_url(f"**/{path}*")
    page.wait_for_function(
        "path => document.querySelector('[rel=canonical]').href.endsWith(path)", arg=f"/{path}"
    )
    assert page.evaluate("window.kept"), "the document was loaded anew"


def link_to(link: Link) -> str:
    """Its selector."""
    slug = link.place.path.rstrip("/").rpartition("/")[2]
    return f'article a[href$="{slug}/#{link.place.heading}"]'


def test_every_widget_is_led_past_by_some_link() -> None:
    assert {link.place.tag for link in LINKS} == {place.tag for place in places()}


@pytest.mark.parametrize("link", first(LINKS, 2), ids=lambda link: link.place.tag)
def test_a_link_from_another_page_leads_there(
    a_page: Opener, base_of: Callable[[str], str], link: Link
) -> None:
    with a_page() as page:
        go(page, base_of, link.source)
        with left(page, page.locator(link_to(link)).first.click):
            pass
        arrive(page, link.place.path)
        assert landing_problem(page, link.place.heading) == ""


@pytest.mark.parametrize("width", first(WIDTHS))
def test_so_it_does_on_a_quick_line(
    a_page: Opener, base_of: Callable[[str], str], width: int
) -> None:
    link = LINKS[0]
    with a_page(width, AS_IN_WEBKIT) as page:
        go(page, base_of, link.source)
        page.locator(link_to(link)).first.click()
        arrive(page, link.place.path)
        assert landing_problem(page, link.place.heading) == ""


@pytest.mark.full
def test_a_note_of_the_page_before_that_leads_elsewhere_is_caught(
    a_page: Opener, base_of: Callable[[str], str]
) -> None:
    link = LINKS[0]

    def careless(route: Route) -> None:
        answer = route.fetch()
        assert GUARD[0] in answer.text()
        route.fulfill(response=answer, body=answer.text().replace(*GUARD))

    with a_page() as page:
        page.route("**/assets/links.js", careless)
        go(page, base_of, link.source)
        with left(page, page.locator(link_to(link)).first.click):
            pass
        arrive(page, link.place.path)
        page.evaluate(REST)
        assert abs(page.evaluate(TOP, link.place.heading)) > page.viewport_size["height"]


@pytest.mark.parametrize("width", first(WIDTHS))
@pytest.mark.parametrize("script", first([AS_IN_WEBKIT, ""]), ids=["as in WebKit", "anchored"])
def test_back_and_forward_lead_to_where_a_reader_was(
    a_page: Opener, base_of: Callable[[str], str], width: int, script: str
) -> None:
    with a_page(width, script) as page:
        go(page, base_of, STEPPER, f"#{BEHIND}")
        rested(page, BEHIND)
        with left(page, page.locator(TERM).first.click):  # for which it scrolls on
            before = page.evaluate(TOP, BEHIND)
        arrive(page, "glossary/")
        term = urlsplit(page.url).fragment
        assert landing_problem(page, term, widgets=False) == ""
        term_at = rested(page, term, widgets=False)
        for _ in range(2):
            with left(page, lambda: page.evaluate("history.back()")):
                pass
            arrive(page, STEPPER)
            assert rested(page, BEHIND) == pytest.approx(before, abs=1)
            with left(page, lambda: page.evaluate("history.forward()")):
                pass
            arrive(page, "glossary/")
            assert rested(page, term, widgets=False) == pytest.approx(term_at, abs=1)


def test_who_goes_back_within_a_page_and_forward_finds_the_place_that_was_left(
    a_page: Opener, base_of: Callable[[str], str]
) -> None:
    with a_page() as page:
        go(page, base_of, "exercises/")
        page.locator(f"article a[href*='{STEPPER}#']").first.click()
        arrive(page, STEPPER)
        page.locator(f".md-sidebar--secondary a[href$='#{BEHIND}']").click()
        rested(page, BEHIND)
        page.mouse.move(640, 400)
        page.mouse.wheel(0, 333)
        page.evaluate(REST)
        before = rested(page, BEHIND)
        page.evaluate("history.go(-2)")
        arrive(page, "exercises/")
        page.evaluate("history.go(2)")
        arrive(page, STEPPER)
        assert rested(page, BEHIND) == pytest.approx(before, abs=1)


def test_who_turns_back_before_the_page_has_come_stays(
    a_page: Opener, base_of: Callable[[str], str]
) -> None:
    with a_page() as page:
        go(page, base_of, STEPPER, f"#{BEHIND}")
        rested(page, BEHIND)
        with left(page, page.locator(TERM).first.click):
            before = page.evaluate(TOP, BEHIND)
            page.evaluate("history.back()")
            page.evaluate(REST)
        page.evaluate(REST)
        arrive(page, STEPPER)
        expect(page.locator("h1")).to_contain_text("One sliding dot product")
        assert rested(page, BEHIND) == pytest.approx(before, abs=1)
