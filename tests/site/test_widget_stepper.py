"""The stepper: what it shows, by keyboard alone, whatever is typed or stands in the address."""

from __future__ import annotations

import re

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from checks.axe import axe_problems
from checks.browsing import wake
from checks.small_stepper import SMALL, SMALL_MAP
from checks.widget_page import Opener, query, result, widget

pytestmark = pytest.mark.browser
STEPPER = widget("convolution-stepper")


def shown_map(page: Page) -> list[list[float]]:
    """The map's cells; NaN for a sum that has not been reached."""
    rows = page.locator(".cf-map tr")
    texts = [rows.nth(row).locator("td").all_inner_texts() for row in range(rows.count())]
    return [[float(text.replace("−", "-") or "nan") for text in row] for row in texts]


def test_it_starts_at_the_first_sum_and_nothing_moves(small: Page) -> None:
    expect(result(small)).to_have_text("Row 0, column 0 of the map: the sum is 44. Output 1 of 6.")
    products = small.locator(".cf-products .cf-product").all_inner_texts()
    assert products == ["1", "4", "5", "15", "24", "44"]  # with the sum so far after each row
    small.wait_for_timeout(1200)
    expect(result(small)).to_contain_text("Output 1 of 6")
    assert small.evaluate("document.getAnimations().length") == 0


def test_the_slider_steps_by_keyboard(small: Page) -> None:
    slider = small.get_by_label("Output", exact=True)
    slider.focus()
    for key, place in [("ArrowRight", 2), ("End", 6), ("ArrowLeft", 5), ("Home", 1)]:
        small.keyboard.press(key)
        row, column = divmod(place - 1, 3)
        words = f"Row {row}, column {column} of the map: the sum is {SMALL_MAP[row][column]}."
        expect(result(small)).to_have_text(f"{words} Output {place} of 6.")
    assert slider.get_attribute("aria-valuetext") == "1 of 6"


def test_the_buttons_step_and_keep_the_focus(small: Page) -> None:
    for name, place in [
        ("Last", 6),
        ("Back", 5),
        ("First", 1),
        ("Next", 2),
        ("Last", 6),
        ("Next", 6),
    ]:
        small.get_by_role("button", name=name, exact=True).focus()
        small.keyboard.press("Enter")
        expect(result(small)).to_contain_text(f"Output {place} of 6")
        assert small.evaluate("document.activeElement.textContent") == name
    assert shown_map(small) == SMALL_MAP


def test_it_plays_when_asked_and_pauses(open_widgets: Opener) -> None:
    with open_widgets(STEPPER) as page:
        play = page.locator(".cf-play")
        play.press("Enter")
        expect(play).to_have_text("Pause")
        expect(result(page)).not_to_contain_text("Output 1 of 64")
        play.press("Enter")
        expect(play).to_have_text("Play")
        before = result(page).inner_text()
        page.wait_for_timeout(1000)
        assert result(page).inner_text() == before
        page.get_by_label("Output", exact=True).press("End")
        page.get_by_role("button", name="Back", exact=True).click()
        play.press("Enter")
        expect(result(page)).to_contain_text("Output 64 of 64")
        expect(play).to_have_text("Play")


def test_the_arrow_keys_walk_over_the_map(small: Page) -> None:
    cells = small.locator(".cf-map button")
    assert [cell for cell in range(6) if cells.nth(cell).get_attribute("tabindex") == "0"] == [0]
    cells.first.focus()
    for key, place in [("ArrowDown", 4), ("End", 6), ("ArrowUp", 3), ("ArrowLeft", 2), ("Home", 1)]:
        small.keyboard.press(key)
        expect(result(small)).to_contain_text(f"Output {place} of 6")
    assert cells.nth(5).get_attribute("aria-label") == "Row 1, column 2: not reached yet"


def test_sums_appear_as_they_are_reached_or_all_at_once(small: Page) -> None:
    small.get_by_role("button", name="Next", exact=True).click()
    np.testing.assert_array_equal(shown_map(small), [[44, 54, np.nan], [np.nan] * 3])
    small.get_by_label("Show sums not reached yet").check()
    assert shown_map(small) == SMALL_MAP


def test_reset_brings_back_what_the_page_had(small: Page) -> None:
    before, address = small.locator(".cf-stepper").inner_text(), small.url
    small.get_by_label("Padding", exact=True).fill("2")
    small.get_by_label("Weight in row 0, column 0").fill("9")
    small.get_by_label("Stride", exact=True).fill("nonsense")
    small.get_by_role("button", name="Last", exact=True).click()
    small.wait_for_url("**/*it.padding=2*")
    small.get_by_role("button", name="Reset").click()
    assert small.locator(".cf-stepper").inner_text() == before
    assert [
        small.get_by_label(name, exact=True).input_value() for name in ("Padding", "Stride")
    ] == ["0", "1"]
    expect(small.get_by_role("alert")).to_be_hidden()
    small.wait_for_url(address)


