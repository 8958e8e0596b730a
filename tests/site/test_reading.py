"""Pages bear what readers do to them: spacing, larger text, no motion, paper, keys alone."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.browsing import Way
from checks.pages import each_kind_of_page
from checks.reading import reading_problems
from checks.reflow import NARROWEST

pytestmark = pytest.mark.browser
NARROW = Way("dark", NARROWEST)
TIGHT = "<p style='overflow: hidden; height: 1.2em; line-height: 1.2'>Some words.</p>"
MOVES = (
    "<style>@keyframes a { to { opacity: 0 } } #m { animation: a 9s infinite }</style><p id=m>x</p>"
)

ANSWER = "<details><summary>?</summary><p>One.</p></details>"
PICTURED = f"""<div class='cf-widget'><div class='cf-body'>{ANSWER}</div>
<div class='cf-still'><p>A picture.</p></div></div>"""


@pytest.mark.full
@each_kind_of_page
def test_a_page_bears_what_a_reader_sets(open_page: Callable, path: str) -> None:
    with open_page(path, NARROW) as page:
        assert reading_problems(page) == []


@pytest.mark.full
@pytest.mark.parametrize(
    ("new", "problem"),
    [
        ("", None),
        (TIGHT, "spaced: p."),
        ("<p style='width: 40rem; white-space: nowrap'>x</p>", "text at 200 %"),
        (MOVES, "an animation runs"),
        ("<img src='a.gif' alt=''>", "img moves unasked"),
        ("<p style='cursor: pointer'>Press</p>", "p. answers to a pointer only"),
        ("<a href='./' tabindex='3'>x</a>", "a jumps the queue: tabindex 3"),
        ("<p style='position: fixed; top: 0'>x</p>", "print: p. lies over the paper"),
        (ANSWER, "print: a closed answer"),
        (ANSWER.replace("<details", "<details class='answer'"), "print: a closed answer"),
        (PICTURED, None),
        (PICTURED.replace("cf-still'", "cf-still' hidden"), "print: a closed answer"),
    ],
)
def test_what_is_lost_is_caught(open_planted: Callable, new: str, problem: str | None) -> None:
    with open_planted("</main>", f"{new}</main>", way=NARROW) as page:
        found = "\n".join(reading_problems(page))
    assert problem in found if problem else found == ""
