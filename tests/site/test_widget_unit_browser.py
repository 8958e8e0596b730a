"""The unit browser: what Python computes, by keyboard alone, whatever stands in the address."""

from __future__ import annotations

import json
from collections.abc import Iterator

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from checks.browsing import Way, wake
from checks.built_site import BuiltSite
from checks.widget_files import levels, units_data
from checks.widget_page import Opener, shown, wait_until_shown, widget
from cnnfilters.config import headline_configs

pytestmark = pytest.mark.browser
UNITS = widget("unit-browser")


@pytest.fixture
def units(open_widgets: Opener) -> Iterator[Page]:
    with open_widgets(UNITS) as page:
        yield page


def choose(page: Page, label: str, value: str) -> None:
    page.locator("unit-browser").get_by_label(label, exact=True).select_option(value)


def result(page: Page) -> Locator:
    return page.locator(".cf-result")


def shown_numbers(page: Page, strip: int = 0) -> list[tuple[int, float]]:
    """Digit and response of the nine patches that are in view."""
    items = page.locator(".cf-patches").nth(strip).locator("li").all_inner_texts()
    lines = [item.replace("−", "-").split() for item in items]
    return [(int(digit), float(response)) for _, digit, response in lines]


def greys(page: Page, selector: str) -> np.ndarray:
    """The first channel of a canvas, as drawn."""
    call = """canvas => { const { width, height } = canvas;
      const pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
      return [[height, width], [...pixels].filter((_, index) => index % 4 === 0)]; }"""
    shape, values = page.locator(selector).first.evaluate(call)
    return np.reshape(values, shape)


def test_a_unit_s_patches_are_drawn_with_digit_and_response(units: Page, site: BuiltSite) -> None:
    data = units_data(site)
    wanted = list(zip(data["labels"][0], np.round(data["responses"][0], 2), strict=True))
    assert shown_numbers(units) == [pytest.approx(pair, abs=0.0051) for pair in wanted]
    patches = 255 - levels(data["patches"])
    np.testing.assert_allclose(greys(units, ".cf-patches canvas"), patches[0, 0], atol=1)
    expect(result(units)).to_contain_text(f"{data['coherence'][0]:.2f}")
    expect(result(units)).to_contain_text(f"{data['other_coherence'][0]:.2f}")


def test_arrow_keys_choose_a_unit_and_everything_follows(units: Page, site: BuiltSite) -> None:
    data = units_data(site)
    tiles = units.locator(".cf-tiles button")
    assert tiles.count() == 32
    assert [n for n in range(32) if tiles.nth(n).get_attribute("tabindex") == "0"] == [0]
    tiles.first.focus()
    for key, unit in [("ArrowDown", 8), ("ArrowRight", 9), ("End", 15), ("ArrowDown", 23)]:
        units.keyboard.press(key)
        expect(result(units)).to_contain_text(f"Unit {unit} of conv2")
        assert [digit for digit, _ in shown_numbers(units)] == data["labels"][unit]
        assert tiles.nth(unit).get_attribute("aria-pressed") == "true"
        maximised = 255 - levels(data["maximised"])[unit]
        np.testing.assert_allclose(greys(units, ".cf-account:last-child canvas"), maximised, atol=1)
        expect(units.locator(".cf-account").last).to_contain_text(
            f"{data['reached'][unit]:.2f}".replace("-", "−")
        )


def test_every_control_is_reached_by_tab_and_shows_its_focus(units: Page) -> None:
    units.get_by_label("Training", exact=True).focus()
    reached = []
    for _ in range(16):
        reached.append(
            units.evaluate(
                "(e => e.id || e.textContent || e.localName)(document.activeElement)"
            ).strip()
        )
        outline = units.evaluate("getComputedStyle(document.activeElement).outlineStyle")
        assert outline != "none", reached[-1]
        units.keyboard.press("Tab")
    for name in ("it-end", "it-layer", "0", "it-beside", "it-method", "Reset", "Copy link"):
        assert name in reached, reached


