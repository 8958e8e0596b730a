"""No mark of an author is left where the build should have put something."""

from __future__ import annotations

import pytest

from checks.built_site import BuiltSite
from checks.marks import left_over_marks
from checks.pages import each_page

pytestmark = pytest.mark.browser


@each_page
def test_every_mark_was_replaced(site: BuiltSite, path: str) -> None:
    assert left_over_marks(site.file(path).read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "mark",
    [
        '<code><span class="o">--</span>8 &lt; --"loops.py:loops"</code>',
        "<p>--8&lt;-- &quot;loops.py&quot;</p>",
        "<p>It reads {{ fact.accuracy }} of them.</p>",
        "<p>Text.</p><!-- figure: four-rows -->",
        "<!-- claim: edges -->",
    ],
)
def test_a_mark_that_is_left_is_found(mark: str) -> None:
    assert len(left_over_marks(f"<html>{mark}</html>")) == 1


def test_a_page_without_marks_passes() -> None:
    assert left_over_marks("<p>2 &lt; 8, and a <!-- remark --> for the next author.</p>") == []
