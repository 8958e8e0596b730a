"""A tab of a browser, whatever drives it: it opens an address, asks the page, moves the pointer."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

from playwright.sync_api import Browser, BrowserType, Page, Playwright

from checks.browsing import HEIGHT, launch
from checks.chromium import installed_chromium
from engines.bidi import bidi_tab
from engines.webdriver import webdriver_tab

Points = Sequence[tuple[float, float]]  # CSS pixels of the window
PLAYWRIGHT = ("chromium", "firefox", "webkit")  # its own browsers, and an installed Chromium
INSTALLED = {"firefox-bidi": "firefox", "webkitgtk": "WebKitWebDriver"}  # by their own doors


class Tab(Protocol):
    """What the tests need of a driver."""

    def open(self, address: str, width: int) -> None:
        """Load a page anew in a window of that width."""

    def ask(self, expression: str) -> Any:
        """The value of JavaScript, awaited; what JSON can carry."""

    def draw(self, points: Points) -> None:
        """Press the pointer, move it along the points, lift it."""

    def heard(self) -> list[str]:
        """Errors on the console since the page was opened, where the driver hears them."""


class PlaywrightTab:
    """A tab that Playwright drives."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._errors: list[str] = []
        page.on("pageerror", lambda error: self._errors.append(str(error)))
        page.on(
            "console",
            lambda message: self._errors.append(message.text) if message.type == "error" else None,
        )

    def open(self, address: str, width: int) -> None:
        self.page.goto("about:blank")  # else only the part behind # would change
        self._errors.clear()
        self.page.set_viewport_size({"width": width, "height": HEIGHT})
        self.page.goto(address)

    def ask(self, expression: str) -> Any:
        return self.page.evaluate(f"async () => ({expression})")

    def draw(self, points: Points) -> None:
        mouse = self.page.mouse
        mouse.move(*points[0])
        mouse.down()
        for point in points[1:]:
            mouse.move(*point, steps=5)
        mouse.up()

    def heard(self) -> list[str]:
        return list(self._errors)


def missing(playwright: Playwright, engine: str) -> str | None:
    """Why an engine cannot be had here; None if it can."""
    if engine in INSTALLED:
        return None if shutil.which(INSTALLED[engine]) else f"no {INSTALLED[engine]} is installed"
    if engine not in PLAYWRIGHT:
        return f"{engine} is none of {', '.join((*PLAYWRIGHT, *INSTALLED))}"
    there = Path(_kind(playwright, engine).executable_path).is_file()
    if there or (engine == "chromium" and installed_chromium()):
        return None
    return f"`python -m playwright install {engine}` has not been run"


@contextmanager
def tab_of(playwright: Playwright, engine: str) -> Iterator[Tab]:
    """A tab of an engine that is there; its browser ends with it."""
    if engine == "firefox-bidi":
        with bidi_tab(str(shutil.which("firefox"))) as tab:
            yield tab
    elif engine == "webkitgtk":
        with webdriver_tab(str(shutil.which("WebKitWebDriver"))) as tab:
            yield tab
    else:
        with _launched(playwright, engine) as browser:
            yield PlaywrightTab(browser.new_context(reduced_motion="reduce").new_page())


@contextmanager
def _launched(playwright: Playwright, engine: str) -> Iterator[Browser]:
    chromium = installed_chromium() if engine == "chromium" else None
    kind = _kind(playwright, engine)
    browser = launch(playwright, chromium) if chromium else kind.launch()
    yield browser
    browser.close()


def _kind(playwright: Playwright, engine: str) -> BrowserType:
    kind: BrowserType = getattr(playwright, engine)
    return kind