def test_the_untrained_patches_stand_beside_on_request(units: Page, site: BuiltSite) -> None:
    expect(units.locator(".cf-patches").last).to_be_hidden()
    units.get_by_label("Show the same unit’s patches in its untrained start too").press("Space")
    expect(units.locator(".cf-patches").last).to_be_visible()
    assert [digit for digit, _ in shown_numbers(units, 1)] == units_data(site, end="start")[
        "labels"
    ][0]
    choose(units, "Network", "start")
    expect(result(units)).to_contain_text("untrained")
    assert [digit for digit, _ in shown_numbers(units, 1)] == units_data(site)["labels"][0]


def test_another_layer_keeps_a_unit_that_it_has(units: Page) -> None:
    units.locator(".cf-tiles button").nth(20).focus()
    choose(units, "Layer", "conv1")
    expect(result(units)).to_contain_text("Unit 15 of conv1")
    assert units.locator(".cf-tiles button").count() == 16
    choose(units, "Layer", "conv2")
    expect(result(units)).to_contain_text("Unit 15 of conv2")


@pytest.mark.parametrize("run", headline_configs())
def test_each_training_has_its_own(units: Page, site: BuiltSite, run: str) -> None:
    choose(units, "Training", run)
    choose(units, "Layer", "conv1")
    choose(units, "Network", "start")
    expect(result(units)).to_contain_text("of conv1, untrained")
    data = units_data(site, "conv1", "start", run)
    assert [digit for digit, _ in shown_numbers(units)] == data["labels"][0]
    expect(units.locator(".cf-made-of")).to_contain_text(
        f"{100 * data['fits']['edge'][0]:.1f}".removesuffix(".0")
    )


def test_projections_differ_and_are_the_kernel_in_the_first_layer(units: Page) -> None:
    picture = ".cf-account:nth-child(2) canvas"
    drawn = {}
    for method in ("gradient", "guided", "deconvnet"):
        choose(units, "Projection", method)
        drawn[method] = greys(units, picture).tolist()
    assert len({json.dumps(each) for each in drawn.values()}) == 3
    choose(units, "Layer", "conv1")
    expect(units.get_by_text("all three methods give the same")).to_be_visible()


def test_the_weights_are_bars_with_numbers(units: Page, site: BuiltSite) -> None:
    data = units_data(site)
    bars = units.locator(".cf-made-of tr")
    found = [float(text.split()[-1]) for text in bars.all_inner_texts()]
    np.testing.assert_allclose(found, data["norms"][0], atol=0.0051)
    marked = units.locator(".cf-made-of tr:has(.cf-norm-drawn) th").all_inner_texts()
    assert sorted(marked) == sorted(f"kernel {channel}" for channel in data["drawn"][0])
    widths = [bars.nth(n).locator(".cf-norm").bounding_box()["width"] for n in range(16)]
    assert np.argmax(widths) == np.argmax(data["norms"][0])


def test_the_tables_hold_the_numbers(units: Page, site: BuiltSite) -> None:
    data = units_data(site)
    for summary in units.locator("details.cf-data summary").all()[:3]:
        summary.press("Enter")
    expect(units.locator(".cf-values")).to_have_count(3)
    patches, made_of, every = (
        [row.split("\t") for row in table.locator("tbody tr").all_inner_texts()]
        for table in units.locator(".cf-values").all()
    )
    columns = ("labels", "responses", "indices", "rows", "columns")
    assert len(patches) == 9
    label, response, image, row, column = (data[name][0][0] for name in columns)
    assert patches[0][:2] == ["0", str(label)]
    assert float(patches[0][2].replace("−", "-")) == pytest.approx(response, abs=6e-4)
    assert patches[0][3:] == [str(image), str(row), str(column)]
    assert float(made_of[4][1]) == pytest.approx(data["norms"][0][4], abs=6e-4)
    alike = [float(row[3].replace("−", "-")) for row in every]
    np.testing.assert_allclose(alike, data["coherence"], atol=0.0051)


