"""A link inside the site swaps the page in place, also under a sub-path."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from checks.browsing import Way

pytestmark = pytest.mark.browser
LONG_PAGE = "learning/12-reading-the-weights/"
STEPPER = "operation/02-one-sliding-dot-product/"
# The theme writes into the address what is being read, a quarter of a second after scrolling.
ADDRESS_WRITTEN = "() => new Promise((done) => setTimeout(done, 500))"
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


@pytest.mark.parametrize("way", ["by a link", "by an address"])
def test_what_was_set_just_before_leaving_is_there_after_going_back(
    open_page: Callable, base_of: Callable, way: str
) -> None:
    with open_page(STEPPER) as page:
        page.get_by_label("Padding", exact=True).fill("1")
        if way == "by a link":
            page.locator(".md-tabs a").last.click()
        else:
            page.goto(base_of(LONG_PAGE) + LONG_PAGE)
        page.wait_for_url(lambda address: STEPPER not in address)
        page.go_back()
        page.wait_for_url(lambda address: STEPPER in address)
        assert "padding=1" in page.url


def test_a_link_within_the_page_keeps_the_page(open_page: Callable) -> None:
    with open_page(LONG_PAGE) as page:
        page.evaluate(ADDRESS_WRITTEN)  # that of what was scrolled past while opening
        page.evaluate("() => { document.querySelector('h1').dataset.kept = 'yes' }")
        page.locator(".md-nav--secondary a").last.click()
        page.wait_for_function("() => location.hash && scrollY > 1000")
        page.wait_for_load_state("networkidle")
        page.evaluate(ADDRESS_WRITTEN)
        assert page.locator("h1[data-kept]").count() == 1
        page.go_back()
        page.wait_for_function("() => !location.hash && scrollY < 100")
        assert page.locator("h1[data-kept]").count() == 1


def test_the_menu_of_a_phone_closes_after_a_link_within_the_page(open_page: Callable) -> None:
    with open_page(LONG_PAGE, Way("light", 360)) as page:
        page.locator("label.md-header__button[for=__drawer]").click()
        page.locator("label.md-nav__link[for=__toc]").click()
        page.locator(".md-sidebar--primary .md-nav--secondary a").last.click()
        page.wait_for_function("() => location.hash && scrollY > 1000")
        assert not page.locator("#__drawer").is_checked()
