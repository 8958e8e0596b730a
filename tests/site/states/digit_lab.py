"""The digit lab: all open, compared, a kernel off, blank, with a bad file."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from checks.axe import States
from checks.paper import scribble

UNREADABLE = {"name": "mine.json", "mimeType": "application/json", "buffer": b"{"}


def show_error(page: Page) -> None:
    page.get_by_label("Open a network of your own").set_input_files(UNREADABLE)
    expect(page.get_by_role("alert")).to_be_visible()


def compare(page: Page) -> None:
    page.get_by_label("Compare with").select_option("small-start")
    expect(page.locator(".cf-network").nth(1)).to_be_visible()


def fill(page: Page) -> None:
    """Draw until the paper takes no more."""
    page.locator("#it-paper").scroll_into_view_if_needed()
    scribble(page, "#it-paper")
    expect(page.locator(".cf-error", has_text="The paper is full")).to_be_visible()


STATES: States = {
    "after": lambda page: page.get_by_label("Maps", exact=True).select_option("after"),
    "kernel off": lambda page: page.get_by_label("Switch kernel 0 off").check(),
    "compared": compare,
    "second layer": lambda page: page.locator(".cf-maps button").nth(20).focus(),
    "tables open": lambda page: [s.click() for s in page.locator("details.cf-data summary").all()],
    "blank": lambda page: page.locator("digit-lab").get_by_text("Clear").click(),
    "as drawn": lambda page: page.get_by_label("What the network sees").select_option("drawn"),
    "full": fill,
    "error": show_error,
}
