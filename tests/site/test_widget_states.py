"""What every widget promises in every state: axe finds nothing, it fits, it shows, it bears."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from checks.axe import state_problems
from checks.browsing import Way
from checks.pages import LATER
from checks.reading import reading_problems
from checks.reflow import NARROWEST
from checks.widget_page import TAGS, Opener, widget
from states import STATES

pytestmark = pytest.mark.browser
WAYS = [Way(scheme, width) for scheme in ("light", "dark") for width in (1280, NARROWEST)]
BOTH = (Way("light", 1280), Way("dark", NARROWEST))  # each scheme and each width once
each_widget = pytest.mark.parametrize("tag", TAGS)


def test_every_widget_has_states() -> None:
    assert sorted(STATES) == TAGS


@pytest.mark.parametrize(
    ("tag", "way"),
    [
        pytest.param(tag, way, id=f"{tag}-{way}", marks=() if way == BOTH[turn % 2] else LATER)
        for turn, tag in enumerate(TAGS)
        for way in WAYS
    ],
)
def test_axe_finds_nothing_as_it_opens_and_in_any_state(
    open_widgets: Opener, tag: str, way: Way
) -> None:
    with open_widgets(widget(tag), way=way) as page:
        assert state_problems(page, way, STATES[tag]) == {}


@pytest.mark.full
@each_widget
def test_it_bears_what_a_reader_sets(open_widgets: Opener, tag: str) -> None:
    with open_widgets(widget(tag), way=Way("dark", NARROWEST)) as page:
        assert reading_problems(page) == []


@each_widget
def test_without_scripts_the_figure_stands(open_widgets: Opener, tag: str) -> None:
    with open_widgets(widget(tag), scripts=False) as page:
        expect(page.get_by_text("The still picture.")).to_be_visible()
        assert page.locator(f"{tag} :is(button, input)").count() == 0


@each_widget
def test_with_scripts_the_figure_is_put_away(open_widgets: Opener, tag: str) -> None:
    with open_widgets(widget(tag)) as page:
        expect(page.get_by_text("The still picture.")).to_be_hidden()
