"""By keyboard: every control is reached and left, can be seen, and shows that it has the focus."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, expect

from checks.browsing import LIGHT_DESK, Way, settle, wake
from checks.built_site import BuiltSite
from checks.keyboard import count_stops, unseen_focus, walk_problems
from checks.pages import first, in_turn, templates
from checks.widget_page import TAGS, Opener, widget

pytestmark = pytest.mark.browser
PHONE = Way("light", 320)  # and a desk at 400 % zoom
STOPS = {  # of each widget in a frame, all its parts open: change it with the widget
    "arithmetic-playground": 35,
    "convolution-stepper": 27,
    "digit-lab": 26,
    "kernel-playground": 22,
    "kernel-timeline": 23,
    "shape-tracer": 22,
    "unit-browser": 20,
}
UNFOLD = "all => all.forEach(summary => { summary.parentElement.open = true; })"
LOADS: dict[
    str, tuple[int, list[dict]]
] = {  # where the focus must be seen: width, one load's looks
    "desk": (1280, [{"color_scheme": "light"}, {"forced_colors": "active"}]),
    "dark phone": (360, [{"color_scheme": "dark"}]),
}


@pytest.mark.parametrize(("path", "way"), in_turn([LIGHT_DESK, PHONE]))
def test_the_keys_lead_through_a_page_and_back(open_page: Callable, path: str, way: Way) -> None:
    with open_page(path, way) as page:
        assert walk_problems(page) == []


@pytest.mark.parametrize("tag", TAGS)
def test_the_keys_lead_through_a_widget_and_back(open_widgets: Opener, tag: str) -> None:
    with open_widgets(widget(tag), query="?embed=it", way=PHONE) as page:
        page.locator("#it summary:visible").evaluate_all(UNFOLD)  # a click would be Tab's start
        settle(page)  # what has become too tall to show at once can be scrolled, so be reached
        assert walk_problems(page) == []
        assert count_stops(page) == STOPS[tag]


@pytest.mark.parametrize("load", first(LOADS))
def test_the_focus_is_seen_on_every_kind_of_control(
    browser: Browser,
    base_of: Callable[[str], str],
    widgets_at: Callable[[str], str],
    load: str,
) -> None:
    width, looks = LOADS[load]
    known: list[set[str]] = [set() for _ in looks]
    problems = {}
    everything = "".join(widget(tag, f'id="{tag}"') for tag in TAGS)
    with browser.new_context(
        viewport={"width": width, "height": 800}, reduced_motion="reduce", **looks[0]
    ) as context:
        page = context.new_page()
        for address in (widgets_at(everything), *(base_of(path) + path for path in templates())):
            page.emulate_media(**{"forced_colors": "none", **looks[0]})
            page.goto(address)
            settle(page)
            wake(page)
            for look, seen in zip(looks, known, strict=True):  # loading takes longer than looking
                page.emulate_media(**look)
                problems[address, str(look)] = unseen_focus(page, seen)
    assert {place: found for place, found in problems.items() if found} == {}


def test_the_menu_of_a_phone_opens_by_keyboard(open_page: Callable, site: BuiltSite) -> None:
    chapter = next(path for path in site.pages if path.startswith("learning/"))
    with open_page(chapter, PHONE) as page:
        menu = page.get_by_role("button", name="Menu")
        menu.press("Enter")
        expect(menu).to_have_attribute("aria-expanded", "true")
        section = page.locator("label.md-nav__title[for^=__nav]", has_text="Learning").first
        expect(section).to_be_focused()
        section.press("Space")
        expect(page.get_by_role("link", name="Home", exact=True).last).to_be_visible()
        page.keyboard.press("Escape")
        expect(menu).to_be_focused()
        expect(menu).to_have_attribute("aria-expanded", "false")


TRAP = "<button id=t>x</button><script>t.onkeydown = e => e.preventDefault()</script>"
BLANK = "<button style='all: unset; display: block; padding: 20px'></button>"
LID = "<div style='position: fixed; inset: 0; z-index: 9; background: white'></div>"


@pytest.mark.full
@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("", None),
        (TRAP, "a trap after"),
        (LID, "has the focus and cannot be seen"),
        ("<a href='./' tabindex='3'>x</a>", "the order is not that of the page"),
    ],
    ids=["good", "trap", "lid", "order"],
)
def test_a_lost_key_is_caught(open_planted: Callable, new: str, problem: str | None) -> None:
    with open_planted("</main>", f"{new}</main>") as page:
        found = "\n".join(walk_problems(page))
    assert problem in found if problem else found == ""


@pytest.mark.full
def test_a_control_that_no_key_reaches_any_more_is_counted(open_planted: Callable) -> None:
    with open_planted() as page:
        whole = count_stops(page)
    with open_planted('<input id="stride"', '<input id="stride" tabindex="-1"') as page:
        assert (count_stops(page), walk_problems(page)) == (whole - 1, [])


@pytest.mark.full
@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("", None),
        ("<style>:focus { outline: none !important }</style>", "0 pixels show the focus"),
        ("<style>:focus { outline: 2px solid #eee !important }</style>", "pixels show the focus"),
        (BLANK, "shows nothing"),
    ],
    ids=["good", "none", "pale", "blank"],
)
def test_a_focus_that_nobody_sees_is_caught(
    open_planted: Callable, new: str, problem: str | None
) -> None:
    with open_planted("</main>", f"{new}</main>") as page:
        found = "\n".join(unseen_focus(page, set()))
    assert problem in found if problem else found == ""


WIDE = """([more, overflowY]) => {
  const box = document.createElement("div");
  box.className = "cf-scroll";
  Object.assign(box.style, {width: "200px", overflowX: "auto", overflowY});
  box.append(document.createElement("div"));
  Object.assign(box.firstChild.style, {width: `${200 + more[0]}px`, height: `${30 + more[1]}px`});
  box.style.height = "30px";
  document.querySelector("article").append(box);
}"""


@pytest.mark.parametrize(
    ("more", "overflow_y", "named"),
    [
        ([0, 0], "auto", False),
        ([1, 0], "auto", True),  # Chromium's Tab stops at it all the same
        ([0, 20], "auto", True),
        ([0, 20], "hidden", False),  # no key moves it
    ],
)
def test_a_box_that_scrolls_by_a_pixel_is_a_stop_with_a_name(
    open_page: Callable, more: list[int], overflow_y: str, named: bool
) -> None:
    with open_page("self-checks/", PHONE) as page:
        page.evaluate(WIDE, [more, overflow_y])
        box = page.locator("article > .cf-scroll").last
        settle(page)
        assert box.get_attribute("aria-label") == ("Code, scrollable" if named else None)
        assert box.get_attribute("tabindex") == ("0" if named else None)
