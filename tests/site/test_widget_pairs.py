"""Two of one widget on a page keep apart: their ids, their states, their parts of the address."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pytest
from playwright.sync_api import Locator, expect

from checks.pages import first
from checks.widget_page import TAGS, Opener, widget

pytestmark = pytest.mark.browser


class Pair(NamedTuple):
    """What the second is asked for, what is done to one of them, and what both then show."""

    asked: str
    acted_on: str
    act: Callable[[Locator], object]
    shown: str  # a selector within each
    one: str
    two: str
    address: str  # a part of it that follows


def press(name: str) -> Callable[[Locator], None]:
    return lambda it: it.get_by_role("button", name=name, exact=True).press("Enter")


RESULT = ".cf-result strong >> nth=0"
PAIRS = {
    "arithmetic-playground": Pair(
        'input="9" question="1"',
        "one",
        lambda it: it.get_by_label("Padding", exact=True).fill("0"),
        ".cf-result >> nth=0",
        "7 × 7 becomes 3 × 3.",
        "9 × 9 becomes 5 × 5.",
        "one.padding=0",
    ),
    "convolution-stepper": Pair(
        'flip="1"', "two", press("Last"), RESULT, "Output 1 of 64", "Output 64 of 64", "two.step=64"
    ),
    "digit-lab": Pair(
        'digit="3"',
        "two",
        lambda it: it.get_by_text("Clear").press("Enter"),
        RESULT,
        "sees a 7",
        "The paper is blank",
        "two.digit=",
    ),
    "kernel-playground": Pair(
        'photo="coins"',
        "two",
        lambda it: it.get_by_label("Weights", exact=True).select_option("box"),
        RESULT,
        "Row 127, column 127: ",
        "Row ",
        "two.kernel=box",
    ),
    "kernel-timeline": Pair(
        'run="source"', "two", press("Last"), RESULT, "After 0 of", "After 2,814 of", "two.step="
    ),
    "shape-tracer": Pair(
        'broken="1"',
        "one",
        lambda it: it.get_by_label("Layers", exact=True).fill("nn.ReLU()"),
        ".cf-trace tbody",
        "0 ReLU()",
        "does not fit",
        "one.code=",
    ),
    "unit-browser": Pair(
        'layer="conv1"',
        "two",
        lambda it: it.locator(".cf-tiles button").nth(2).focus(),
        ".cf-result",
        "Unit 0 of conv2",
        "Unit 2 of conv1",
        "two.unit=3",
    ),
}


def test_every_widget_is_paired() -> None:
    assert sorted(PAIRS) == TAGS


@pytest.mark.parametrize("tag", first(TAGS, 3))
def test_two_on_a_page_keep_apart(open_widgets: Opener, tag: str) -> None:
    pair = PAIRS[tag]
    other = "two" if pair.acted_on == "one" else "one"
    with open_widgets(widget(tag, 'id="one"') + widget(tag, f'id="two" {pair.asked}')) as page:
        ids = page.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
        assert len(ids) == len(set(ids))
        still, moved = (
            page.locator(f"#{name}").locator(pair.shown) for name in (other, pair.acted_on)
        )
        before, earlier = still.inner_text(), moved.inner_text()
        pair.act(page.locator(f"#{pair.acted_on}"))
        expect(moved).not_to_have_text(earlier)
        expect(page.locator("#one").locator(pair.shown)).to_contain_text(pair.one)
        expect(page.locator("#two").locator(pair.shown)).to_contain_text(pair.two)
        page.wait_for_url(f"**/*{pair.address}*")
        assert f"{other}." not in page.url
        assert still.inner_text() == before