def test_the_address_shows_the_same_to_someone_else(open_widgets: Opener) -> None:
    with open_widgets(SMALL) as page:
        page.get_by_label("Padding", exact=True).fill("1")
        page.get_by_label("Weight in row 0, column 0").fill("0.1")
        page.get_by_label("Turn the kernel by 180° (convolution)").check()
        page.get_by_role("button", name="Last", exact=True).click()
        page.wait_for_url("**/*it.step=20*")
        page.wait_for_timeout(400)
        before = page.locator(".cf-stepper").inner_text()
        page.reload()
        wake(page)
        assert page.locator(".cf-stepper").inner_text() == before


def test_a_long_value_in_the_address_is_ignored(open_widgets: Opener) -> None:
    with open_widgets(STEPPER, query=query(image="9 " * 5000)) as page:
        expect(result(page)).to_contain_text("Output 1 of 64")


def test_the_screen_reader_hears_the_sum_once_things_rest(small: Page) -> None:
    spoken = small.locator(".cf-body > output.cf-spoken")
    small.evaluate(
        """() => {
          window.heard = [];
          const region = document.querySelector(".cf-body > output.cf-spoken");
          const listener = new MutationObserver(() => window.heard.push(region.textContent));
          listener.observe(region, {childList: true, characterData: true, subtree: true}); }"""
    )
    expect(spoken).to_have_text("Row 0, column 0 of the map: the sum is 44. Output 1 of 6.")
    small.get_by_label("Output", exact=True).focus()
    for _ in range(20):
        small.keyboard.press("ArrowRight")
        small.keyboard.press("ArrowLeft")
    small.keyboard.press("ArrowRight")
    expect(spoken).to_have_text("Row 0, column 1 of the map: the sum is 54. Output 2 of 6.")
    assert len(small.evaluate("window.heard")) <= 3


def test_the_table_lists_every_product_and_running_sum(small: Page) -> None:
    small.get_by_text("Products as a table").click()
    table = small.locator(".cf-values")
    expect(table.locator("tbody tr")).to_have_count(4)
    rows = [row.inner_text().split("\t") for row in table.locator("tbody tr").all()]
    assert rows == [
        ["row 0, column 0", "1", "1", "1", "1"],
        ["row 0, column 1", "2", "2", "4", "5"],
        ["row 1, column 0", "5", "3", "15", "20"],
        ["row 1, column 1", "6", "4", "24", "44"],
    ]
    small.get_by_role("button", name="Next", exact=True).click()
    expect(table.locator("caption")).to_have_text(re.compile("row 0, column 1; their sum is 54"))


def test_what_is_copied_is_code_link_and_frame(small: Page) -> None:
    small.context.grant_permissions(["clipboard-read", "clipboard-write"])
    small.get_by_role("button", name="Next", exact=True).click()
    copied = {}
    for name in ("Copy PyTorch code", "Copy link", "Copy embed code"):
        small.get_by_role("button", name=name).click()
        expect(small.locator(".cf-sharing output")).to_have_text(f"{name}: copied.")
        copied[name] = small.evaluate("navigator.clipboard.readText()")
    assert copied["Copy PyTorch code"].startswith("import torch")
    assert copied["Copy link"].endswith("?it.step=2")
    assert re.fullmatch(
        r'<iframe src="http[^"]*it\.step=2&amp;embed=it" [^>]*></iframe>', copied["Copy embed code"]
    )


def test_in_a_frame_it_stands_alone(open_widgets: Opener) -> None:
    with open_widgets(f"<p>Lots of text.</p>{SMALL}", query="?embed=it&it.step=3") as page:
        expect(page.get_by_text("Lots of text.")).to_be_hidden()
        expect(page.locator(".md-header")).to_be_hidden()
        expect(result(page)).to_contain_text("Output 3 of 6")
        assert axe_problems(page) == []


def test_if_its_data_is_missing_the_figure_stays(open_widgets: Opener) -> None:
    with open_widgets("<p>No widget yet.</p>") as page:
        page.route("**/data/digits.json", lambda route: route.abort())
        page.evaluate("html => { document.querySelector('article').innerHTML = html }", STEPPER)
        expect(page.get_by_text("The interactive version did not load.")).to_be_visible()
        expect(page.get_by_text("The still picture.")).to_be_visible()
