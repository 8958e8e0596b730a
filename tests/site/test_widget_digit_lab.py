"""The digit lab: PyTorch's numbers, by keyboard alone, whatever is drawn, opened or asked for."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
import torch
from playwright.sync_api import Locator, Page, expect

from checks.browsing import wake
from checks.built_site import BuiltSite
from checks.paper import inked
from checks.widget_files import in_pytorch, logits, written
from checks.widget_page import Opener, query, result, shown, wait_until_shown, widget
from cnnfilters.config import headline_configs
from cnnfilters.export.limits import LIMITS

pytestmark = pytest.mark.browser
MOST_BYTES = 120_000  # of a network's weights, compressed
LAB = widget("digit-lab")


@pytest.fixture
def lab(open_widgets: Opener) -> Iterator[Page]:
    with open_widgets(LAB) as page:
        yield page


def sum_words(page: Page) -> Locator:
    return page.locator(".cf-result strong").last


def number(words: str) -> float:
    return float(words.replace("−", "-"))


def test_weights_are_light_and_fetched_only_where_they_are_seen(
    open_widgets: Opener, site: BuiltSite
) -> None:
    for run in headline_configs():
        content = (site.folder / f"widgets/data/model-{run}.json").read_bytes()
        assert len(gzip.compress(content)) <= MOST_BYTES
    spacer = "<p>Above.</p>" * 300  # the site's policy lets no test write a style
    with open_widgets(f"{spacer}<p>Below.</p>") as page:
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.url))
        page.evaluate(
            "html => document.querySelector('article').insertAdjacentHTML('beforeend', html)", LAB
        )
        page.evaluate("window.document$ && document$.next(document)")
        page.wait_for_timeout(500)
        assert not [url for url in requests if "model-" in url]
        wake(page)
        assert [url.rpartition("/")[2] for url in requests if "model-" in url] == [
            "model-default.json"
        ]


def test_it_shows_the_probabilities_of_every_held_out_digit(lab: Page, site: BuiltSite) -> None:
    images = written(site, "digits")["images"]
    wanted = torch.softmax(
        torch.from_numpy(logits(written(site, "model-default"), np.array(images) / 255)), dim=1
    )
    for digit in range(10):
        lab.get_by_label("Digit", exact=True).select_option(str(digit))
        texts = lab.locator(".cf-answer > :last-child").all_inner_texts()
        found = [float(text.rstrip("\u00a0%")) / 100 for text in texts]
        np.testing.assert_allclose(found, wanted[digit], atol=5.1e-4)


def test_a_digit_is_drawn_by_keys_alone(lab: Page) -> None:
    lab.locator("digit-lab").get_by_text("Clear").press("Enter")
    expect(result(lab)).to_contain_text("The paper is blank")
    lab.locator("#it-paper").focus()
    for _ in range(9):
        lab.keyboard.press("ArrowUp")
    for _ in range(18):
        lab.keyboard.press("Shift+ArrowDown")
    expect(result(lab)).to_contain_text("sees a 1")
    assert lab.get_by_label("Digit", exact=True).input_value() == ""
    lab.wait_for_url(re.compile(r"it\.strokes=[\w-]{13}(#|&|$)"))  # one stroke, not eighteen
    before = inked(lab)
    lab.keyboard.press("Delete")
    rubbed = inked(lab)
    assert rubbed < before
    lab.keyboard.press("Space")
    assert inked(lab) > rubbed
    for _ in range(2):
        lab.keyboard.press("Control+z")
    assert inked(lab) == before


def test_every_number_of_a_map_can_be_taken_apart_by_keys(lab: Page, site: BuiltSite) -> None:
    model = written(site, "model-default")
    network = in_pytorch(model)
    images = written(site, "digits")["images"]
    with torch.no_grad():
        image = torch.tensor(images[7]).reshape(1, 1, 28, 28) / 255
        first = network.conv1((image - 0.1307) / 0.3081)
        second = network.conv2(torch.relu(torch.max_pool2d(first, 2)))
    lab.locator("#it-map").focus()
    for key, place in [("ArrowDown", (12, 11)), ("ArrowRight", (12, 12)), ("ArrowUp", (11, 12))]:
        lab.keyboard.press(key)
        expect(sum_words(lab)).to_contain_text(f"Row {place[0]}, column {place[1]}:")
        assert shown_response(lab) == pytest.approx(float(first[0, 0][place]), abs=6e-4)
        products = lab.locator("[aria-labelledby=it-part-2] td").all_inner_texts()
        weights = network.conv1.bias[0].item() + sum(map(number, products))
        assert weights == pytest.approx(float(first[0, 0][place]), abs=0.02)  # as rounded on screen
    lab.locator("#it-maps-0-1").locator("..").locator("button").nth(0).focus()
    lab.keyboard.press("ArrowDown")  # to filter 8 of the second layer
    expect(sum_words(lab)).to_contain_text("16 × 25 products")
    row, column = 7, 7  # the nearest place that the smaller map has
    assert shown_response(lab) == pytest.approx(float(second[0, 8, row, column]), abs=6e-4)


def test_sixteen_maps_stand_in_rows_of_eight(lab: Page) -> None:
    tiles = lab.locator("#it-maps-0-0").locator("..").locator("button")
    tiles.nth(0).focus()
    lab.keyboard.press("ArrowDown")
    expect(tiles.nth(8)).to_have_attribute("aria-pressed", "true")
    expect(tiles.nth(8)).to_be_focused()


def shown_response(page: Page) -> float:
    found = re.search(r"that is ([−\d.]+)\. ReLU", sum_words(page).inner_text())
    assert found
    return number(found[1])


def test_after_pooling_the_largest_of_four_is_explained(lab: Page) -> None:
    lab.get_by_label("Maps", exact=True).select_option("after")
    words = sum_words(lab).inner_text()
    four = re.search(r"the largest of ([^.]*\.[^;]*?)\. Its", words)
    assert four, words
    assert shown_response(lab) == pytest.approx(max(map(number, four[1].split(", "))), abs=6e-3)


def test_channels_of_the_second_layer_add_up(lab: Page) -> None:
    lab.locator("#it-maps-0-1").locator("..").locator("button").nth(3).focus()
    expect(sum_words(lab)).to_contain_text("16 × 25")
    lab.get_by_text("What each channel adds, as a table").click()
    rows = [row.split("\t") for row in lab.locator(".cf-values tbody tr").all_inner_texts()]
    assert len(rows) == 17
    assert sum(number(row[1]) for row in rows) == pytest.approx(shown_response(lab), abs=0.01)
    lab.get_by_label("Channel").select_option("5")
    expect(lab.get_by_text("those of channel 4: they add")).to_contain_text(rows[4][1])


def test_switching_a_kernel_off_says_what_changed(lab: Page) -> None:
    before = result(lab).inner_text()
    lab.get_by_label("Switch kernel 0 off").press("Space")
    expect(lab.get_by_text("Without kernel 0; with everything on,")).to_be_visible()
    expect(lab.locator(".cf-maps button").first).to_have_attribute(
        "aria-label", re.compile(r"^Kernel \d+ off, ")
    )
    assert lab.locator(".cf-answer-bar.cf-changed").count() == 10
    lab.get_by_role("button", name="Switch all on").press("Enter")
    expect(result(lab)).to_have_text(before)
    assert lab.locator(".cf-answer-bar.cf-changed").count() == 0


def test_two_trainings_are_compared(lab: Page) -> None:
    lab.get_by_label("Compare with").select_option("small-start")
    expect(lab.locator(".cf-answers thead th")).to_have_text(
        ["digit", "default recipe", "small start"]
    )
    second = lab.locator(".cf-network").nth(1)
    expect(second).to_be_visible()
    second.locator("button").nth(2).focus()
    words = "First layer, kernel 2, small start"
    expect(lab.locator(".cf-caption", has_text=words)).to_be_visible()
    lab.get_by_label("Switch kernel 2 off").press("Space")
    assert lab.locator(".cf-answer-bar.cf-changed").count() == 10  # of the second alone
    lab.get_by_label("Compare with").select_option("")
    expect(second).to_be_hidden()


def own_file(model: Any, name: str = "mine.json") -> dict[str, Any]:
    text = model if isinstance(model, str) else json.dumps(model)
    return {"name": name, "mimeType": "application/json", "buffer": text.encode()}


def test_a_network_of_ones_own_is_opened(lab: Page, site: BuiltSite) -> None:
    model = written(site, "model-source") | {
        "name": "<img src=x onerror=alert(1)>",
        "accuracy": None,
    }
    lab.get_by_label("Open a network of your own").set_input_files(own_file(model))
    expect(lab.locator(".cf-network-name").first).to_have_text("<img src=x onerror=alert(1)>")
    expect(lab.get_by_text("Its accuracy is not known.")).to_be_visible()
    assert lab.locator("digit-lab img[src='x']").count() == 0
    expect(lab.get_by_text("before ReLU: 16 maps of 28\u00a0×\u00a028")).to_be_visible()
    lab.get_by_label("Compare with").select_option("default")
    assert lab.locator(".cf-answers thead th").count() == 3


def test_the_network_in_use_survives_a_bad_file(lab: Page, site: BuiltSite) -> None:
    before, opener = result(lab).inner_text(), lab.get_by_label("Open a network of your own")
    opener.set_input_files(own_file("<script>alert(1)</script>"))
    expect(lab.get_by_role("alert")).to_contain_text("The file is not JSON.")
    assert opener.get_attribute("aria-invalid") == "true"
    assert result(lab).inner_text() == before
    opener.set_input_files(own_file(" " * (LIMITS["bytes"] + 1)))
    expect(lab.get_by_role("alert")).to_contain_text("20,000,001 bytes")
    opener.set_input_files(own_file(written(site, "model-small-start")))
    expect(lab.get_by_role("alert")).to_be_hidden()


def test_places_beyond_the_maps_become_the_nearest(open_widgets: Opener) -> None:
    settings = query(layer=2, kernel=64, row=64, column=64, channel=64, off="1.64 2.64", of=2)
    with open_widgets(LAB, query=settings) as page:
        expect(sum_words(page)).to_contain_text("Row 7, column 7:")
        expect(page.locator(".cf-caption", has_text="filter 31")).to_be_visible()


def test_the_address_shows_the_same_to_someone_else(lab: Page) -> None:
    lab.get_by_label("Compare with").select_option("source")
    expect(lab.locator(".cf-network").nth(1)).to_be_visible()
    lab.get_by_label("Maps", exact=True).select_option("after")
    lab.locator("#it-paper").focus()
    lab.keyboard.press("Shift+ArrowRight")
    lab.locator(".cf-maps button").nth(2).focus()
    lab.get_by_label("Switch kernel 2 off").press("Space")
    lab.wait_for_url(re.compile(r"it\.drawing=.*it\.off=1\.3"))
    before = shown(lab)
    lab.reload()
    wake(lab)
    wait_until_shown(lab, before)


def test_reset_brings_back_what_the_page_had(lab: Page) -> None:
    before, address = shown(lab), lab.url
    lab.locator("#it-network").select_option("source")
    lab.locator("digit-lab").get_by_text("Clear").press("Enter")
    expect(result(lab)).to_contain_text("The paper is blank")
    lab.wait_for_url("**/*it.*")
    lab.get_by_role("button", name="Reset").press("Enter")
    lab.wait_for_url(address)
    wait_until_shown(lab, before)


def test_what_is_said_waits_until_things_rest(lab: Page) -> None:
    lab.evaluate(
        """() => { window.said = [];
          const region = [...document.querySelectorAll("output.cf-spoken")].at(-1);
          const note = () => said.push(region.textContent);
          new MutationObserver(note).observe(region, {childList: true}); }"""
    )
    lab.locator("#it-map").focus()
    for _ in range(10):
        lab.keyboard.press("ArrowRight")
    expect(lab.locator("output.cf-spoken").last).to_contain_text("Row 11, column 21:")
    assert lab.evaluate("said.length") <= 3


def test_the_code_gives_the_number(lab: Page) -> None:
    for tile in (0, 20):  # a kernel of layer 1, a filter of layer 2
        lab.locator(".cf-maps button").nth(tile).focus()
        lines = (lab.locator(".cf-sharing code").text_content() or "").splitlines()
        names: dict[str, Any] = {}
        exec("\n".join(lines[:-1]), names)
        shown, comment = lines[-1].split("#")
        assert float(eval(shown, names)) == pytest.approx(float(comment), abs=1e-3)


def test_if_its_weights_are_missing_the_figure_stays(open_widgets: Opener) -> None:
    with open_widgets("<p>No widget yet.</p>") as page:
        page.route("**/data/model-default.json", lambda route: route.abort())
        page.evaluate("html => { document.querySelector('article').innerHTML = html }", LAB)
        expect(page.get_by_text("The interactive version did not load.")).to_be_visible()
        expect(page.get_by_text("The still picture.")).to_be_visible()
