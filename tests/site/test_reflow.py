"""No page scrolls sideways on the narrowest screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.browsing import Way
from checks.pages import each_visited_page
from checks.reflow import NARROWEST, sideways_problems
from checks.visit import Visit

pytestmark = pytest.mark.browser
NARROW = Way("light", NARROWEST)
TITLE = "<h1>How a kernel finds an edge</h1>"


@each_visited_page
def test_no_page_scrolls_sideways(visited: Callable[[str], Visit], path: str) -> None:
    assert visited(path).sideways == []


def test_a_wide_element_is_caught(open_planted: Callable) -> None:
    wide = f'{TITLE}<div id="wide" style="width: 400px">wide</div>'
    with open_planted(TITLE, wide, way=NARROW) as page:
        (problem,) = sideways_problems(page)
    assert "div#wide" in problem


def test_an_element_with_its_own_scroller_passes(open_planted: Callable) -> None:
    held = f'{TITLE}<div style="overflow-x: auto"><p style="width: 400px">wide</p></div>'
    with open_planted(TITLE, held, way=NARROW) as page:
        assert sideways_problems(page) == []
