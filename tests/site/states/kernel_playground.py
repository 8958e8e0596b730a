"""The kernel playground: all open, refused, at its largest."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from checks.axe import States


def show_error(page: Page) -> None:
    page.get_by_label("Weight in row 0, column 0").fill("x")
    page.get_by_label("Weight in row 0, column 0").press("Tab")
    expect(page.get_by_role("alert")).to_be_visible()


def go_to_the_largest(page: Page) -> None:
    page.get_by_label("Size", exact=True).select_option("7")
    page.get_by_label("Divide by the sum of their sizes").check()
    for label in ("Row", "Column"):
        page.get_by_label(label, exact=True).press("End")


STATES: States = {
    "error": show_error,
    "reset": lambda page: page.get_by_role("button", name="Reset").click(),
    "largest": go_to_the_largest,
    "grey": lambda page: page.get_by_label("Show the answer as").select_option("1"),
    "table open": lambda page: page.get_by_text("Products as a table").click(),
    "code open": lambda page: page.get_by_text("The same in PyTorch").click(),
}
