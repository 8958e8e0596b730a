"""What the stepper is given: kernels, geometry and images, whatever is typed."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from checks.widget_page import Opener, result, widget

pytestmark = pytest.mark.browser
STEPPER = widget("convolution-stepper")


def test_a_kernel_is_typed_cell_by_cell(small: Page) -> None:
    small.get_by_label("Weight in row 0, column 0").focus()
    for keys in ("-1", "ArrowRight", "0.5", "ArrowDown", "1/4"):
        if keys.startswith("Arrow"):
            small.keyboard.press("End")
            small.keyboard.press(keys)
        else:
            small.keyboard.type(keys)
    # [[-1, 0.5], [3, 0.25]] over [[1, 2], [5, 6]]
    expect(result(small)).to_contain_text("the sum is 16.5.")
    assert small.get_by_label("Weights", exact=True).input_value() == ""


def test_a_kernel_is_chosen_by_name_and_size(small: Page) -> None:
    small.get_by_label("Weights", exact=True).select_option("laplacian")
    expect(result(small)).to_have_text("Row 0, column 0 of the map: the sum is −2. Output 1 of 2.")
    small.get_by_label("Size", exact=True).select_option("1")
    assert small.get_by_label("Weight in row 0, column 0").input_value() == "−4"
    expect(result(small)).to_contain_text("Output 1 of 12")


def test_the_switch_makes_it_convolution(small: Page) -> None:
    small.get_by_label("Turn the kernel by 180° (convolution)").check()
    # [[4, 3], [2, 1]] over [[1, 2], [5, 6]]
    expect(result(small)).to_contain_text("the sum is 26.")
    assert small.locator(".cf-kernels table").nth(1).locator("td").all_inner_texts() == list("4321")


def test_the_geometry_changes_by_typing_and_by_arrow_keys(small: Page) -> None:
    small.get_by_label("Padding", exact=True).fill("1")
    expect(result(small)).to_contain_text("Output 1 of 20")
    stride = small.get_by_label("Stride", exact=True)
    stride.press("ArrowUp")
    expect(result(small)).to_contain_text("Output 1 of 6")
    assert stride.get_attribute("aria-valuenow") == stride.input_value() == "2"
    expect(small.locator("body")).to_contain_text("⌊(3 + 2·1 − 2) / 2⌋ + 1 = 2")
    assert small.locator(".cf-pixels td.cf-unused").count() == 6  # the last row is in no window


def test_a_brighter_image_lifts_sums_unless_the_weights_sum_to_zero(open_widgets: Opener) -> None:
    with open_widgets(STEPPER) as page:
        slider = page.get_by_label("Added to every pixel")
        before = result(page).inner_text()
        slider.press("End")
        assert slider.get_attribute("aria-valuetext") == "+9"
        assert result(page).inner_text() == before  # the weights of prewitt-x sum to 0
        page.get_by_label("Weights", exact=True).select_option("identity")
        with_light = result(page).inner_text()
        slider.press("Home")
        assert result(page).inner_text() != with_light


def test_own_numbers_replace_the_digit(open_widgets: Opener) -> None:
    with open_widgets(STEPPER) as page:
        page.get_by_label("Pixels", exact=True).select_option("")
        page.get_by_label("Numbers", exact=True).fill("0 0 9\n0 0 9\n0 0 9")
        expect(result(page)).to_have_text(
            "Row 0, column 0 of the map: the sum is 27. Output 1 of 1."
        )
        page.get_by_label("Pixels", exact=True).select_option("3")
        expect(page.locator("#it-pixels")).to_have_text("A handwritten 3, 10 × 10")


@pytest.mark.parametrize(
    ("label", "text", "words"),
    [
        ("Stride", "0", "Stride (“0”) must be at least 1."),
        ("Stride", "1.5", "Stride (“1.5”) must be a whole number."),
        ("Padding", "x", "Padding (“x”) is not a number."),
        ("Dilation", "٢", "Dilation (“٢”) must use the digits 0 to 9."),
        ("Dilation", "10000", "Dilation (“10000”) must be at most 3."),
        ("Dilation", "3", None),  # it fits: 3 (2 - 1) + 1 = 4, but the image has 3 rows
        ("Weight in row 1, column 0", "3,5", "must use a decimal point, not a comma."),
        ("Weight in row 1, column 0", "1e309", "must be at most 99."),
        ("Weight in row 1, column 0", "", "is empty. Type a number."),
    ],
)
def test_nonsense_is_refused_in_words(
    small: Page, label: str, text: str, words: str | None
) -> None:
    field, before = small.get_by_label(label, exact=True), result(small).inner_text()
    field.fill(text)
    expect(small.get_by_role("alert")).to_be_hidden()  # not while someone types
    field.press("Tab")
    expected = words or "No window fits: the kernel reaches over 4 pixels"
    expect(small.get_by_role("alert")).to_contain_text(expected)
    assert field.get_attribute("aria-invalid") == "true"
    assert result(small).inner_text() == before
    field.fill("1")
    expect(small.get_by_role("alert")).to_be_hidden()
    assert field.get_attribute("aria-invalid") is None


def test_a_million_characters_are_refused_at_once(small: Page) -> None:
    small.get_by_label("Pixels", exact=True).select_option("")
    numbers = small.get_by_label("Numbers", exact=True)
    seconds = numbers.evaluate(
        """field => { const start = performance.now(); field.value = "9 ".repeat(500000);
          field.dispatchEvent(new Event("change")); return (performance.now() - start) / 1000; }"""
    )
    expect(small.get_by_role("alert")).to_contain_text("The image has 1,000,000 characters.")
    assert seconds < 2
