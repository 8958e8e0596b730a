"""A link leads to its heading, and nothing that loads later moves what is being read.

Everywhere a widget takes the place of a figure that is smaller. WebKit anchors nothing when the
page grows above the window; that is tried here, too.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

from checks.browsing import keeper
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
from checks.pages import first, one_way_each
from checks.widget_page import Opener

pytestmark = pytest.mark.browser
SCRIPTS = "**/widgets/*-*.js"
PICTURE = "paper => paper.toDataURL()"
ANOTHER = f"""before => {{
  const paper = document.querySelector("#lab[data-cf-mounted=ready] #lab-paper canvas");
  return paper && ({PICTURE})(paper) !== before;
}}"""
REST = "() => new Promise(done => setTimeout(done, 400))"  # the theme notes where a reader is
LAB = "learning/14-feature-maps/"
CARELESS = ("keepPlace(host, change) {", "keepPlace(_, change) { return change();")
HEARD_LATE = """addEventListener("hashchange", event => {
  if (!event.isTrusted) return;
  event.stopImmediatePropagation();
  setTimeout(() => dispatchEvent(new HashChangeEvent("hashchange")), 2000);
}, {capture: true})"""
by_path = lambda value: value.path.strip("/") if isinstance(value, Place) else value  # noqa: E731


def follow(page: Page, part: str) -> None:
    """Click a link in the contents, on a narrow page in its menu."""
    link, sidebar = f'a[href$="#{part}"]', ".md-sidebar--secondary"
    if not page.locator(f"{sidebar} {link}").is_visible():
        page.locator("label.md-header__button[for=__drawer]").click()
        page.locator("label.md-nav__link[for=__toc]").click()
        sidebar = ".md-sidebar--primary .md-nav--secondary"
    page.locator(f"{sidebar} {link}").click()


@pytest.mark.parametrize(("place", "width"), one_way_each(places(), WIDTHS), ids=by_path)
def test_an_address_leads_to_a_heading_behind_a_widget(
    a_page: Opener, base_of: Callable[[str], str], place: Place, width: int
) -> None:
    with a_page(width) as page:
        page.goto(f"{base_of(place.path)}{place.path}#{place.heading}")
        assert landing_problem(page, place.heading) == ""


@pytest.mark.parametrize(("place", "width"), one_way_each(places(), WIDTHS[::-1]), ids=by_path)
def test_the_contents_lead_to_a_heading_behind_a_widget(
    a_page: Opener, base_of: Callable[[str], str], place: Place, width: int
) -> None:
    with a_page(width) as page:
        page.goto(base_of(place.path) + place.path)
        follow(page, place.heading)
        page.wait_for_function("hash => location.hash === hash", arg=f"#{place.heading}")
        assert landing_problem(page, place.heading) == ""


@pytest.mark.parametrize("place", first(places()), ids=by_path)
def test_so_they_do_when_a_widget_grows_before_the_page_hears_of_the_link(
    a_page: Opener, base_of: Callable[[str], str], place: Place
) -> None:
    with a_page(1280, HEARD_LATE) as page:
        page.goto(base_of(place.path) + place.path)
        follow(page, place.heading)
        page.wait_for_function("hash => location.hash === hash", arg=f"#{place.heading}")
        assert landing_problem(page, place.heading) == ""


@pytest.mark.parametrize("query", first(["", "?h=sum+dot", "?stepper.step=40"]))
def test_so_it_does_where_the_browser_anchors_nothing(
    a_page: Opener, base_of: Callable[[str], str], query: str
) -> None:
    with a_page(390, AS_IN_WEBKIT) as page:
        page.goto(f"{base_of(STEPPER)}{STEPPER}{query}#{BEHIND}")
        assert landing_problem(page, BEHIND) == ""


@pytest.mark.full
def test_a_widget_that_pushes_a_heading_away_is_caught(
    a_page: Opener, base_of: Callable[[str], str]
) -> None:
    with a_page(1280, AS_IN_WEBKIT) as page:

        def careless(route: Route) -> None:
            answer = route.fetch()
            assert CARELESS[0] in answer.text()
            route.fulfill(response=answer, body=answer.text().replace(*CARELESS))

        page.route("**/assets/main.js", careless)
        page.goto(f"{base_of(STEPPER)}{STEPPER}#{BEHIND}")
        assert re.fullmatch(rf"{BEHIND} is \d{{3,}} px away", landing_problem(page, BEHIND))


@pytest.mark.parametrize(
    ("outcome", "script"),
    one_way_each(["comes late", "does not come"], ["", AS_IN_WEBKIT]),
    ids=lambda value: {"": "anchored", AS_IN_WEBKIT: "as in WebKit"}.get(value, value),
)
def test_a_widget_moves_nothing_for_who_has_read_on(
    a_page: Opener, base_of: Callable[[str], str], script: str, outcome: str
) -> None:
    held = list[Route]()
    with a_page(1280, script) as page:
        page.route(SCRIPTS, keeper(held))
        page.goto(base_of(STEPPER) + STEPPER)
        page.mouse.move(640, 400)
        before = _read_on(page)
        (route,) = held
        if outcome == "comes late":
            route.continue_()
            expect(page.locator("[data-cf-mounted=ready]")).to_have_count(1)
        else:
            route.abort()
            expect(page.get_by_role("button", name="Try again")).to_have_count(1)
        page.evaluate(REST)
        assert page.evaluate(TOP, BEHIND) == pytest.approx(before, abs=1)


def _read_on(page: Page) -> float:
    """Turn the wheel until the part behind the widget is high in the window; where it is then."""
    for _ in range(60):
        if (top := float(page.evaluate(TOP, BEHIND))) <= 300:
            return top
        page.mouse.wheel(0, 200)
        page.evaluate(REST)
    pytest.fail(f"the wheel leaves {BEHIND} {top:.0f} px below the top of the window")


def test_who_scrolls_up_to_a_widget_finds_it_ready(
    a_page: Opener, base_of: Callable[[str], str]
) -> None:
    with a_page(1280, AS_IN_WEBKIT) as page:
        page.goto(f"{base_of(STEPPER)}{STEPPER}#{BEHIND}")
        expect(page.locator("[data-cf-mounted=ready]")).to_have_count(1)
        rested(page, BEHIND)
        page.mouse.move(640, 400)
        before = page.evaluate("scrollY")
        page.mouse.wheel(0, -300)
        page.evaluate(REST)
        assert page.evaluate("scrollY") == pytest.approx(before - 300, abs=1)


@pytest.mark.parametrize("way", first(["reload", "back", "back within the page"]))
def test_who_returns_finds_the_place_that_was_left(
    a_page: Opener, base_of: Callable[[str], str], way: str
) -> None:
    with a_page() as page:
        page.goto(f"{base_of(STEPPER)}{STEPPER}#{BEHIND}")
        assert landing_problem(page, BEHIND) == ""
        page.mouse.move(640, 400)
        page.mouse.wheel(0, 333)
        page.evaluate(REST)
        page.evaluate(REST)
        before = page.evaluate(TOP, BEHIND)
        if way == "reload":
            page.reload()
        elif way == "back":
            page.goto(f"{base_of('glossary/')}glossary/")
            page.go_back()
        else:
            follow(page, "exercise")
            rested(page, "exercise")
            page.evaluate(REST)
            page.go_back()
            page.evaluate(REST)
        expect(page.locator("[data-cf-mounted=ready]")).to_have_count(1)
        page.evaluate(REST)
        page.evaluate(REST)
        assert page.evaluate(TOP, BEHIND) == pytest.approx(before, abs=1)


def test_a_link_to_the_figure_of_a_widget_shows_the_figure(
    a_page: Opener, base_of: Callable[[str], str]
) -> None:
    with a_page() as page:
        page.goto(f"{base_of(STEPPER)}{STEPPER}#sliding-window")
        assert landing_problem(page, "sliding-window") == ""
        expect(page.locator("#sliding-window img").first).to_be_in_viewport()
        expect(page.locator("#stepper > .cf-body")).to_be_visible()


def test_a_later_link_to_the_figure_shows_it_again(
    a_page: Opener, base_of: Callable[[str], str]
) -> None:
    with a_page() as page:
        page.goto(f"{base_of(STEPPER)}{STEPPER}#stepper")
        expect(page.locator("[data-cf-mounted=ready]")).to_have_count(1)
        expect(page.locator("#sliding-window img").first).to_be_hidden()
        page.evaluate("location.hash = 'sliding-window'")
        expect(page.locator("#sliding-window img").first).to_be_in_viewport()


def test_a_link_within_the_page_keeps_what_a_widget_shows(
    a_page: Opener, base_of: Callable[[str], str]
) -> None:
    with a_page() as page:
        page.goto(f"{base_of(STEPPER)}{STEPPER}#stepper")
        page.get_by_role("button", name="Last", exact=True).click()
        page.wait_for_url("**stepper.step=64*")
        follow(page, BEHIND)
        page.wait_for_url(f"**stepper.step=64#{BEHIND}")
        assert landing_problem(page, BEHIND) == ""
        page.evaluate(REST)
        assert page.evaluate("location.hash") == f"#{BEHIND}"  # the theme agrees
        expect(page.locator("#stepper-step")).to_have_value("63")
        page.go_back()
        page.wait_for_url("**stepper.step=64*")
        expect(page.locator("#stepper-step")).to_have_value("63")


@pytest.mark.full  # beside three busy processes it fails, and why is not known yet
def test_each_link_to_a_state_shows_it(a_page: Opener, base_of: Callable[[str], str]) -> None:
    with a_page() as page:
        page.goto(f"{base_of(LAB)}{LAB}#exercise")
        rested(page, "exercise")
        shown = page.locator("#lab-paper canvas").evaluate(PICTURE)
        for state in ("lab.strokes=CN", "lab.strokes=Ac"):
            link = page.locator(f"article a[href*='{state}']")
            link.evaluate("link => { link.closest('details').open = true; link.click(); }")
            page.wait_for_url(f"**{state}*")
            page.wait_for_function(ANOTHER, arg=shown)
            expect(page.locator("#lab[data-cf-mounted=ready]")).to_be_in_viewport()
            shown = page.locator("#lab-paper canvas").evaluate(PICTURE)
