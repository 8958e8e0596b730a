"""A link inside the site swaps the page in place, also under a sub-path."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.browser
TITLE_CHANGED = "before => document.title !== before"


def test_a_link_swaps_the_page_without_loading_it_anew(open_page: Callable) -> None:
    with open_page("") as page:
        page.wait_for_load_state("networkidle")  # the theme has read the sitemap
        before = page.title()
        page.evaluate("() => { window.kept = true }")
        page.locator(".md-tabs a").last.click()
        page.wait_for_function(TITLE_CHANGED, arg=before)
        assert page.evaluate("() => window.kept")
        after = page.title()
        page.go_back()
        page.wait_for_function(TITLE_CHANGED, arg=after)
        assert page.title() == before
