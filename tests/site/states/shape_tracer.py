"""The shape tracer: code that fails or cannot be read, a mended network, a deep one."""

from __future__ import annotations

from playwright.sync_api import Page

from checks.axe import States


def paste(page: Page, code: str) -> None:
    page.get_by_label("Layers", exact=True).fill(code)


STATES: States = {
    "code open": lambda page: page.get_by_text("The same in PyTorch").click(),
    "layer fails": lambda page: paste(page, "nn.Conv2d(1, 8, 3), nn.Linear(3, 4), nn.ReLU()"),
    "unreadable": lambda page: paste(page, "nn.Conv2d("),
    "broken": lambda page: page.get_by_label("Broken network to mend").select_option("4"),
    "hint": lambda page: page.get_by_role("button", name="Hint").click(),
    "solution": lambda page: page.get_by_role("button", name="Show the solution").click(),
    "deep": lambda page: paste(page, "nn.ReLU()," * 199),
    "reset": lambda page: page.get_by_role("button", name="Reset").click(),
}
