"""Open a page as a reader does: a scheme and a width, settled, its widgets awake."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple

from playwright.sync_api import Browser, BrowserContext, Page, Playwright, Route, expect

HEIGHT = 800  # CSS pixels
PATIENCE = 90_000  # ms until something that does not come is a failure
SETTLED = """async () => {
  await document.fonts.ready;
  await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)));
}"""
WOKEN = """async () => { // a widget is fetched once it is about to be seen
  const widgets = [...document.querySelectorAll("main *")].filter(e => e.localName.includes("-"));
  for (const widget of widgets) {
    widget.scrollIntoView({behavior: "instant"});
    for (let wait = 0; widget.dataset.cfMounted !== "ready" && wait < 600; wait++)
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

    scheme: Literal["light", "dark"]
    width: int  # CSS pixels

    def __str__(self) -> str:
        return f"{self.scheme}-{self.width}"


ALL_WAYS = [Way(scheme, width) for scheme in ("light", "dark") for width in (360, 1280)]
LIGHT_DESK = Way("light", 1280)


def launch(playwright: Playwright, executable: str) -> Browser:
    """A browser that reaches this machine and no other."""
    only_here = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
    # on a busy machine it would take the line for a slow one, and fetch pictures from further away
    quick = "--force-effective-connection-type=4G"
    running = playwright.chromium.launch(executable_path=executable, args=[only_here, quick])
    unhurried(running)
    return running


def unhurried(browser: Browser) -> None:
    """Let its pages take their time: a busy machine is no fault, and waiting ends with the wait."""
    expect.set_options(timeout=PATIENCE)
    make = browser.new_context

    def new_context(**options: Any) -> BrowserContext:
        context = make(**options)
        context.set_default_timeout(PATIENCE)
        return context

    setattr(browser, "new_context", new_context)  # noqa: B010 - a type checker forbids the other way


def new_context(browser: Browser, way: Way = LIGHT_DESK, *, scripts: bool = True) -> BrowserContext:
    """A reader with an empty cache."""
    return browser.new_context(
        color_scheme=way.scheme,
        viewport={"width": way.width, "height": HEIGHT},
        java_script_enabled=scripts,
        reduced_motion="reduce",  # what fades in would be judged half transparent
    )


def turned(page: Page, width: int) -> Page:
    """The same page in a window that has become narrower or wider."""
    page.set_viewport_size({"width": width, "height": HEIGHT})
    settle(page)
    return page


def main_text(page: Page) -> str:
    """The text of a page that can be seen, without its navigation, widgets as before scripts."""
    page.evaluate(STILL)
    return page.locator("main").inner_text()


def keeper(held: list[Route]) -> Callable[[Route], None]:
    """Keeps a request in a list, to be answered later."""

    def keep(route: Route) -> None:  # playwright writes into it, so not the list's own method
        held.append(route)

    return keep


def settle(page: Page) -> None:
    """Wait until fonts are there and the page has been painted."""
    page.evaluate(SETTLED)


def wake(page: Page) -> None:
    """Scroll to each widget and wait until it works."""
    page.evaluate(WOKEN)


def _open(page: Page, address: str, *, scripts: bool) -> None:
    page.goto(address)
    if scripts:  # without them nothing changes after loading, and no promise is ever kept
        settle(page)
        wake(page)


@contextmanager
def opened(context: BrowserContext, address: str, *, scripts: bool = True) -> Iterator[Page]:
    """A settled page in a tab of its own, closed at the end."""
    page = context.new_page()
    try:
        _open(page, address, scripts=scripts)
        yield page
    finally:
        page.close()


class Reader:
    """Somebody who looks in one way, keeps what was fetched, and opens page after page in one tab.

    A new tab takes as long as a page: its process knows no script yet.

    Args:
        context: Theirs alone.
        way: How they look.
        scripts: Whether pages may run any.
    """

    def __init__(self, context: BrowserContext, way: Way, *, scripts: bool = True) -> None:
        self.context, self.way, self.scripts = context, way, scripts
        self._tabs = list[Page]()

    @contextmanager
    def opened(self, address: str) -> Iterator[Page]:
        """A settled page, as in a new tab, but what listened there goes on listening."""
        page = self._tabs.pop() if self._tabs else self.context.new_page()
        try:
            _open(page, address, scripts=self.scripts)
            yield page
            self._leave(page)
        except BaseException:
            page.close()
            raise
        self._tabs.append(page)

    def _leave(self, page: Page) -> None:
        """Undo what a test may have set."""
        page.unroute_all()
        if self.scripts:
            page.evaluate("sessionStorage.clear()")
        page.goto("about:blank")
        page.set_viewport_size({"width": self.way.width, "height": HEIGHT})
        page.emulate_media(
            media="null",
            color_scheme=self.way.scheme,
            forced_colors="none",
            reduced_motion="reduce",
        )
