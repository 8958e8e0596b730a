"""The first visit of a page, from which many tests read: loading costs more than looking."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Browser, ConsoleMessage, Page, Request, Response

from checks.axe import look_problems
from checks.browsing import LIGHT_DESK, Way, main_text, new_context, settle, turned, wake
from checks.reflow import NARROWEST, sideways_problems
from checks.structure import skip_link_problems

INLINE = ("data:", "blob:", "about:")
GIVEN_UP = "net::ERR_ABORTED"  # by the page itself: in another width it shows another picture
TO_THE_END = "() => scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})"


@dataclass
class Visit:
    """What one visit of a page brought about."""

    base: str
    errors: list[str] = field(default_factory=list)  # console, scripts, failed and refused requests
    requests: list[str] = field(default_factory=list)  # in order, without what is inline
    first_view: int = 0  # the number of requests before anything was scrolled
    html: str = ""  # the page as scripts left it
    axe: list[str] = field(default_factory=list)  # what it finds, looking in one way
    sideways: list[str] = field(default_factory=list)  # what makes it scroll on a narrow screen
    skip_link: list[str] = field(default_factory=list)  # what is wrong with it
    text: str = ""  # what its main landmark says, widgets as before scripts

    @property
    def foreign(self) -> list[str]:
        """Requests that left the site."""
        return [url for url in self.requests if not url.startswith(self.base)]

    def watch(self, page: Page) -> None:
        """Note what the page does from now on."""
        page.on("console", self._message)
        page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", self._failure)
        page.on("response", self._response)

    def _message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(INLINE):
            self.requests.append(request.url)

    def _failure(self, request: Request) -> None:
        if request.failure != GIVEN_UP:
            self.errors.append(f"failed: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.errors.append(f"status {response.status}: {response.url}")


def visit(browser: Browser, base: str, path: str, way: Way = LIGHT_DESK) -> Visit:
    """Open one page for the first time, read to its end, look at it, and say what happened.

    Args:
        browser: Opens it as somebody new.
        base: The address of the site.
        path: Of the page.
        way: How axe looks at it; it is opened on a desk.
    """
    seen = Visit(base)
    with new_context(browser, Way(way.scheme, LIGHT_DESK.width)) as context:
        page = context.new_page()
        seen.watch(page)
        page.goto(base + path)
        settle(page)
        page.wait_for_load_state("networkidle")
        seen.first_view = len(seen.requests)
        page.evaluate(TO_THE_END)
        wake(page)
        seen.html = page.content()
        _look(page, way, seen)
    return seen


def _look(page: Page, way: Way, seen: Visit) -> None:
    seen.axe = look_problems(turned(page, way.width), way)
    seen.sideways = sideways_problems(turned(page, NARROWEST))
    seen.skip_link = skip_link_problems(turned(page, LIGHT_DESK.width))  # a link has the focus now
    seen.text = main_text(page)  # last, for it undoes the widgets
