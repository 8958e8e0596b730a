"""The search finds things, and costs a reader who does not search nothing."""

from __future__ import annotations

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.browser
INDEX = "search/search_index.json"


def test_the_index_is_fetched_when_somebody_searches(open_page: Callable) -> None:
    with open_page("") as page:
        fetched: list[str] = []
        page.on("request", lambda request: fetched.append(request.url))
        page.reload()
        page.wait_for_load_state("networkidle")
        assert not any(INDEX in url for url in fetched)
        page.get_by_role("textbox", name="Search").first.focus()
        page.keyboard.type("receptive field")
        page.locator(".md-search-result__item").first.wait_for()
        assert sum(INDEX in url for url in fetched) == 1
