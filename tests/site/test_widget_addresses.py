"""Whatever stands in an address, a widget refuses it in words, starts as usual and works."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, Page, expect

from checks.hostile_addresses import ADDRESSES, Settings
from checks.widget_page import TAGS, Opener, query, widget

pytestmark = pytest.mark.browser


class Use(NamedTuple):
    """How a widget starts, and one thing to do with it."""

    says: Callable[[Page], Locator]
    first: str
    act: Callable[[Page], object]
    then: str


def says(selector: str) -> Callable[[Page], Locator]:
    return lambda page: page.locator(selector).first


def press(name: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_role("button", name=name, exact=True).press("Enter")


def choose(label: str, value: str) -> Callable[[Page], object]:
    return lambda page: page.get_by_label(label, exact=True).select_option(value)


def fill(label: str, value: str) -> Callable[[Page], None]:
    return lambda page: page.get_by_label(label, exact=True).fill(value)


RESULT = says(".cf-result strong")
USES = {
    "arithmetic-playground": Use(
        says(".cf-result"), "7 × 7 becomes 4 × 4.", fill("Padding", "0"), "7 × 7 becomes 3 × 3."
    ),
    "convolution-stepper": Use(RESULT, "Output 1 of 64", press("Next"), "Output 2 of 64"),
    "digit-lab": Use(RESULT, "sees a 7", choose("Digit", "3"), "sees a 3"),
    "kernel-playground": Use(
        RESULT, "Row 128, column 128: ", fill("Row", "5"), "Row 5, column 128: "
    ),
    "kernel-timeline": Use(RESULT, "After ", press("Last"), "After 1,250 of 1,250"),
    "shape-tracer": Use(
        says(".cf-trace tbody tr:last-child"), "18,378", fill("Layers", "nn.ReLU()"), "all layers"
    ),
    "unit-browser": Use(
        says(".cf-result"),
        "Unit 1 of conv",
        lambda page: page.locator(".cf-tiles button").nth(2).focus(),
        "Unit 3 of conv",
    ),
}
CASES = [(tag, settings, words) for tag in ADDRESSES for settings, words in ADDRESSES[tag]]


def test_every_widget_is_tried() -> None:
    assert sorted(ADDRESSES) == sorted(USES) == TAGS


@pytest.mark.parametrize(("tag", "settings", "words"), CASES)
def test_a_hostile_address_is_refused_in_words(
    open_widgets: Opener, tag: str, settings: Settings, words: str
) -> None:
    use, errors = USES[tag], list[str]()
    with open_widgets(widget(tag), query=query(**settings)) as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        expect(page.get_by_role("alert").filter(has_text=words)).to_be_visible()
        expect(use.says(page)).to_contain_text(use.first)
        use.act(page)
        expect(use.says(page)).to_contain_text(use.then)
        assert page.locator(".cf-body script, .cf-body img").count() == 0
        assert errors == []
