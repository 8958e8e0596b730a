"""The stepper: all open, refused, at its largest and at its smallest."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from checks.axe import States


def show_error(page: Page) -> None:
    page.get_by_label("Stride", exact=True).fill("0")
    page.get_by_label("Stride", exact=True).press("Tab")
    expect(page.get_by_role("alert")).to_be_visible()


def go_to_the_largest(page: Page) -> None:
    page.get_by_label("Size", exact=True).select_option("5")
    page.get_by_label("Padding", exact=True).fill("3")
    page.get_by_label("Turn the kernel by 180° (convolution)").check()
    page.get_by_role("button", name="Last", exact=True).click()


def go_to_the_smallest(page: Page) -> None:
    page.get_by_label("Pixels", exact=True).select_option("")
    page.get_by_label("Padding", exact=True).fill("0")
    page.get_by_label("Size", exact=True).select_option("1")
    page.get_by_label("Numbers", exact=True).fill("-3")


STATES: States = {
    "error": show_error,
    "reset": lambda page: page.get_by_role("button", name="Reset").click(),
    "smallest": go_to_the_smallest,
    "largest": go_to_the_largest,
    "table open": lambda page: page.get_by_text("Products as a table").click(),
    "code open": lambda page: page.get_by_text("The same in PyTorch").click(),
}
