"""Open a page as a reader does, and keep what happened: requests, errors, the final text."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    Request,
    Response,
)

INLINE = ("data:", "blob:", "about:")
TO_THE_END = "() => scrollTo({top: document.documentElement.scrollHeight, behavior: 'instant'})"
SETTLED = """async () => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
WOKEN = """async () => { // a widget is fetched once it is about to be seen
  const widgets = [...document.querySelectorAll("main *")].filter(e => e.localName.includes("-"));
  for (const widget of widgets) {
    widget.scrollIntoView({behavior: "instant"});
    for (let wait = 0; widget.dataset.cfMounted !== "ready" && wait < 200; wait++)
      await new Promise(done => setTimeout(done, 50));
  }
  if (widgets.length) scrollTo({top: 0, behavior: "instant"});
}"""
STILL = """() => {
  for (const body of document.querySelectorAll(".cf-widget > .cf-body")) body.hidden = true;
  for (const still of document.querySelectorAll(".cf-still")) still.hidden = false;
}"""


class Way(NamedTuple):
    """How a page is looked at."""

    scheme: str  # light or dark
    width: int  # CSS pixels

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}"


LIGHT_DESK = Way("light", 1280)


@dataclass
class Visit:
    """What one visit of a page brought about."""

    base: str
    errors: list[str] = field(default_factory=list)  # console, scripts, failed and refused requests
    requests: list[str] = field(default_factory=list)  # in order, without what is inline
    first_view: int = 0  # the number of requests before anything was scrolled
    html: str = ""  # the page as scripts left it
    text: str = ""  # what its main landmark then says

    @property
    def foreign(self) -> list[str]:
        """Requests that left the site."""
        return [url for url in self.requests if not url.startswith(self.base)]

    def watch(self, page: Page) -> None:
        """Note what the page does from now on."""
        page.on("console", self._message)
        page.on("pageerror", lambda error: self.errors.append(f"script: {error}"))
        page.on("request", self._request)
        page.on("requestfailed", lambda request: self.errors.append(f"failed: {request.url}"))
        page.on("response", self._response)

    def _message(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.errors.append(f"console: {message.text}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith(INLINE):
            self.requests.append(request.url)

    def _response(self, response: Response) -> None:
        if response.status >= 400:
            self.errors.append(f"status {response.status}: {response.url}")


def launch(playwright: Playwright, executable: str) -> Browser:
    """A browser that reaches this machine and no other."""
    only_here = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    return playwright.chromium.launch(executable_path=executable, args=[only_here])


def new_context(browser: Browser, way: Way = LIGHT_DESK, *, scripts: bool = True) -> BrowserContext:
    """A reader with an empty cache."""
    return browser.new_context(
        color_scheme="dark" if way.scheme == "dark" else "light",
        viewport={"width": way.width, "height": 800},
        java_script_enabled=scripts,
        reduced_motion="reduce",  # what fades in would be judged half transparent
    )


def main_text(page: Page) -> str:
    """The text of a page that can be seen, without its navigation, widgets as before scripts."""
    page.evaluate(STILL)
    return page.locator("main").inner_text()


def settle(page: Page) -> None:
    """Wait until fonts are there and the page has been painted."""
    page.evaluate(SETTLED)


def wake(page: Page) -> None:
    """Scroll to each widget and wait until it works."""
    page.evaluate(WOKEN)


@contextmanager
def opened(context: BrowserContext, address: str, *, scripts: bool = True) -> Iterator[Page]:
    """A settled page, closed at the end."""
    page = context.new_page()
    try:
        page.goto(address)
        if scripts:  # without them nothing changes after loading, and no promise is ever kept
            settle(page)
            wake(page)
        yield page
    finally:
        page.close()


def visit(browser: Browser, base: str, path: str) -> Visit:
    """Open one page for the first time, read to its end, and say what happened."""
    seen = Visit(base)
    context = new_context(browser)
    page = context.new_page()
    seen.watch(page)
    page.goto(base + path)
    settle(page)
    page.wait_for_load_state("networkidle")
    seen.first_view = len(seen.requests)
    page.evaluate(TO_THE_END)
    wake(page)
    page.wait_for_load_state("networkidle")
    settle(page)
    seen.html, seen.text = page.content(), main_text(page)
    context.close()
    return seen
