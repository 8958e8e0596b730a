"""axe finds nothing on any page, in either scheme, on a phone or a desk."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import Page

from checks.axe import axe_problems, axe_script, incomplete, look_problems, state_problems
from checks.browsing import ALL_WAYS, LIGHT_DESK, Way
from checks.doubts import REVIEWED, reviewed_problems
from checks.pages import each_visited_page, in_other_ways
from checks.visit import Visit
from checks.widget_page import Opener, widget
from states import STATES

pytestmark = pytest.mark.browser
TINY_BUTTON = "<button aria-label='Step' style='padding: 0; width: 9px; height: 9px'></button>"


@each_visited_page
def test_axe_finds_nothing_in_one_way(visited: Callable[[str], Visit], path: str) -> None:
    assert visited(path).axe == []


@pytest.mark.parametrize(("path", "way"), in_other_ways())
def test_axe_finds_nothing_in_any_other_way(open_page: Callable, path: str, way: Way) -> None:
    with open_page(path, way) as page:
        assert look_problems(page, way) == []


@pytest.mark.full
@pytest.mark.parametrize("way", ALL_WAYS, ids=str)
def test_the_good_page_passes(open_planted: Callable, way: Way) -> None:
    with open_planted(way=way) as page:
        assert look_problems(page, way) == []


@pytest.mark.full
@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('<label for="stride">Stride</label>', "Stride", "label"),
        ("color: black", "color: #999", "color-contrast"),
        ("text-decoration: underline", "text-decoration: none", "link-in-text-block"),
        ("</main>", "</main><p>Lost text</p>", "region"),
        ("<nav aria-label", "<div role='dialog'>Search</div><nav aria-label", "aria-dialog-name"),
        ("</main>", f"{TINY_BUTTON}{TINY_BUTTON}</main>", "target-size"),
    ],
)
def test_a_planted_violation_is_caught(
    open_planted: Callable, old: str, new: str, rule: str
) -> None:
    with open_planted(old, new, way=LIGHT_DESK) as page:
        assert any(found.startswith(rule) for found in axe_problems(page))


@contextmanager
def brought_back(seen: dict[str, Any], open_page: Callable, open_widgets: Opener) -> Iterator[Page]:
    """Where a doubt was seen: on a page, or in a widget's state, to which those before it lead."""
    way = Way(*seen["way"])
    if "page" in seen:
        with open_page(seen["page"], way) as page:
            yield page
        return
    with open_widgets(widget(seen["widget"]), way=way) as page:
        states = STATES[seen["widget"]]
        for name in [*states][: [*states].index(seen["state"]) + 1]:
            states[name](page)
        yield page


@pytest.mark.parametrize("kind", REVIEWED)
def test_what_was_reviewed_is_still_there_and_stands_out(
    open_page: Callable, open_widgets: Opener, kind: str
) -> None:
    with brought_back(REVIEWED[kind], open_page, open_widgets) as page:
        assert reviewed_problems(page, incomplete(page), kind) == []


def test_a_review_of_what_is_gone_is_caught(open_planted: Callable) -> None:
    with open_planted() as page:
        (problem,) = reviewed_problems(page, incomplete(page), "color-contrast: bgImage p")
    assert "no longer found" in problem


WORDS = "<p style='width: 200px; COLOUR'>Words in a row here that go on</p>"
LEAVING = f"<div style='background: #eee; width: 100px; height: 20px'>{WORDS}</div>"
COLUMN = f"<div style='width: 100px; height: 20px; margin-bottom: 9em'>{WORDS}</div>"
OVER = "<div style='position: relative; top: -11em; left: 150px; width: 60px; height: 9em; COLOUR'>"
SCROLLER = f"<div data-cf-scroll tabindex='0' role='group' aria-label='Words'>{LEAVING}</div>"
PICTURE = "background: url(data:image/gif;base64,R0lGODlhAQABAAAAACwAAAAAAQABAAA=)"


@pytest.mark.full
@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<p>x</p>", None),
        ("<p style='color: #ddd'>x</p>", "undecided: color-contrast: shortTextContent p"),
        (f"<p style='{PICTURE}'>Words</p>", "undecided: color-contrast: bgImage p"),
        (LEAVING, "undecided: color-contrast: elmPartiallyObscuring p"),
        (COLUMN, None),
        (
            COLUMN.replace("COLOUR", "color: #bbb"),
            "undecided: color-contrast: elmPartiallyObscuring p",
        ),
        (
            f"{COLUMN}{OVER.replace('COLOUR', 'background: #fff')}</div>",
            "undecided: color-contrast: elmPartiallyObscuring p",
        ),
        (SCROLLER, None),
        (
            SCROLLER.replace("COLOUR", "color: #bbb"),
            "undecided: color-contrast: elmPartiallyObscuring p",
        ),
    ],
    ids=[
        "a letter",
        "a pale letter",
        "on a picture",
        "over an edge",
        "beside its column",
        "pale beside it",
        "half covered beside it",
        "cut",
        "pale and cut",
    ],
)
def test_what_axe_leaves_open_is_measured_or_reviewed(
    open_planted: Callable, text: str, problem: str | None
) -> None:
    with open_planted("</main>", f"{text}</main>") as page:
        found = axe_problems(page)
    assert [line.partition(", at")[0] for line in found] == ([problem] if problem else [])


HEADER = (
    "<nav aria-label='Top' style='position: sticky; top: 0; background: #fff'>"
    "<a href='./' style='display: block; height: 40px; padding: 0'>Home</a></nav>"
)
CELL = "<button tabindex='-1' style='padding: 0; width: 24px; height: 24px'>1</button>"
BELOW_IT = "() => scrollTo({top: document.querySelector('button').offsetTop - 30})"
UNDECIDED = "async () => (await axe.run({runOnly: ['target-size']})).incomplete.length"


def test_what_has_been_scrolled_below_a_header_is_looked_at_in_full(
    open_planted: Callable,
) -> None:
    below = f"{HEADER}<div>{CELL}{CELL}</div><p style='height: 3000px'>Text</p>"
    with open_planted("</main>", f"{below}</main>") as page:
        page.evaluate(axe_script())
        page.evaluate(BELOW_IT)
        assert page.evaluate(UNDECIDED)
        assert axe_problems(page) == []


def add(html: str) -> Callable:
    call = "html => document.querySelector('main').insertAdjacentHTML('beforeend', html)"
    return lambda page: page.evaluate(call, html)


def test_what_a_state_breaks_is_caught_and_named(open_planted: Callable) -> None:
    states = {
        "fine": lambda _: None,
        "nameless": add("<button style='width: 40px; height: 40px'></button>"),
        "named": lambda page: page.locator("main button").evaluate("e => e.ariaLabel = 'Step'"),
        "wide": add("<p style='width: 2000px'>wide</p>"),
    }
    with open_planted() as page:
        found = state_problems(page, LIGHT_DESK, states)
        assert state_problems(page, Way("dark", 3000), {}) == {
            "as it opens": ["the page is not dark"]
        }
    assert found.keys() == {"nameless", "wide"}
    assert "button-name" in found["nameless"][0]
    assert found["wide"] == ["the page scrolls sideways"]
