"""The digit lab under fingers: two draw one line, a swipe scrolls, paper and answer meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from checks.browsing import Way, wake
from checks.paper import at, ink
from checks.widget_page import Opener, query, result, widget

pytestmark = pytest.mark.browser
IN_THE_MIDDLE = "it => it.scrollIntoView({block: 'center', behavior: 'instant'})"


@pytest.fixture
def phone(browser: Browser, widgets_at: Callable[[str], str]) -> Iterator[Page]:
    """A page that fingers hold."""
    spacer = "<p>Text.</p>" * 40
    with browser.new_context(
        viewport={"width": 390, "height": 780}, has_touch=True, is_mobile=True
    ) as context:
        page = context.new_page()
        page.goto(widgets_at(widget("digit-lab") + spacer) + query(digit=""))
        wake(page)
        yield page


Fingers = Callable[..., None]


@pytest.fixture
def fingers(phone: Page) -> Iterator[Fingers]:
    """Real touches: an event, and where in the window each finger is."""
    client = phone.context.new_cdp_session(phone)

    def touch(kind: str, *places: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y, "id": index} for index, (x, y) in enumerate(places)]
        client.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    yield touch
    client.detach()


def test_two_fingers_draw_one_line(phone: Page, fingers: Fingers) -> None:
    phone.locator("#it-paper canvas").scroll_into_view_if_needed()
    y = [at(phone, (0.2, 0.1 + step / 12)) for step in range(8)]
    other = [at(phone, (0.8, 0.1 + step / 12)) for step in range(8)]
    fingers("touchStart", y[0])
    fingers("touchStart", y[0], other[0])
    for step in range(1, 8):
        fingers("touchMove", y[step], other[step])
    fingers("touchEnd")
    assert ink(phone, 0, 0, 0.4, 1) > 0
    assert ink(phone, 0.4, 0, 1, 1) == 0
    expect(result(phone)).to_contain_text("sees a 1")


def test_the_map_lets_a_swipe_scroll(phone: Page, fingers: Fingers) -> None:
    phone.locator("#it-map").evaluate(IN_THE_MIDDLE)
    before, words = phone.evaluate("scrollY"), phone.locator(".cf-result").last.inner_text()
    box = phone.locator("#it-map").bounding_box()
    assert box
    start = box["y"] + box["height"] * 0.9
    fingers("touchStart", (195, start))
    for step in range(1, 20):
        fingers("touchMove", (195, start - 12 * step))
    fingers("touchEnd")
    assert phone.evaluate("scrollY") - before > 150
    assert phone.locator(".cf-result").last.inner_text() == words  # a swipe does not point
    phone.locator("#it-map").evaluate(IN_THE_MIDDLE)
    box = phone.locator("#it-map").bounding_box()
    assert box
    phone.touchscreen.tap(box["x"] + 3, box["y"] + 3)
    expect(phone.locator(".cf-result").last).to_contain_text("Row 0, column 0:")


def test_a_finger_that_draws_does_not_scroll(phone: Page, fingers: Fingers) -> None:
    phone.locator("#it-paper canvas").scroll_into_view_if_needed()
    before = phone.evaluate("scrollY")
    fingers("touchStart", at(phone, (0.5, 0.8)))
    for step in range(1, 8):
        fingers("touchMove", at(phone, (0.5, 0.8 - step / 11)))
    fingers("touchEnd")
    assert phone.evaluate("scrollY") == before
    expect(result(phone)).to_contain_text("sees a 1")


def test_paper_and_answer_are_on_one_screen_of_a_phone(phone: Page) -> None:
    paper = phone.locator("#it-paper").bounding_box()
    answer = result(phone).bounding_box()
    assert paper
    assert answer
    assert 0 < answer["y"] - (paper["y"] + paper["height"]) < 60
    hints = phone.locator("#it-paper-hint")
    expect(hints).to_contain_text("Draw with a finger")
    assert "Shift" not in hints.inner_text()


def test_cause_and_effect_are_on_one_screen_of_a_desk(open_page: Opener) -> None:
    with open_page("learning/14-feature-maps/", Way("light", 1280)) as page:
        wake(page)
        parts = [
            page.locator(f"digit-lab {name}").first.bounding_box()
            for name in (".cf-paper", ".cf-seen canvas", ".cf-answers", ".cf-maps")
        ]
        tops = [part["y"] for part in parts if part]
        ends = [part["y"] + part["height"] for part in parts if part]
        assert len(tops) == 4
        assert max(ends) - min(tops) < 800 - 61  # less the header
        assert "Shift and arrows draw" in page.locator("#lab-paper-hint").inner_text()
