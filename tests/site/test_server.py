"""What the server of the tests tells browsers."""

import os
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from checks.browsing import new_context
from checks.built_site import BuiltSite
from checks.server import served
from reads import Recorder

pytestmark = pytest.mark.browser
GOOD_PAGE = Path(__file__).with_name("good_page.html")


def test_a_page_that_a_browser_knows_is_asked_for_again(browser: Browser, tmp_path: Path) -> None:
    page = tmp_path / "site" / "index.html"
    page.parent.mkdir()
    shutil.copy(GOOD_PAGE, page)
    os.utime(page, (0, 0))  # so old that a browser would trust its copy for years
    recorder = Recorder(tmp_path)
    with served(BuiltSite(page.parent)) as address, new_context(browser) as context:
        for _ in range(2):
            with recorder.into(heard := set()):
                context.new_page().goto(address)
            assert heard == {"site/index.html"}
