"""A widget says that it loads, or that it could not, and loads when it can."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from checks.axe import axe_problems
from checks.browsing import keeper
from checks.pages import first
from checks.widget_page import STILL, widget

pytestmark = pytest.mark.browser
TAG = "convolution-stepper"
SCRIPT, DATA = f"**/widgets/{TAG}.js*", "**/widgets/data/digits.json"
LOADING = "The interactive version is loading."
FAILED = "The interactive version did not load."
OFFLINE = "The interactive version loads when you are online."
CUT_OFF = "() => fetch(location, {cache: 'no-store'}).then(() => false, () => true)"
HEIGHT = "host => host.getBoundingClientRect().height"


class Tab(NamedTuple):
    """A page with one widget that has not been loaded yet."""

    page: Page
    host: Locator
    errors: list[str]  # of scripts, caught by nobody

    @property
    def status(self) -> Locator:
        """What the widget says of its loading."""
        return self.host.get_by_role("status").first

    @property
    def again(self) -> Locator:
        """The button."""
        return self.host.get_by_role("button", name="Try again")

    @property
    def figure(self) -> Locator:
        """What stands there without the widget."""
        return self.host.get_by_alt_text("A kernel over an image")


Opener = Callable[..., AbstractContextManager[Tab]]


@pytest.fixture
def a_tab(browser: Browser, widgets_at: Callable[[str], str]) -> Opener:
    """Opens a page with a stepper for somebody new; `routes` answer in place of the server."""

    @contextmanager
    def open_it(
        routes: dict[str, Callable[[Route], None]], content: str = "", width: int = 1280
    ) -> Iterator[Tab]:
        with browser.new_context(viewport={"width": width, "height": 800}) as context:
            page, errors = context.new_page(), list[str]()
            page.on("pageerror", lambda error: errors.append(error.message))
            for pattern, answer in routes.items():
                page.route(pattern, answer)
            page.goto(widgets_at(content or widget(TAG) + "<p id=after>After it.</p>"))
            yield Tab(page, page.locator("#it"), errors)

    return open_it


def sends(body: str, status: int = 200, kind: str = "text/javascript") -> Callable[[Route], None]:
    """Answers with this."""
    return lambda route: route.fulfill(status=status, content_type=kind, body=body)


def fails(route: Route) -> None:
    """Answers nothing."""
    route.abort()


BROKEN = f"customElements.define('{TAG}', class extends HTMLElement {{ BUILD }})"
FAULTS: dict[str, dict[str, Callable[[Route], None]]] = {
    "no answer": {SCRIPT: fails},
    "no such script": {SCRIPT: sends("Not found", 404, "text/html")},
    "a word that the browser does not know": {SCRIPT: sends("let = ;")},
    "a script that throws": {SCRIPT: sends("throw new Error('oh')")},
    "a page of a proxy as script": {SCRIPT: sends("<p>Log in", kind="text/html")},
    "data without answer": {DATA: fails},
    "no such data": {DATA: sends("Not found", 404, "text/html")},
    "half of the data": {DATA: sends('{"images": [', kind="application/json")},
    "a page of a proxy as data": {DATA: sends("<p>Log in", kind="text/html")},
    "other data": {DATA: sends("{}", kind="application/json")},
}


def becomes_ready(tab: Tab) -> None:
    """The widget works, and nothing is left of its loading."""
    expect(tab.host).to_have_attribute("data-cf-mounted", "ready")
    expect(tab.host.locator(".cf-result").first).to_be_visible()
    expect(tab.host.locator(".cf-loading")).to_have_count(0)
    expect(tab.figure).to_be_hidden()
    assert tab.host.get_attribute("aria-busy") is None
    assert tab.errors == []


@pytest.mark.parametrize("fault", first(FAULTS, 3))
def test_a_widget_that_did_not_load_says_so_and_loads_at_a_button(
    a_tab: Opener, fault: str
) -> None:
    with a_tab(FAULTS[fault]) as tab:
        expect(tab.status).to_have_text(FAILED)
        expect(tab.figure).to_be_visible()
        assert tab.host.get_attribute("aria-busy") is None
        tab.again.focus()
        tab.page.keyboard.press("Enter")  # still broken
        expect(tab.status).to_have_text(FAILED)
        expect(tab.again).to_be_focused()
        expect(tab.again).to_have_count(1)
        tab.page.unroute_all()
        tab.page.keyboard.press("Enter")
        becomes_ready(tab)
        expect(tab.host.locator(".cf-body")).to_be_focused()


def test_a_widget_that_cannot_build_itself_says_so(a_tab: Opener) -> None:
    build = "build() { if (!window.mended) throw new Error('oh'); return {refused: []} }"
    with a_tab({SCRIPT: sends(BROKEN.replace("BUILD", build))}) as tab:
        expect(tab.status).to_have_text(FAILED)
        assert tab.errors == []
        tab.page.evaluate("window.mended = true")
        tab.again.click()
        expect(tab.host).to_have_attribute("data-cf-mounted", "ready")


def test_who_was_offline_gets_the_widget_once_online(a_tab: Opener) -> None:
    content = f"<p style='height: 3000px'>Long.</p>{widget(TAG)}"
    with a_tab({}, content) as tab:
        tab.page.context.set_offline(True)
        tab.page.wait_for_function(CUT_OFF)  # what is asked for at once may still get through
        tab.host.scroll_into_view_if_needed()
        expect(tab.status).to_have_text(OFFLINE)
        expect(tab.figure).to_be_visible()
        tab.page.context.set_offline(False)
        becomes_ready(tab)


def test_a_policy_that_refuses_the_script_is_said_too(
    a_tab: Opener, widgets_at: Callable[[str], str]
) -> None:
    def strict(route: Route) -> None:
        answer = route.fetch()
        assets = f"script-src {widgets_at('').rpartition('/')[0]}/assets/"
        assert "script-src 'self'" in answer.text()
        route.fulfill(response=answer, body=answer.text().replace("script-src 'self'", assets))

    with a_tab({"**/*.html": strict}) as tab:
        expect(tab.status).to_have_text(FAILED)
        expect(tab.figure).to_be_visible()
        assert tab.errors == []


@pytest.mark.parametrize("late", first([SCRIPT, DATA]), ids=["script", "data"])
@pytest.mark.parametrize("width", first([320, 1280]))
def test_a_widget_that_is_slow_says_so_and_takes_no_more_room(
    a_tab: Opener, late: str, width: int
) -> None:
    held = list[Route]()
    with a_tab({late: keeper(held)}, width=width) as tab:
        expect(tab.status).to_have_text(LOADING)
        expect(tab.figure).to_be_visible()
        expect(tab.host).to_have_attribute("aria-busy", "true")
        assert axe_problems(tab.page) == []
        height = tab.host.evaluate(HEIGHT)
        tab.page.emulate_media(media="print")
        expect(tab.status).to_be_hidden()
        tab.page.emulate_media(media="screen")
        (route,) = held
        route.abort()
        expect(tab.status).to_have_text(FAILED)
        assert axe_problems(tab.page) == []
        assert tab.host.evaluate(HEIGHT) == height
        assert tab.again.bounding_box()["height"] >= 24  # type: ignore[index]
        tab.page.unroute_all()
        tab.again.click()
        becomes_ready(tab)


@pytest.mark.parametrize("width", first([320, 1280]))
def test_a_line_is_kept_free_before_the_script_runs(a_tab: Opener, width: int) -> None:
    main, held = "**/assets/main.js", list[Route]()
    with a_tab({SCRIPT: keeper(held)}, width=width) as tab:
        expect(tab.status).to_have_text(LOADING)
        loading = tab.host.evaluate(HEIGHT)
    with a_tab({main: fails}, width=width) as tab:
        assert tab.host.evaluate(HEIGHT) == loading


def test_two_of_a_kind_fetch_their_script_once(a_tab: Opener) -> None:
    asked = list[str]()
    with a_tab({}, widget(TAG) + widget(TAG, 'id="other"')) as tab:
        expect(tab.page.locator("[data-cf-mounted=ready]")).to_have_count(2)
        tab.page.on("request", lambda request: asked.append(request.url))
        tab.page.reload()
        expect(tab.page.locator("[data-cf-mounted=ready]")).to_have_count(2)
        assert len([url for url in asked if url.endswith(f"{TAG}.js")]) == 1


def test_an_element_of_an_extension_is_left_alone(a_tab: Opener) -> None:
    asked = list[str]()
    foreign = "<grammarly-desktop-integration></grammarly-desktop-integration>"
    with a_tab({}, foreign + STILL) as tab:
        tab.page.on("request", lambda request: asked.append(request.url))
        tab.page.reload()
        tab.page.evaluate(
            "() => { for (const root of [document.documentElement, document.body])"
            " root.append(document.createElement('other-extension')) }"
        )
        tab.page.wait_for_load_state("networkidle")
        assert [url for url in asked if "/widgets/" in url] == []
        assert tab.errors == []
        assert tab.page.locator("[data-cf-mounted]").count() == 0
