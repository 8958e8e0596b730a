"""Whoever sets their own few colours still sees every mark of every widget."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.forced_colours import lost_marks
from checks.pages import first
from checks.widget_page import TAGS, Opener, widget

pytestmark = pytest.mark.browser
BAR = "<div style='background: #b2182b; width: 60px; height: 9px'></div>"


@pytest.mark.parametrize("tag", first(TAGS, 3))
def test_marks_stay(open_widgets: Opener, tag: str) -> None:
    with open_widgets(widget(tag)) as page:
        assert lost_marks(page) == []


@pytest.mark.full
@pytest.mark.parametrize(
    ("mark", "lost"),
    [
        (BAR, ["div. in "]),
        (BAR.replace("width", "forced-color-adjust: none; width"), []),
        (BAR.replace("width", "border: 1px solid; width"), []),
    ],
    ids=["a background", "that stays", "with an edge"],
)
def test_a_lost_mark_is_caught(open_planted: Callable, mark: str, lost: list[str]) -> None:
    with open_planted("</main>", f"{mark}</main>") as page:
        assert lost_marks(page) == lost
