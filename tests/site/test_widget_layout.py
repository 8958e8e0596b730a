"""What one changes in a widget and what changes are on one screen, which the widget fits."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from checks.browsing import Way, settle
from checks.layout import EFFECTS, SCROLLERS, STEADY, WIDEST, far_results
from checks.pages import first, one_way_each
from checks.reading import RESTYLE
from checks.reflow import NARROWEST, sideways_problems
from checks.small_stepper import SMALL
from checks.widget_page import TAGS, Opener
from checks.widget_places import Place, every_place, places

pytestmark = pytest.mark.browser
DESK, PHONE, SMALL_PHONE = Way("light", 1280), Way("light", 390), Way("light", NARROWEST)
WINDOWS = {DESK: [(1280, 800), (1366, 768)], PHONE: [(390, 780), (NARROWEST, 780)]}
WIDTHS = (NARROWEST, 390, 768, 1024, 1280, 1366, 1920)
CONTENTS = ".md-sidebar--secondary .md-nav--secondary"
FREE = f"""host => {{
  const box = e => e.getBoundingClientRect();
  const meet = (a, b) => a.left < b.right && b.left < a.right
    && a.top < b.bottom && b.top < a.bottom;
  const list = document.querySelector("{CONTENTS}");
  const shown = e => box(e).bottom > 0;
  const widget = box(document.querySelector(host));
  return {{met: meet(widget, box(list)), shown: shown(list),
           menu: meet(widget, box(document.querySelector(".md-sidebar--primary")))}};
}}"""
BEGIN = "() => { document.activeElement.blur(); scrollTo({top: 0, behavior: 'instant'}); }"
AT_TOP = "host => document.querySelector(host).scrollIntoView({behavior: 'instant'})"
by_name = lambda value: f"{value.tag}-{value.name}" if isinstance(value, Place) else str(value)  # noqa: E731
a_widget = pytest.mark.parametrize("place", first(places()), ids=lambda place: place.tag)


def test_the_effects_of_every_widget_are_listed() -> None:
    assert sorted(EFFECTS) == TAGS


@pytest.mark.parametrize(("place", "way"), one_way_each(every_place(), list(WINDOWS)), ids=by_name)
def test_cause_and_effect_are_on_one_screen(open_page: Opener, place: Place, way: Way) -> None:
    effects = [effect for effect in EFFECTS[place.tag] if effect.on_phones or way == DESK]
    with open_page(place.path, way) as page:
        for width, height in WINDOWS[way]:
            page.set_viewport_size({"width": width, "height": height})
            settle(page)
            assert far_results(page, place.host, effects) == [], (width, height)


@a_widget
def test_it_fits_every_window(open_page: Opener, place: Place) -> None:
    with open_page(place.path) as page:
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)
            box = page.locator(place.host).bounding_box()
            assert box
            assert box["x"] >= 0
            assert box["x"] + box["width"] <= width
            assert box["width"] <= WIDEST
            assert sideways_problems(page) == [], width
            assert page.evaluate(SCROLLERS, place.host) == [], width


@a_widget
def test_it_uses_the_room_of_a_desk(open_page: Opener, place: Place) -> None:
    with open_page(place.path) as page:
        widths = []
        for width in (1280, 1920):
            page.set_viewport_size({"width": width, "height": 800})
            widths.append(page.locator(place.host).bounding_box()["width"])
        assert widths == pytest.approx([974, 1150], abs=1)


@a_widget
def test_the_contents_make_room_for_it_and_keys_bring_them_back(
    open_page: Opener, place: Place
) -> None:
    with open_page(place.path) as page:
        for width in (1024, 1280, 1600):
            page.set_viewport_size({"width": width, "height": 800})
            page.keyboard.press("Tab")  # a reader who uses keys
            page.evaluate(BEGIN)
            settle(page)
            assert page.evaluate(FREE, place.host) == {"met": False, "shown": True, "menu": False}
            page.evaluate(AT_TOP, place.host)
            settle(page)
            assert page.evaluate(FREE, place.host) == {"met": False, "shown": False, "menu": False}
            page.locator(f"{CONTENTS} a").first.evaluate(
                "link => link.focus({preventScroll: true})"
            )
            settle(page)
            assert page.evaluate(FREE, place.host)["shown"]


def test_the_box_of_the_contents_takes_no_click_from_a_widget(open_page: Opener) -> None:
    with open_page("learning/11-training/", DESK) as page:
        order = page.locator("#timeline-order")  # stands in the column of the contents
        order.evaluate("e => e.scrollIntoView({block: 'end', behavior: 'instant'})")
        order.click(trial=True, timeout=10_000)


@pytest.mark.parametrize(
    ("place", "way"), one_way_each(places(), [DESK, PHONE, SMALL_PHONE]), ids=by_name
)
def test_a_step_moves_nothing_else(open_page: Opener, place: Place, way: Way) -> None:
    with open_page(place.path, way) as page:
        assert page.evaluate(STEADY, place.host) == []


@pytest.mark.full
@pytest.mark.parametrize(
    ("css", "problem"),
    [
        ("", ""),
        (".cf-player { margin-bottom: 900px }", ".cf-player changes .cf-result"),
        (".cf-kernels .cf-board { max-width: 100% !important }", "cf-board: "),
        (".cf-map { width: 1300px !important }", "cf-board: "),
        (".cf-result { min-height: 0 !important; width: 9rem }", "moves div.cf-board"),
    ],
    ids=["good", "far", "cut", "wide", "restless"],
)
def test_a_planted_fault_is_caught(open_widgets: Opener, css: str, problem: str) -> None:
    with open_widgets(SMALL, way=PHONE) as page:
        page.evaluate(RESTYLE, css)
        settle(page)
        assert problem in "\n".join(_all_problems(page))


def _all_problems(page: Page) -> list[str]:
    effects = EFFECTS["convolution-stepper"]
    return [
        *page.evaluate(STEADY, "#it"),
        *far_results(page, "#it", effects),
        *page.evaluate(SCROLLERS, "#it"),
    ]
