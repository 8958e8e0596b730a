"""Whoever reads without JavaScript reads the same text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.browsing import Visit, main_text
from checks.pages import each_page
from checks.scriptless import LEAST, share_without_scripts

pytestmark = pytest.mark.browser
SCRIPT = "<script>document.querySelector('h2').after('Only a script says this.')</script>"


@each_page
def test_the_text_is_there_without_scripts(
    open_page: Callable, visited: Callable[[str], Visit], path: str
) -> None:
    with open_page(path, scripts=False) as page:
        assert share_without_scripts(visited(path).text, main_text(page)) >= LEAST


@pytest.mark.parametrize(("script", "needed"), [("", False), (SCRIPT, True)])
def test_text_made_by_a_script_is_caught(
    open_planted: Callable, visit_planted: Callable[..., Visit], script: str, needed: bool
) -> None:
    seen = visit_planted("</main>", f"{script}</main>")
    with open_planted("</main>", f"{script}</main>", scripts=False) as page:
        share = share_without_scripts(seen.text, main_text(page))
    assert (share < LEAST) == needed