def test_the_address_shows_the_same_to_someone_else(units: Page) -> None:
    choose(units, "Training", "small-start")
    choose(units, "Network", "start")
    units.get_by_label("Show the same unit’s patches in the trained network too").press("Space")
    choose(units, "Projection", "deconvnet")
    units.locator(".cf-tiles button").nth(4).focus()
    units.wait_for_url("**/*it.beside=yes*")
    units.wait_for_url("**/*it.unit=5*")
    before = shown(units)
    units.reload()
    wake(units)
    wait_until_shown(units, before)


def test_reset_brings_back_what_the_page_had(units: Page) -> None:
    before, address = units.locator(".cf-units").inner_text(), units.url
    choose(units, "Layer", "conv1")
    choose(units, "Projection", "gradient")
    units.locator(".cf-tiles button").nth(4).focus()
    units.wait_for_url("**/*it.*")
    units.get_by_role("button", name="Reset").press("Enter")
    units.wait_for_url(address)
    expect(result(units)).to_contain_text("Unit 0 of conv2, trained")
    assert units.locator(".cf-units").inner_text() == before


def test_a_file_that_cannot_be_fetched_leaves_the_last(units: Page) -> None:
    fail_source(units)
    expect(result(units)).to_contain_text("Unit 0 of conv2")
    assert units.get_by_label("Training", exact=True).input_value() == "default"
    units.unroute_all()
    choose(units, "Training", "source")
    expect(units.get_by_role("alert")).to_be_hidden()


def test_a_choice_is_not_lost_while_a_file_is_on_its_way(units: Page, site: BuiltSite) -> None:
    units.route("**/units-source-conv2-trained.json", lambda _: None)  # it never comes
    choose(units, "Training", "source")
    units.locator(".cf-tiles button").nth(2).focus()
    expect(result(units)).to_contain_text("Unit 2 of conv2")
    choose(units, "Layer", "conv1")
    expect(result(units)).to_contain_text("Unit 2 of conv1")
    assert units.get_by_label("Training", exact=True).input_value() == "source"
    data = units_data(site, "conv1", run="source")
    assert [digit for digit, _ in shown_numbers(units)] == data["labels"][2]


def test_what_is_said_waits_until_things_rest(units: Page) -> None:
    spoken = units.locator("output.cf-spoken").last
    units.locator(".cf-tiles button").first.focus()
    units.evaluate(
        """() => { window.said = [];
          const region = [...document.querySelectorAll("output.cf-spoken")].at(-1);
          const note = () => said.push(region.textContent);
          new MutationObserver(note).observe(region, {childList: true}); }"""
    )
    for _ in range(7):
        units.keyboard.press("ArrowRight")
    expect(spoken).to_contain_text("Unit 7 of conv2")
    assert units.evaluate("said.length") <= 3
    assert units.evaluate("document.getAnimations().length") == 0


def fail_source(page: Page) -> None:
    page.route("**/units-source-*.json", lambda route: route.abort())
    choose(page, "Training", "source")
    expect(page.get_by_role("alert")).to_contain_text("could not be fetched")


def test_its_tiles_can_be_hit_on_a_narrow_page(open_widgets: Opener) -> None:
    with open_widgets(UNITS, way=Way("light", 320)) as page:
        boxes = [tile.bounding_box() for tile in page.locator(".cf-tiles button").all()]
        assert min(min(box["width"], box["height"]) for box in boxes if box) >= 24


def test_the_chosen_unit_is_seen_with_forced_colours(units: Page) -> None:
    units.emulate_media(forced_colors="active")
    edge = "button => getComputedStyle(button).borderTopColor"
    chosen, other = (units.locator(".cf-tiles button").nth(n).evaluate(edge) for n in (0, 1))
    assert chosen != other
    pixel = greys(units, ".cf-patches canvas")
    assert pixel.max() > pixel.min()
    bar = units.locator(".cf-norm-drawn").first
    assert bar.evaluate("e => getComputedStyle(e).forcedColorAdjust") == "none"
