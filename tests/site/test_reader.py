"""A reader's tab is as new for the next test, whatever the last one did to it."""

from __future__ import annotations

import pytest

from checks.browsing import LIGHT_DESK
from checks.widget_page import Opener

pytestmark = pytest.mark.browser
LOOK = """() => [innerWidth, sessionStorage.length, document.querySelector("main:hover") === null,
  ...["print", "(prefers-color-scheme: dark)", "(forced-colors: active)",
    "(prefers-reduced-motion: reduce)"].map(query => matchMedia(query).matches)]"""
AS_NEW = [LIGHT_DESK.width, 0, True, False, False, False, True]
CHANGED = [320, 1, False, True, True, True, False]
FETCH = "async () => (await fetch('sitemap.xml')).status"


def test_a_tab_is_as_new_for_the_next_page(open_widgets: Opener) -> None:
    with open_widgets("") as first:
        assert first.evaluate(LOOK) == AS_NEW
        first.route("**/sitemap.xml", lambda route: route.fulfill(status=418))
        first.evaluate("sessionStorage.setItem('it', 'stays')")
        first.set_viewport_size({"width": 320, "height": 320})
        first.emulate_media(
            media="print",
            color_scheme="dark",
            forced_colors="active",
            reduced_motion="no-preference",
        )
        first.hover("h1")
        assert first.evaluate(FETCH) == 418
        assert first.evaluate(LOOK) == CHANGED
    with open_widgets("") as second:
        assert second is first
        assert second.evaluate(LOOK) == AS_NEW
        assert second.evaluate(FETCH) == 200


def test_a_tab_in_which_a_test_failed_is_closed(open_widgets: Opener) -> None:
    with pytest.raises(ValueError, match="failed"), open_widgets("") as page:
        raise ValueError("failed")
    assert page.is_closed()
