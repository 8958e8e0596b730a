"""The unit browser: all open, both networks, the first layer, a file that is not there."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from checks.axe import States


def beside(page: Page) -> None:
    page.locator("#it-beside").check()
    expect(page.locator(".cf-patches").last).to_be_visible()


def first_layer(page: Page) -> None:
    page.get_by_label("Layer", exact=True).select_option("conv1")
    expect(page.locator(".cf-result")).to_contain_text("of conv1")


def show_error(page: Page) -> None:
    page.route("**/units-source-*.json", lambda route: route.abort())
    page.get_by_label("Training", exact=True).select_option("source")
    expect(page.get_by_role("alert")).to_contain_text("could not be fetched")


STATES: States = {
    "beside": beside,
    "first layer": first_layer,
    "tables open": lambda page: [s.click() for s in page.locator("details.cf-data summary").all()],
    "error": show_error,
}
