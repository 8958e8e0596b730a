"""The stepper: what it shows, by keyboard alone, whatever is typed or stands in the address."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect
from torch.nn import functional

from checks.axe import axe_problems
from checks.browsing import wake
from checks.widget_page import Opener, ask, query, widget

pytestmark = pytest.mark.browser
CASES = 200
STEPPER = widget("convolution-stepper")
SMALL = widget("convolution-stepper", 'id="it" image="1 2 3 4;5 6 7 8;9 8 7 6" kernel="1 2;3 4"')
SMALL_MAP = [[44, 54, 64], [76, 72, 68]]  # by hand: 1·1 + 2·2 + 5·3 + 6·4 = 44


@pytest.fixture
def small(open_widgets: Opener) -> Iterator[Page]:
    """A stepper whose six sums can be done by hand."""
    with open_widgets(SMALL) as page:
        yield page


def shown_map(page: Page) -> list[list[float]]:
    """The map's cells; NaN for a sum that has not been reached."""
    rows = page.locator(".cf-map tr")
    texts = [rows.nth(row).locator("td").all_inner_texts() for row in range(rows.count())]
    return [[float(text.replace("−", "-") or "nan") for text in row] for row in texts]


def result(page: Page) -> Locator:
    return page.locator(".cf-result strong")


def settings_case(rng: np.random.Generator) -> dict[str, str]:
    """What an address may hold, as text; some of it fits no window."""
    matrix = lambda rows, columns: ";".join(  # noqa: E731
        " ".join(str(number) for number in row)
        for row in rng.integers(-20, 21, size=(rows, columns)) / 4
    )
    side = int(rng.integers(1, 6))
    return {
        "image": matrix(*rng.integers(1, 11, size=2)),
        "kernel": matrix(side, side),
        "padding": str(rng.integers(0, 4)),
        "stride": str(rng.integers(1, 5)),
        "dilation": str(rng.integers(1, 4)),
        "level": str(rng.integers(0, 10)),
        "flip": str(rng.integers(0, 2)),
        "step": str(rng.integers(1, 40)),
    }


def pytorch_map(state: dict) -> torch.Tensor:
    image = torch.tensor(state["image"], dtype=torch.float64) + state["level"]
    kernel = torch.tensor(state["kernel"], dtype=torch.float64)
    kernel = kernel.flip(0, 1) if state["flip"] else kernel
    options = {name: state[name] for name in ("stride", "padding", "dilation")}
    return functional.conv2d(image[None, None], kernel[None, None], **options)[0, 0]


def test_it_works_out_what_pytorch_does(small: Page) -> None:
    rng = np.random.default_rng(7)
    call = """settings => {
      const bank = {digits: Array(8).fill([[0]]), kernels: new Map([["prewitt-x", [[1]]]])};
      const given = new Map(Object.entries(settings));
      const {state, refused} = module.withSettings(module.firstState(bank), given, bank);
      const {map, ...rest} = module.workOut(state);
      return {...rest, state, refused, data: [...map.data], shape: [map.height, map.width]};
    }"""
    cases = [settings_case(rng) for _ in range(CASES)]
    followed = 0
    for case, answer in zip(cases, ask(small, "stepper/state.js", call, cases), strict=True):
        state, wanted = answer["state"], pytorch_map(answer["state"])
        assert answer["shape"] == list(wanted.shape)
        np.testing.assert_allclose(answer["data"], wanted.ravel(), atol=1e-9)
        assert answer["sum"] == pytest.approx(float(wanted[answer["row"], answer["column"]]))
        assert np.cumsum([t["pixel"] * t["weight"] for t in answer["terms"]]) == pytest.approx(
            [term["sum"] for term in answer["terms"]]
        )
        followed += not answer["refused"]
        if not answer["refused"]:
            assert [str(state[name]) for name in ("stride", "padding", "dilation")] == [
                case[name] for name in ("stride", "padding", "dilation")
            ]
    assert followed > CASES / 2


def test_it_starts_at_the_first_sum_and_nothing_moves(small: Page) -> None:
    expect(result(small)).to_have_text("Output 1 of 6, row 1, column 1: the sum is 44.")
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
        words = f"Output {place} of 6, row {row + 1}, column {column + 1}: the sum is "
        expect(result(small)).to_have_text(f"{words}{SMALL_MAP[row][column]}.")
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
    assert cells.nth(5).get_attribute("aria-label") == "Row 2, column 3: not reached yet"


def test_sums_appear_as_they_are_reached_or_all_at_once(small: Page) -> None:
    small.get_by_role("button", name="Next", exact=True).click()
    np.testing.assert_array_equal(shown_map(small), [[44, 54, np.nan], [np.nan] * 3])
    small.get_by_label("Show sums not reached yet").check()
    assert shown_map(small) == SMALL_MAP


def test_a_kernel_is_typed_cell_by_cell(small: Page) -> None:
    small.get_by_label("Weight in row 1, column 1").focus()
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
    expect(result(small)).to_have_text("Output 1 of 2, row 1, column 1: the sum is −2.")
    small.get_by_label("Size", exact=True).select_option("1")
    assert small.get_by_label("Weight in row 1, column 1").input_value() == "−4"
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
        expect(result(page)).to_have_text("Output 1 of 1, row 1, column 1: the sum is 27.")
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
        ("Weight in row 2, column 1", "3,5", "must use a decimal point, not a comma."),
        ("Weight in row 2, column 1", "1e309", "must be at most 99."),
        ("Weight in row 2, column 1", "", "is empty. Type a number."),
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


