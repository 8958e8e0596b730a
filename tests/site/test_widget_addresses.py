"""Whatever stands in an address, a widget refuses it in words, starts as usual and works."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Locator, expect

from checks.hostile_addresses import ADDRESSES, Settings
from checks.pages import first
from checks.widget_page import TAGS, Opener, widget

pytestmark = pytest.mark.browser


class Use(NamedTuple):
    """How a widget starts, and one thing to do with it."""

    says: Callable[[Locator], Locator]
    first: str
    act: Callable[[Locator], object]
    then: str


def says(selector: str) -> Callable[[Locator], Locator]:
    return lambda it: it.locator(selector).first


def press(name: str) -> Callable[[Locator], None]:
    return lambda it: it.get_by_role("button", name=name, exact=True).press("Enter")


def choose(label: str, value: str) -> Callable[[Locator], object]:
    return lambda it: it.get_by_label(label, exact=True).select_option(value)


def fill(label: str, value: str) -> Callable[[Locator], None]:
    return lambda it: it.get_by_label(label, exact=True).fill(value)


RESULT = says(".cf-result strong")
USES = {
    "arithmetic-playground": Use(
        says(".cf-result"), "7 × 7 becomes 4 × 4.", fill("Padding", "0"), "7 × 7 becomes 3 × 3."
    ),
    "convolution-stepper": Use(RESULT, "Output 1 of 64", press("Next"), "Output 2 of 64"),
    "digit-lab": Use(RESULT, "sees a 7", choose("Digit", "3"), "sees a 3"),
    "kernel-playground": Use(
        RESULT, "Row 127, column 127: ", fill("Row", "5"), "Row 5, column 127: "
    ),
    "kernel-timeline": Use(RESULT, "After ", press("Last"), "After 1,250 of 1,250"),
    "shape-tracer": Use(
        says(".cf-trace tbody tr:last-child"), "18,378", fill("Layers", "nn.ReLU()"), "all layers"
    ),
    "unit-browser": Use(
        says(".cf-result"),
        "Unit 0 of conv",
        lambda it: it.locator(".cf-tiles button").nth(2).focus(),
        "Unit 2 of conv",
    ),
}


# Links that were shared when a page counted from 1, and what they have always meant, from 0.
LINKS = {
    "arithmetic-playground": (
        {"input": "8", "stride": "1", "padding": "0", "step": "8"},
        "The output at row 1, column 1 reads rows 1 to 3",
    ),
    "convolution-stepper": ({"step": "12"}, "Row 1, column 3 of the map"),
    "digit-lab": (
        {"layer": "2", "kernel": "4", "row": "3", "column": "8", "channel": "16", "off": "1.3"},
        "Second layer, filter 3|Row 2, column 7:|those of channel 15|Without kernel 2",
    ),
    "kernel-playground": ({"row": "31", "column": "200"}, "Row 30, column 199: "),
    "kernel-timeline": ({"kernel": "5"}, "Kernel 4"),
    "unit-browser": ({"unit": "8"}, "Unit 7 of conv2"),
}


def test_every_widget_is_tried() -> None:
    assert sorted(ADDRESSES) == sorted(USES) == TAGS


def asked(cases: dict[str, Settings]) -> str:
    """One address for many widgets, each with settings of its own."""
    parts = {f"{it}.{key}": value for it, case in cases.items() for key, value in case.items()}
    return "?" + urlencode(parts)


@pytest.mark.parametrize("tag", first(TAGS, 2))
def test_a_hostile_address_is_refused_in_words(open_widgets: Opener, tag: str) -> None:
    """All of a widget's on one page, a widget for each: to load takes longer than to refuse."""
    use, errors = USES[tag], list[str]()
    cases = {f"it{turn}": case for turn, case in enumerate(ADDRESSES[tag])}
    content = "".join(widget(tag, f'id="{name}"') for name in cases)
    with open_widgets(content, query=asked({it: case[0] for it, case in cases.items()})) as page:
        page.on("pageerror", lambda error: errors.append(str(error)))
        for name, (_, words) in cases.items():
            it = page.locator(f"#{name}")
            expect(it.get_by_role("alert").filter(has_text=words)).to_be_visible()
            expect(use.says(it)).to_contain_text(use.first)
            use.act(it)
            expect(use.says(it)).to_contain_text(use.then)
        assert page.locator(".cf-body script, .cf-body img").count() == 0
        assert errors == []


@pytest.mark.parametrize("tag", first(sorted(LINKS), 2))
def test_a_link_from_before_shows_what_it_did(open_widgets: Opener, tag: str) -> None:
    settings, words = LINKS[tag]
    with open_widgets(widget(tag, 'id="it"'), query=asked({"it": settings})) as page:
        for each in words.split("|"):
            expect(page.locator("#it")).to_contain_text(each)
        expect(page.locator("#it").get_by_role("alert")).to_be_hidden()
