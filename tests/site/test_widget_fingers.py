"""A finger hits every control, scrolls the page wherever it swipes, and points alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, CDPSession, Page, expect

from checks.browsing import Way, settle, wake
from checks.layout import FIELDS, GESTURES, small_targets, small_texts
from checks.pages import first
from checks.reading import RESTYLE
from checks.reflow import NARROWEST
from checks.small_stepper import SMALL
from checks.widget_page import TAGS, Opener, result, widget

pytestmark = pytest.mark.browser
SWIPE = 300  # CSS pixels
STEPS = 12
BOARDS = (
    "host => [...document.querySelectorAll(`${host} .cf-body :is(table, canvas, svg[role=img])`)]"
)
MIDDLE = f"""([host, at]) => {{
  const board = ({BOARDS})(host)[at];
  board.scrollIntoView({{block: "center", behavior: "instant"}});
  const {{left, top, width, height}} = board.getBoundingClientRect();
  return [left + Math.min(width, innerWidth) / 2, Math.min(top + height / 2, innerHeight - 60)];
}}"""
SEEN = f"""host => [...({BOARDS})(host).entries()]
  .filter(([, board]) => board.checkVisibility() && board.getBoundingClientRect().height > 30
    && !board.closest("button, .cf-paper"))
  .map(([at]) => at)"""
SHOWN_IN = """host => [...document.querySelectorAll(`${host} .cf-body > :not(.cf-spoken)`)]
  .map(part => part.innerText).join("\\n")"""
POINT = """(picture, [type, pointerId, column, pointerType = "touch"]) => {
  const {left, top, width, height} = picture.firstElementChild.getBoundingClientRect();
  picture.dispatchEvent(new PointerEvent(type, {pointerId, pointerType, bubbles: true,
    clientX: left + (column - 0.5) / 256 * width, clientY: top + height / 2,
    isPrimary: pointerId === 1}));
}"""


@pytest.fixture(scope="module")
def phone(browser: Browser, widgets_at: Callable[[str], str]) -> Iterator[Page]:
    """A phone that shows every widget."""
    everything = "".join(widget(tag, f'id="{tag}"') for tag in TAGS)
    with browser.new_context(
        viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto(widgets_at(everything))
        settle(page)
        wake(page)
        yield page


@pytest.mark.parametrize("tag", first(TAGS, 2))
def test_a_finger_hits_every_control(open_widgets: Opener, tag: str) -> None:
    for width in (NARROWEST, 1280):
        with open_widgets(widget(tag), way=Way("light", width)) as page:
            assert small_targets(page, "#it") == []
            assert page.evaluate(FIELDS, "#it") == []


@pytest.mark.parametrize("tag", first(TAGS, 2))
def test_nothing_is_written_too_small(open_widgets: Opener, tag: str) -> None:
    with open_widgets(widget(tag)) as page:
        for width in (NARROWEST, 390, 768, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)
            assert small_texts(page, "#it") == [], width


@pytest.mark.parametrize("tag", first(TAGS))
def test_a_swipe_over_any_board_scrolls_the_page_and_changes_nothing(phone: Page, tag: str) -> None:
    host = f"#{tag}"
    assert phone.evaluate(GESTURES, host) == []
    finger = phone.context.new_cdp_session(phone)
    before = shown_in(phone, host)
    for at in phone.evaluate(SEEN, host):
        x, y = phone.evaluate(MIDDLE, [host, at])
        assert swiped(phone, finger, x, y) >= SWIPE / 2, f"board {at}"
    finger.detach()
    assert shown_in(phone, host) == before


def shown_in(page: Page, host: str) -> str:
    """The text of a widget, without what it only says aloud, once things rest."""
    return str(page.evaluate(SHOWN_IN, host))


def swiped(page: Page, finger: CDPSession, x: float, y: float) -> float:
    """How far the page scrolled under a finger that went up from there."""
    start = page.evaluate("scrollY")
    for step in range(STEPS + 1):
        point = {"x": x, "y": y - SWIPE * step / STEPS}
        kind = "touchMove" if step else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [point]})
        page.wait_for_timeout(16)  # a frame: a finger has no more places
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})
    return float(page.evaluate("scrollY")) - start


def test_a_field_does_not_make_a_phone_enlarge_the_page(phone: Page) -> None:
    sizes = phone.evaluate(
        """() => [...document.querySelectorAll(".cf-body :is(input, select, textarea)")]
          .map(field => parseFloat(getComputedStyle(field).fontSize))"""
    )
    assert min(sizes) >= 16


def test_the_first_finger_points_until_it_is_lifted(open_widgets: Opener) -> None:
    with open_widgets(widget("kernel-playground")) as page:
        picture = page.locator(".cf-picture").first
        for event, column in [
            (("pointerdown", 1, 40), 127),  # it may still be a swipe
            (("pointermove", 1, 65), 64),
            (("pointerdown", 2, 200), 64),
            (("pointermove", 2, 180), 64),
            (("pointermove", 9, 230, "mouse"), 64),
            (("pointerup", 2, 180), 64),
            (("pointermove", 1, 129), 128),
            (("pointercancel", 1, 150), 128),
            (("pointermove", 1, 150), 128),
            (("pointerdown", 3, 193), 128),
            (("pointerup", 3, 193), 192),
            (("pointermove", 9, 129, "mouse"), 128),
        ]:
            picture.evaluate(POINT, list(event))
            expect(result(page)).to_contain_text(f"column {column}:")


@pytest.mark.full
@pytest.mark.parametrize(
    ("css", "problem"),
    [
        ("", ""),
        (".cf-sharing button { min-height: 20px !important; padding: 0 !important }", "× 2"),
        (".cf-map { touch-action: none }", "table.cf-cells cf-map: none"),
        (".cf-player button { touch-action: auto !important }", "button.cf-primary cf-play: auto"),
        (".cf-pixels { font-size: 11px !important }", "1: 11 px"),
    ],
    ids=["good", "small", "held", "double", "tiny"],
)
def test_a_planted_fault_is_caught(open_widgets: Opener, css: str, problem: str) -> None:
    with open_widgets(SMALL) as page:
        page.evaluate(RESTYLE, css)
        found = [
            *small_targets(page, "#it"),
            *small_texts(page, "#it"),
            *page.evaluate(GESTURES, "#it"),
        ]
        assert problem in "\n".join(found)
        assert bool(found) == bool(css)
