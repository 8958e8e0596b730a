"""The links for teachers open a widget in the state that they name."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urljoin, urlsplit

import pytest
from playwright.sync_api import Page

from checks.built_site import SITE, BuiltSite
from checks.pages import first

pytestmark = pytest.mark.browser
PAGE = "teaching/"


def links() -> list[str]:
    """Links with a state, relative to the site."""
    if not (SITE / "sitemap.xml").is_file():
        return ["site-is-not-built?#"]
    site = BuiltSite(SITE)
    found = site.tree(PAGE).xpath("//article//a[contains(@href, '?')]/@href")
    inside = (urljoin(f"/{PAGE}", link).lstrip("/") for link in found if "://" not in link)
    return sorted(set(inside))


def ignored(page: Page, link: str) -> dict[str, list[str]]:
    """What a link asks for and the widget did not follow."""
    parts = urlsplit(link)
    page.wait_for_timeout(500)  # longer than the widgets wait before they write
    kept = parse_qs(urlsplit(page.url).query)
    wanted = parse_qs(parts.query)
    faults = {name: value for name, value in wanted.items() if kept.get(name) != value}
    complaints = page.locator(f"#{parts.fragment} [role=alert]:visible").all_inner_texts()
    return {**faults, **({"said": complaints} if any(complaints) else {})}


@pytest.mark.parametrize("link", first(links(), 4), ids=lambda link: link.partition("?")[2] or link)
def test_the_widget_is_in_the_state_that_the_link_names(open_page: Callable, link: str) -> None:
    with open_page(link) as page:
        assert ignored(page, link) == {}


@pytest.mark.parametrize("state", ["kernel=no-such", "step=2&stepper.kernel=prewitt-x"])
def test_a_state_that_does_not_exist_is_caught(open_page: Callable, state: str) -> None:
    link = f"operation/02-one-sliding-dot-product/?stepper.{state}#stepper"
    with open_page(link) as page:
        assert ignored(page, link)
