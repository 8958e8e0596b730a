"""The arithmetic playground: refused, impossible, at its largest, all open."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from checks.axe import States


def show_problem(page: Page) -> None:
    page.get_by_label("Kernel size", exact=True).fill("20")
    expect(page.locator(".cf-problem")).to_be_visible()


def show_refusal(page: Page) -> None:
    page.get_by_label("Kernel size", exact=True).fill("x")
    page.get_by_label("Kernel size", exact=True).press("Tab")


def show_largest(page: Page) -> None:
    for label, value in (("Kernel size", "5"), ("Input size", "32"), ("Padding", "16")):
        page.get_by_label(label, exact=True).fill(value)
    page.get_by_label("Show how often each pixel is read").check()
    page.get_by_role("button", name="Last", exact=True).click()


def paint(page: Page) -> None:
    page.get_by_role("combobox", name="Operation").select_option("1")
    page.get_by_label("Drawn as").select_option("1")


def show_everything(page: Page) -> None:
    page.get_by_label("Drawn as").select_option("0")
    page.get_by_label("Rows and columns alike").uncheck()
    page.get_by_label("Padding is", exact=True).select_option("each")
    page.get_by_text("Exercises", exact=True).click()
    page.get_by_role("button", name="Show the answer").click()
    page.get_by_text("How often each pixel is read, as a table").click()


STATES: States = {
    "refusal": show_refusal,
    "problem": show_problem,
    "largest": show_largest,
    "painted": paint,
    "everything open": show_everything,
    "reset": lambda page: page.get_by_role("button", name="Reset").click(),
}
