"""Every widget stands alone in a frame on somebody else's page, in the state it was copied in."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from checks.browsing import Way, new_context, settle, wake
from checks.built_site import BuiltSite
from checks.server import served
from checks.visit import Visit
from checks.widget_places import Place, places

pytestmark = pytest.mark.browser
WIDTHS = (1280, 360)
QUICK = 2  # widgets whose frame `make test` copies; `make test-full` copies all
MOST_BLANK = 160  # px below the widget
FOREIGN = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A course</title>
<link rel="icon" href="data:,"></head>
<body><p><a href="#next">Before the frame</a></p>{}</body></html>"""

VALUES = """host => [...host.querySelectorAll("select, input:not([type=file]), textarea")]
  .map(control => control.type === "checkbox" ? control.checked : control.value)"""
OTHERS = """host => [...document.body.querySelectorAll("*")].filter(element => {
  if (host.contains(element) || element.contains(host) || !element.checkVisibility()) return false;
  if (element.closest("h1") && !element.matches("a")) return false; // said, and not shown
  const {width, height} = element.getBoundingClientRect();
  return width > 1 && height > 1;
}).map(element => `${element.localName}.${element.className}`)"""
ROOM = """host => {
  const page = document.documentElement;
  return {hidden: page.scrollHeight - innerHeight, sideways: page.scrollWidth - innerWidth,
          blank: innerHeight - host.getBoundingClientRect().bottom};
}"""


each_widget = pytest.mark.parametrize("place", places(), ids=lambda place: place.tag)


def change_something(page: Page, place: Place) -> None:
    """Turn sliders and lists until the address says that the widget is in another state."""
    host = page.locator(f"#{place.name}")
    for control in host.locator("input[type=range]:visible, select:visible").all():
        if control.evaluate("control => control.localName") == "select":
            last = control.locator("option:enabled").last.get_attribute("value") or ""
            control.select_option(last)
        else:
            control.press("ArrowRight")
        page.wait_for_timeout(500)  # longer than the widgets wait before they write
        if f"{place.name}." in page.url:
            return
    raise AssertionError(f"{place.tag}: nothing that was changed came into the address")


def copied_line(page: Page, place: Place) -> str:
    page.locator(f"#{place.name}").get_by_role("button", name="Copy embed code").click()
    expect(page.locator(f"#{place.name} .cf-sharing output")).to_have_text(
        re.compile("Copy embed code: copied")
    )
    return str(page.evaluate("navigator.clipboard.readText()"))


class Framed(NamedTuple):
    """A foreign page with the widget in a frame."""

    page: Page
    frame: Frame
    host: Any
    seen: Visit


Embed = Callable[[str], Any]


@pytest.fixture
def foreign(browser: Browser, tmp_path: Path) -> Iterator[Callable[..., Any]]:
    """Puts a copied line on a page of another origin."""
    with served(BuiltSite(tmp_path), "/") as address:

        @contextmanager
        def show(context: Any, line: str, name: str, width: int = WIDTHS[0]) -> Iterator[Framed]:
            (tmp_path / "index.html").write_text(FOREIGN.format(line), encoding="utf-8")
            page, seen = context.new_page(), Visit(address)
            page.set_viewport_size({"width": width, "height": 800})
            seen.watch(page)
            page.goto(address)
            page.frame_locator("iframe").locator(f"#{name}[data-cf-mounted=ready]").wait_for()
            page.wait_for_load_state("networkidle")
            frame = page.frames[1]
            yield Framed(page, frame, frame.locator(f"#{name}").element_handle(), seen)
            page.close()

        yield show


@pytest.mark.parametrize(
    "place",
    [
        pytest.param(place, id=place.tag, marks=() if turn < QUICK else pytest.mark.full)
        for turn, place in enumerate(places())
    ],
)
def test_a_copied_frame_shows_the_widget_alone_in_its_state(
    browser: Browser, base_of: Callable[[str], str], foreign: Callable[..., Any], place: Place
) -> None:
    with new_context(browser, Way("light", WIDTHS[0])) as context:
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.goto(base_of(place.path) + place.path)
        settle(page)
        wake(page)
        host = page.locator(f"#{place.name}")
        authored = host.evaluate(VALUES)
        change_something(page, place)
        changed = host.evaluate(VALUES)
        assert changed != authored
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            settle(page)
            line = copied_line(page, place)
            with foreign(context, line, place.name, width) as there:
                assert there.host.evaluate(VALUES) == changed
                assert there.host.evaluate(OTHERS) == []
                room = there.host.evaluate(ROOM)
                assert room["hidden"] <= 0
                assert room["sideways"] <= 0
                assert 0 <= room["blank"] <= MOST_BLANK
                assert there.seen.errors == []
        with foreign(context, line, place.name) as there:
            there.page.get_by_role("link", name="Before the frame").focus()
            there.page.keyboard.press("Tab")  # the frame's own document, or its first control
            for _ in range(3):
                there.page.keyboard.press("Tab")
            assert there.host.evaluate("host => host.contains(document.activeElement)")
            there.frame.get_by_role("button", name="Reset", exact=True).focus()
            there.page.keyboard.press("Enter")
            there.frame.wait_for_function(
                "name => !location.search.includes(`${name}.`)", arg=place.name
            )
            assert there.seen.errors == []


@pytest.mark.parametrize("place", places()[:1], ids=lambda place: place.tag)
def test_a_frame_says_where_it_is_from_and_leads_there(
    browser: Browser, base_of: Callable[[str], str], foreign: Callable[..., Any], place: Place
) -> None:
    address = f"{base_of(place.path)}{place.path}?embed={place.name}"
    line = f'<iframe src="{address}" title="A widget" width="100%" height="900"></iframe>'
    with new_context(browser) as context, foreign(context, line, place.name) as there:
        page, licence = there.frame.locator(".cf-from a").all()
        assert page.inner_text() == there.frame.title()
        assert "CC BY" in licence.inner_text()
        change_something_in(there, place)
        page.focus()
        target = urlsplit(page.get_attribute("href") or "")
        assert target.path.endswith(place.path)
        assert target.fragment == place.name
        query = parse_qs(target.query)
        assert "embed" not in query
        assert any(name.startswith(f"{place.name}.") for name in query)
        assert page.get_attribute("target") == "_blank"


def change_something_in(there: Framed, place: Place) -> None:
    slider = there.frame.locator(f"#{place.name} input[type=range]:visible").first
    slider.press("ArrowRight")
    there.page.wait_for_timeout(500)


def test_a_page_that_shows_more_than_the_widget_is_caught(
    browser: Browser, base_of: Callable[[str], str]
) -> None:
    place = places()[0]
    with new_context(browser) as context:
        page = context.new_page()
        page.goto(f"{base_of(place.path)}{place.path}?embed={place.name}")
        host = page.locator(f"#{place.name}[data-cf-mounted=ready]")
        assert host.evaluate(OTHERS) == []
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<b>Lost</b>')")
        assert host.evaluate(OTHERS) == ["b."]
