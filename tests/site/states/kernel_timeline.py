"""The timeline: all open, at its end, with a training that is not there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from checks.axe import States


def show_error(page: Page) -> None:
    page.route("**/timeline-source.json", lambda route: route.abort())
    page.get_by_label("Training", exact=True).select_option("source")
    expect(page.get_by_role("alert")).to_be_visible()


STATES: States = {
    "learned": lambda page: page.get_by_label("Show", exact=True).select_option("learned"),
    "own": lambda page: page.get_by_label("Scale").select_option("own"),
    "end": lambda page: page.get_by_role("button", name="Last", exact=True).click(),
    "tables open": lambda page: [s.click() for s in page.locator("details.cf-data summary").all()],
    "error": show_error,
}
