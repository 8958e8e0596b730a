"""The built site, served under a sub-path, and one browser for each worker."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Error, Page, Playwright, sync_playwright

from checks.browsing import LIGHT_DESK, Reader, Way, launch, new_context, opened
from checks.built_site import NOT_FOUND, SITE, BuiltSite, noted
from checks.chromium import installed_chromium
from checks.pages import visited_in
from checks.server import served
from checks.small_stepper import SMALL
from checks.visit import Visit, visit
from checks.weight import file_of
from checks.widget_page import Opener, widget_pages

GOOD_PAGE = Path(__file__).with_name("good_page.html")  # passes every check; defects go into it
ONE_PAGE = "<urlset><url><loc>https://example.org/repo/</loc></url></urlset>"


@pytest.fixture(scope="session")
def site() -> BuiltSite:
    """The site in `site/`; every test of a page needs it."""
    if not (SITE / "sitemap.xml").is_file():
        pytest.fail("no site: run `python scripts/build.py site` first", pytrace=False)
    return BuiltSite(SITE)


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What drives browsers; a process may have one alone."""
    with sync_playwright() as playwright:
        yield playwright


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    """An installed Chromium or Chrome, else playwright's own, else the test is skipped."""
    executable = installed_chromium() or _own_chromium(playwright)
    if executable is None:
        pytest.skip("no Chromium or Chrome, and `playwright install chromium` failed")
    try:
        running = launch(playwright, executable)
    except Error as error:  # a downloaded browser may lack a library of the system
        pytest.skip(f"{executable} does not start: {error.message.splitlines()[0]}")
    yield running
    running.close()


def _own_chromium(playwright: Playwright) -> str | None:
    """Playwright's own Chromium, downloaded where it is missing and the network allows."""
    executable = playwright.chromium.executable_path
    if not Path(executable).is_file():
        command = [sys.executable, "-m", "playwright", "install", "chromium"]
        subprocess.run(command, check=False, capture_output=True, timeout=600)
    return executable if Path(executable).is_file() else None


@pytest.fixture(scope="session")
def base_of(site: BuiltSite) -> Iterator[Callable[[str], str]]:
    """The address of the folder that a page is served in.

    The page for what is not found answers for any address, so its own are absolute: it is served
    where it was built for, all others under a sub-path whatever they were built for.
    """
    with served(site) as anywhere, served(site, site.path) as home:
        yield lambda path: home if path == NOT_FOUND else anywhere


@pytest.fixture(scope="session")
def reader(browser: Browser) -> Iterator[Callable[..., Reader]]:
    """Readers of the site, each with a way of their own."""
    with ExitStack() as stack:

        @cache
        def reader_of(way: Way, *, scripts: bool = True) -> Reader:
            context = stack.enter_context(new_context(browser, way, scripts=scripts))
            return Reader(context, way, scripts=scripts)

        yield reader_of


@pytest.fixture(scope="session")
def open_page(reader: Callable[..., Reader], base_of: Callable[[str], str]) -> Opener:
    """Opens a page of the site."""

    @contextmanager
    def open_it(path: str, way: Way = LIGHT_DESK, *, scripts: bool = True) -> Iterator[Page]:
        address = base_of(path) + path
        with reader(way, scripts=scripts).opened(address) as page:
            yield page

    return open_it


@pytest.fixture
def a_page(browser: Browser) -> Opener:
    """Opens a tab of somebody new, who has not asked for less motion."""

    @contextmanager
    def open_it(width: int = LIGHT_DESK.width, script: str = "") -> Iterator[Page]:
        with browser.new_context(viewport={"width": width, "height": 800}) as context:
            page = context.new_page()
            page.add_init_script(script)
            yield page

    return open_it


@pytest.fixture(scope="session")
def widgets_at(
    site: BuiltSite, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], str]]:
    """The address of a page that holds nothing but the widgets that a test writes."""
    with widget_pages(site, tmp_path_factory.mktemp("widgets")) as address_of:
        yield address_of


@pytest.fixture(scope="session")
def open_widgets(reader: Callable[..., Reader], widgets_at: Callable[[str], str]) -> Opener:
    """Opens such a page, its widgets ready to use; `query` follows its address: `?it.step=3`."""

    @contextmanager
    def open_it(
        content: str, *, query: str = "", way: Way = LIGHT_DESK, scripts: bool = True
    ) -> Iterator[Page]:
        address = widgets_at(content) + query
        with reader(way, scripts=scripts).opened(address) as page:
            yield page

    return open_it


@pytest.fixture
def small(open_widgets: Opener) -> Iterator[Page]:
    """A stepper whose six sums can be done by hand."""
    with open_widgets(SMALL) as page:
        yield page


@pytest.fixture(scope="session")
def bare(open_widgets: Opener) -> Iterator[Page]:
    """A page without widgets, to ask their modules on."""
    with open_widgets("") as page:
        yield page


@pytest.fixture(scope="session")
def visited(
    site: BuiltSite, browser: Browser, base_of: Callable[[str], str]
) -> Callable[[str], Visit]:
    """The first visit of a page, made once for all who ask; axe looks in one way."""

    @cache
    def visit_once(path: str) -> Visit:
        return visit(browser, base_of(path), path, visited_in(path))

    def visit_it(path: str) -> Visit:
        seen = visit_once(path)
        for url in seen.requests:  # all who ask depend on all that was loaded
            noted(file_of(site, seen, url))
        return seen

    return visit_it


@pytest.fixture
def plant(tmp_path: Path) -> Callable[..., BuiltSite]:
    """A site of one good page, in which `old` has become `new`."""

    def plant_it(old: str = "", new: str = "") -> BuiltSite:
        page = GOOD_PAGE.read_text(encoding="utf-8")
        assert old in page
        (tmp_path / "index.html").write_text(page.replace(old, new, 1), encoding="utf-8")
        (tmp_path / "sitemap.xml").write_text(ONE_PAGE)
        return BuiltSite(tmp_path)

    return plant_it


@pytest.fixture
def open_planted(browser: Browser, plant: Callable[..., BuiltSite]) -> Opener:
    """Opens the good page with a defect in it."""

    @contextmanager
    def open_it(
        old: str = "", new: str = "", *, way: Way = LIGHT_DESK, scripts: bool = True
    ) -> Iterator[Page]:
        context = new_context(browser, way, scripts=scripts)
        with (
            served(plant(old, new)) as address,
            context,
            opened(context, address, scripts=scripts) as page,
        ):
            yield page

    return open_it


@pytest.fixture
def visit_planted(browser: Browser, plant: Callable[..., BuiltSite]) -> Callable[..., Visit]:
    """Visits the good page with a defect in it."""

    def visit_it(old: str = "", new: str = "") -> Visit:
        with served(plant(old, new)) as address:
            return visit(browser, address, "")

    return visit_it
