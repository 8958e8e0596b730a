"""Whoever reads without JavaScript reads the same text."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.built_site import SITE, BuiltSite, page_ids
from checks.scriptless import LEAST, share_without_scripts

pytestmark = pytest.mark.browser


def shares(opener: Callable, *args: str) -> float:
    """The share of the text of one page that needs no script."""
    texts = []
    for scripts in (True, False):
        with opener(*args, scripts=scripts) as page:
            texts.append(page.locator("main").inner_text())
    return share_without_scripts(*texts)


@pytest.mark.parametrize("path", page_ids(BuiltSite(SITE)))
def test_the_text_is_there_without_scripts(open_page: Callable, path: str) -> None:
    assert shares(open_page, path) >= LEAST


def test_text_made_by_a_script_is_caught(open_planted: Callable) -> None:
    script = "<script>document.querySelector('h2').after('Only a script says this.')</script>"
    assert shares(open_planted) == 1
    assert shares(open_planted, "</main>", f"{script}</main>") < LEAST
