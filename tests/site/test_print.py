"""On paper: no furniture, light, figures whole, widgets as pictures, answers where they belong."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from checks.browsing import Way
from checks.pages import first

pytestmark = pytest.mark.browser
DARK = Way("dark", 628)  # the text of a sheet of A4 is this wide
PAGES = [
    "operation/02-one-sliding-dot-product/",
    "arithmetic/08-transposed-and-dilated/",
    "learning/12-reading-the-weights/",
    "learning/14-feature-maps/",
    "reference/formulas/",
    "self-checks/",
]
SIDEWAYS = """() => [...document.querySelectorAll("article *, article")].filter(element =>
  element.checkVisibility() && element.getBoundingClientRect().right > innerWidth + 1
  && !element.closest(".cf-spoken, math")
).map(element => `${element.localName}.${element.className}`)"""
SMALLEST = """() => Math.min(...[...document.querySelectorAll("article img")]
  .filter(image => image.checkVisibility())
  .map(image => Math.min(...["width", "height"].map(side =>
    image.getBoundingClientRect()[side] / image.getAttribute(side)))))"""


def on_paper(page: Page) -> Page:
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    page.emulate_media(media="print", color_scheme="dark")
    return page


@pytest.mark.parametrize("path", first(PAGES, 2))
def test_a_page_is_text_and_pictures_in_black_on_white(open_page: Callable, path: str) -> None:
    with open_page(path, DARK) as page:
        on_paper(page)
        for furniture in (".md-header", ".md-tabs", ".md-sidebar", ".md-footer__inner"):
            for found in page.locator(furniture).all():
                expect(found).to_be_hidden()
        for hidden in (".cf-widget > .cf-body", ".cf-data", ".headerlink", "picture.cf-dark"):
            assert not any(found.is_visible() for found in page.locator(hidden).all()), hidden
        for shown in (".cf-widget > .cf-still img", "details.question > p", "details.solution > p"):
            for found in page.locator(f"{shown}:not(.cf-dark *)").all():
                expect(found).to_be_visible()
        colours = page.evaluate(
            "['color', 'backgroundColor'].map(name => getComputedStyle(document.body)[name])"
        )
        assert colours == ["rgb(27, 31, 39)", "rgb(255, 255, 255)"]
        assert page.evaluate(SIDEWAYS) == []
        expect(page.locator(".md-copyright")).to_be_visible()


@pytest.mark.parametrize("path", first(PAGES[:4]))
def test_no_figure_shrinks_so_far_that_its_words_cannot_be_read(
    open_page: Callable, path: str
) -> None:
    with open_page(path, DARK) as page:
        assert (
            on_paper(page).evaluate(SMALLEST) >= 0.8
        )  # words of 10 px are 8 px, 6 points, or more


def test_only_foreign_links_have_their_address_written_out(open_page: Callable) -> None:
    written = "links => links.map(link => getComputedStyle(link, '::after').content)"
    with open_page("teaching/", DARK) as page:
        on_paper(page)
        inside = page.locator("article a[href*='127.0.0.1']").evaluate_all(written)
        assert len(inside) > 20
        assert set(inside) == {"none"}
        abroad = page.locator("article a[href*='creativecommons.org']").evaluate_all(written)
        assert all("creativecommons.org/licenses/by/4.0" in content for content in abroad)
        assert abroad


def test_of_a_test_only_opened_answers_are_printed(open_page: Callable) -> None:
    with open_page("pre-test/", DARK) as page:
        answers = page.locator("details.answer")
        answers.nth(2).locator("summary").click()
        on_paper(page)
        visible = [answer.is_visible() for answer in answers.all()]
        assert visible == [index == 2 for index in range(len(visible))]
        page.evaluate("dispatchEvent(new Event('afterprint'))")
        page.emulate_media(media="screen")
        opened = answers.evaluate_all("all => all.map(answer => answer.open)")
        assert opened == visible  # as the reader left them


@pytest.mark.parametrize(("path", "sheets"), [("reference/formulas/", 1), ("pre-test/", 3)])
def test_a_sheet_is_a_sheet(open_page: Callable, path: str, sheets: int) -> None:
    with open_page(path, DARK) as page:
        pdf = page.pdf(prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page\b", pdf)) == sheets
