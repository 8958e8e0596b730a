"""One finger, pen or mouse draws in the digit lab, a second does not; each stroke can be undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from checks.browsing import wake
from checks.pages import first
from checks.paper import at, draw, ink, inked, scribble
from checks.widget_page import Opener, query, result, widget

pytestmark = pytest.mark.browser
LAB = widget("digit-lab")
BLANK = query(digit="")
SEVEN = [(0.3, 0.25), (0.5, 0.25), (0.7, 0.25), (0.58, 0.5), (0.45, 0.8)]
# An event of a pointer that a program makes up, at a share of the paper.
SEND = """([type, id, kind, primary, x, y]) => {
  const paper = document.querySelector("#it-paper");
  const box = paper.querySelector("canvas").getBoundingClientRect();
  paper.dispatchEvent(new PointerEvent(type, {
    pointerId: id, pointerType: kind, isPrimary: primary, button: type === "pointermove" ? -1 : 0,
    clientX: box.left + x * box.width, clientY: box.top + y * box.height,
    pressure: x, bubbles: true, cancelable: true }));
}"""


@pytest.fixture
def blank(open_widgets: Opener) -> Iterator[Page]:
    with open_widgets(LAB, query=BLANK) as page:
        page.locator("#it-paper canvas").scroll_into_view_if_needed()
        yield page


def send(page: Page, *event: Any) -> None:
    page.evaluate(SEND, event)


def test_a_digit_is_drawn_with_the_pointer(blank: Page) -> None:
    draw(blank, SEVEN)
    expect(result(blank)).to_contain_text("sees a 7")
    after = inked(blank)
    blank.mouse.move(*at(blank, (0.2, 0.6)))
    assert inked(blank) == after  # the pen is up


@pytest.mark.parametrize("kind", first(["touch", "mouse", "pen"]))
def test_finger_pen_and_mouse_draw_the_same(blank: Page, kind: str) -> None:
    draw(blank, SEVEN)
    wanted = inked(blank)
    blank.locator("digit-lab").get_by_text("Clear").click()
    send(blank, "pointerdown", 5, kind, True, *SEVEN[0])
    for place in SEVEN[1:]:
        send(blank, "pointermove", 5, kind, True, *place)
    send(blank, "pointerup", 5, kind, True, *SEVEN[-1])
    expect(result(blank)).to_contain_text("sees a 7")
    assert inked(blank) == pytest.approx(wanted, rel=0.02)  # whatever the pressure


@pytest.mark.parametrize(
    "kinds", first([("touch", "pen"), ("touch", "touch"), ("pen", "mouse")]), ids=str
)
def test_the_first_pointer_draws_alone(blank: Page, kinds: tuple[str, str]) -> None:
    first, second = kinds
    send(blank, "pointerdown", 1, first, True, 0.2, 0.2)
    send(blank, "pointerdown", 2, second, second != first, 0.2, 0.8)
    for step in range(1, 9):
        send(blank, "pointermove", 1, first, True, 0.2 + step / 16, 0.2)
        send(blank, "pointermove", 2, second, second != first, 0.2 + step / 16, 0.8)
    send(blank, "pointerup", 2, second, second != first, 0.7, 0.8)
    send(blank, "pointermove", 1, first, True, 0.8, 0.2)
    send(blank, "pointerup", 1, first, True, 0.8, 0.2)
    assert ink(blank, 0, 0.3, 1, 1) == 0  # nothing of the second, and nothing between the two
    assert ink(blank, 0.1, 0.1, 0.9, 0.3) == inked(blank) > 0
    send(blank, "pointerdown", 3, second, True, 0.5, 0.8)  # both are lifted: now it may draw
    assert ink(blank, 0, 0.3, 1, 1) > 0


def test_leaving_the_paper_lifts_the_pen(blank: Page) -> None:
    for place in [(0.5, 0.3), (0.8, 0.3), (1.2, 0.3), (1.2, 0.5), (1.2, 0.7)]:
        blank.mouse.move(*at(blank, place))
        if place == (0.5, 0.3):
            blank.mouse.down()
    assert ink(blank, 0.95, 0.25, 1, 0.35) > 0  # the line goes to the border
    assert ink(blank, 0, 0.4, 1, 1) == 0  # and not along it
    before = inked(blank)
    blank.mouse.move(*at(blank, (0.8, 0.7)))
    assert inked(blank) == before  # nor across to where it comes back
    blank.mouse.move(*at(blank, (0.5, 0.7)))
    assert ink(blank, 0.45, 0.6, 0.85, 0.8) == inked(blank) - before > 0
    blank.mouse.up()


def test_a_pointer_that_is_taken_away_lifts_the_pen(blank: Page) -> None:
    send(blank, "pointerdown", 4, "touch", True, 0.2, 0.2)
    send(blank, "pointermove", 4, "touch", True, 0.4, 0.2)
    send(blank, "pointercancel", 4, "touch", True, 0.4, 0.2)
    before = inked(blank)
    send(blank, "pointermove", 4, "touch", True, 0.8, 0.8)
    assert inked(blank) == before
    draw(blank, SEVEN)
    assert inked(blank) > before


def test_strokes_are_undone_one_by_one(blank: Page) -> None:
    undo = blank.get_by_role("button", name="Undo", exact=True)
    expect(undo).to_have_attribute("aria-disabled", "true")
    draw(blank, SEVEN)
    one = inked(blank)
    draw(blank, [(0.2, 0.2), (0.2, 0.8)])
    blank.locator("digit-lab").get_by_text("Clear").click()
    expect(result(blank)).to_contain_text("The paper is blank")
    undo.click()
    assert inked(blank) > one
    blank.locator("#it-paper").focus()
    blank.keyboard.press("Control+z")
    assert inked(blank) == one
    expect(blank.locator("output.cf-spoken").last).to_contain_text("Undone.")
    blank.keyboard.press("Meta+z")
    expect(result(blank)).to_contain_text("The paper is blank")
    expect(undo).to_have_attribute("aria-disabled", "true")
    undo.press("Enter")  # it keeps the focus, and says why nothing happens
    expect(blank.locator("output.cf-spoken").last).to_contain_text("There is nothing to undo.")


def test_a_held_out_digit_that_was_drawn_on_comes_back(open_widgets: Opener) -> None:
    with open_widgets(LAB) as page:
        page.locator("#it-paper canvas").scroll_into_view_if_needed()
        draw(page, [(0.1, 0.1), (0.2, 0.1)])
        choice = page.get_by_label("Digit", exact=True)
        expect(choice).to_have_value("")
        page.wait_for_url(re.compile(r"it\.drawing=[^&]+&it\.strokes=[^&]+&it\.seen=prepared"))
        page.get_by_role("button", name="Undo", exact=True).click()
        expect(choice).to_have_value("7")


def test_rubbing_out_leaves_white_paper(blank: Page) -> None:
    draw(blank, [(0.1, 0.5), (0.5, 0.5), (0.9, 0.5)])
    blank.get_by_label("Rub out").check()
    draw(blank, [(0.5, 0.3), (0.5, 0.7)])
    assert ink(blank, 0.48, 0, 0.52, 1) == 0
    assert ink(blank, 0, 0, 0.4, 1) > 0
    assert ink(blank, 0.6, 0, 1, 1) > 0
    blank.wait_for_url(re.compile(r"it\.strokes=[\w-]+\.[\w-]+(&|#|$)"))  # two pieces
    draw(blank, [(0.0, 0.5), (1.0, 0.5)])
    expect(result(blank)).to_contain_text("The paper is blank")


@pytest.mark.full
def test_a_full_paper_says_so_and_keeps_what_it_has(blank: Page) -> None:
    draw(blank, SEVEN)
    scribble(blank, "#it-paper")
    full = blank.locator(".cf-error", has_text="The paper is full")
    expect(full).to_be_visible()
    expect(blank.locator("output.cf-spoken").last).to_contain_text("The paper is full")
    blank.wait_for_url("**/*it.strokes=*")
    blank.wait_for_timeout(400)  # the address follows
    held = re.search(r"it\.strokes=([^&#]*)", blank.url)
    assert held
    assert len(held[1]) <= 600
    shown = inked(blank)
    blank.reload()
    wake(blank)
    assert inked(blank) == shown  # all that is seen is shared
    draw(blank, SEVEN)
    blank.locator("digit-lab").get_by_text("Clear").click()
    expect(full).to_be_hidden()


def test_an_old_link_shows_what_it_showed(open_widgets: Opener, bare: Page) -> None:
    old = bare.evaluate(
        """async () => { const at = name => new URL(`widgets/lib/${name}`, document.baseURI);
          const { blank, drawingText, stroked } = await import(at("drawing.js"));
          return drawingText(stroked(blank(), [4, 5], [20, 5], false)); }"""
    )
    with open_widgets(LAB, query=query(digit="", drawing=old)) as page:
        expect(page.get_by_role("alert").first).to_be_hidden()
        expect(page.get_by_label("Digit", exact=True)).to_have_value("")
        seen = page.get_by_label("What the network sees")
        expect(seen).to_have_value("drawn")
        assert ink(page, 0.13, 0.1, 0.25, 0.8) == inked(page) > 0
        page.locator("#it-maps-0-0").locator("..").locator("button").nth(2).focus()
        seen.select_option("prepared")
        expect(result(page)).to_contain_text("sees a 1")
        page.wait_for_url("**/*it.seen=prepared*")
        page.reload()
        wake(page)
        expect(page.get_by_label("What the network sees")).to_have_value("prepared")


def test_a_drawing_is_shown_to_others_as_it_is_seen(blank: Page) -> None:
    draw(blank, [(x / 3, y / 3) for x, y in SEVEN])
    expect(result(blank)).to_contain_text("sees a 7")
    blank.get_by_label("What the network sees").select_option("drawn")
    expect(result(blank)).not_to_contain_text("sees a 7")  # in a corner, and small
    blank.wait_for_url("**/*it.seen=drawn*")
    said = result(blank).inner_text()
    blank.reload()
    wake(blank)
    expect(result(blank)).to_have_text(said)
    blank.get_by_role("button", name="Centre").click()
    assert ink(blank, 0.25, 0.25, 0.75, 0.75) == inked(blank) > 0