def test_reset_brings_back_what_the_page_had(small: Page) -> None:
    before, address = small.locator(".cf-stepper").inner_text(), small.url
    small.get_by_label("Padding", exact=True).fill("2")
    small.get_by_label("Weight in row 1, column 1").fill("9")
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
        page.get_by_label("Weight in row 1, column 1").fill("0.1")
        page.get_by_label("Turn the kernel by 180° (convolution)").check()
        page.get_by_role("button", name="Last", exact=True).click()
        page.wait_for_url("**/*it.step=20*")
        page.wait_for_timeout(400)
        before = page.locator(".cf-stepper").inner_text()
        page.reload()
        wake(page)
        assert page.locator(".cf-stepper").inner_text() == before


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ({"stride": "<script>alert(1)</script>"}, "Stride has 25 characters."),
        ({"digit": "12"}, "Digit (“12”) must be at most 9."),
        ({"kernel": "no-such-kernel"}, "The kernel (“no-such-kernel”) is none of identity,"),
        ({"kernel": "1 2 3;4 5 6"}, "The kernel is 2 × 3. It must be square."),
        ({"image": "1 2;3"}, "Row 2 has 1 numbers and row 1 has 2."),
        ({"image": "1", "padding": "0"}, "No window fits"),
        ({"step": "1e400"}, "Step (“1e400”) must be at most 1000000."),
    ],
)
def test_a_hostile_address_is_refused_in_words(
    open_widgets: Opener, settings: dict, words: str
) -> None:
    with open_widgets(STEPPER, query=query(**settings)) as page:
        errors: list[str] = []
        page.on("pageerror", lambda error: errors.append(str(error)))
        expect(page.get_by_role("alert")).to_contain_text(words)
        expect(result(page)).to_contain_text("Output 1 of 64")
        page.get_by_role("button", name="Next", exact=True).click()
        expect(result(page)).to_contain_text("Output 2 of 64")
        assert errors == []


def test_a_long_value_in_the_address_is_ignored(open_widgets: Opener) -> None:
    with open_widgets(STEPPER, query=query(image="9 " * 5000)) as page:
        expect(result(page)).to_contain_text("Output 1 of 64")


def test_two_on_a_page_keep_apart(open_widgets: Opener) -> None:
    two = widget("convolution-stepper", 'id="one"') + widget(
        "convolution-stepper", 'id="two" flip="1"'
    )
    with open_widgets(two) as page:
        ids = page.eval_on_selector_all("[id]", "all => all.map(e => e.id)")
        assert len(ids) == len(set(ids))
        page.locator("#two").get_by_role("button", name="Last", exact=True).click()
        page.locator("#one").get_by_role("button", name="Next", exact=True).click()
        expect(result(page).nth(0)).to_contain_text("Output 2 of 64")
        expect(result(page).nth(1)).to_contain_text("Output 64 of 64")
        page.wait_for_url("**/*one.step=2*")
        assert "two.step=64" in page.url


def test_the_screen_reader_hears_the_sum_once_things_rest(small: Page) -> None:
    spoken = small.locator(".cf-body > output.cf-spoken")
    small.evaluate(
        """() => {
          window.heard = [];
          const region = document.querySelector(".cf-body > output.cf-spoken");
          const listener = new MutationObserver(() => window.heard.push(region.textContent));
          listener.observe(region, {childList: true, characterData: true, subtree: true}); }"""
    )
    expect(spoken).to_have_text("Output 1 of 6, row 1, column 1: the sum is 44.")
    small.get_by_label("Output", exact=True).focus()
    for _ in range(20):
        small.keyboard.press("ArrowRight")
        small.keyboard.press("ArrowLeft")
    small.keyboard.press("ArrowRight")
    expect(spoken).to_have_text("Output 2 of 6, row 1, column 2: the sum is 54.")
    assert len(small.evaluate("window.heard")) <= 3


def test_the_pytorch_code_gives_the_map_that_is_shown(open_widgets: Opener) -> None:
    chosen = query(stride=2, padding=1, level=3, flip=1, kernel="gaussian", step=99)
    with open_widgets(STEPPER, query=chosen) as page:
        page.get_by_text("The same in PyTorch").click()
        code = page.locator(".cf-sharing code").inner_text()
        *lines, last = code.splitlines()
        names: dict = {}
        exec("\n".join(lines), names)
        wanted = eval(last, names)
        shown = [
            button.split(": ")[1]
            for button in page.eval_on_selector_all(
                ".cf-map button", "all => all.map(e => e.getAttribute('aria-label'))"
            )
        ]
        np.testing.assert_allclose(
            [float(text.replace("−", "-")) for text in shown], wanted.ravel(), atol=5e-4
        )


def test_the_table_lists_every_product_and_running_sum(small: Page) -> None:
    small.get_by_text("Products as a table").click()
    table = small.locator(".cf-values")
    expect(table.locator("tbody tr")).to_have_count(4)
    rows = [row.inner_text().split("\t") for row in table.locator("tbody tr").all()]
    assert rows == [
        ["row 1, column 1", "1", "1", "1", "1"],
        ["row 1, column 2", "2", "2", "4", "5"],
        ["row 2, column 1", "5", "3", "15", "20"],
        ["row 2, column 2", "6", "4", "24", "44"],
    ]
    small.get_by_role("button", name="Next", exact=True).click()
    expect(table.locator("caption")).to_have_text(re.compile("row 1, column 2; their sum is 54"))


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
        page.evaluate("import(new URL('widgets/convolution-stepper.js', document.baseURI))")
        expect(page.get_by_text("This could not be made interactive")).to_be_visible()
        expect(page.get_by_text("The still picture.")).to_be_visible()
