"""The timeline: its kernels are the Run's, by keyboard alone, whatever stands in the address."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect

from checks.browsing import wake
from checks.built_site import BuiltSite
from checks.widget_files import written
from checks.widget_page import Opener, ask, result, widget
from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.config import headline_configs
from cnnfilters.export import unpack

pytestmark = pytest.mark.browser
TIMELINE = widget("kernel-timeline")


@pytest.fixture
def timeline(open_widgets: Opener) -> Iterator[Page]:
    with open_widgets(TIMELINE) as page:
        yield page


def timeline_of(site: BuiltSite, run: str = "default") -> dict[str, Any]:
    """What the build wrote of a training, its kernels as an array."""
    data = written(site, f"timeline-{run}")
    return data | {"kernels": unpack(data["kernels"])}


def shown_weights(page: Page) -> np.ndarray:
    texts = page.locator(".cf-weights td").all_inner_texts()
    return np.array([float(text.replace("−", "-")) for text in texts]).reshape(5, 5)


@pytest.mark.parametrize("run", headline_configs())
@pytest.mark.parametrize("learned", [False, True], ids=["weights", "learned"])
def test_its_kernels_are_those_of_the_run(
    timeline: Page, site: BuiltSite, run: str, learned: bool
) -> None:
    data = timeline_of(site, run)
    wanted = data["kernels"] - learned * data["kernels"][0]
    call = """([data, places, learned]) => { const read = module.readTimeline(data);
      return places.map(place => [...module.kernelAt(read, ...place, learned).data]); }"""
    raw = written(site, f"timeline-{run}")
    places = list(np.ndindex(wanted.shape[:2]))  # each kernel in each snapshot
    assert len(places) >= 200
    (found,) = ask(timeline, "timeline.js", call, [[raw, places, learned]])
    np.testing.assert_allclose(found, wanted.reshape(len(places), 25), atol=1e-7)
    edges = kernel_shares(np.reshape(found, wanted.shape)).edge  # shown beside these numbers
    written_edges = np.array(data["learned" if learned else "weights"]["edge"])
    changed = np.any(wanted, axis=(2, 3))
    np.testing.assert_allclose(written_edges[changed], edges[changed], atol=1e-4)


def test_it_starts_at_the_start_and_nothing_moves(timeline: Page, site: BuiltSite) -> None:
    data = timeline_of(site)
    expect(result(timeline)).to_contain_text(f"After 0 of {data['steps'][-1]:,} steps")
    np.testing.assert_allclose(shown_weights(timeline), data["kernels"][0, 0], atol=5.1e-3)
    timeline.wait_for_timeout(1500)
    expect(result(timeline)).to_contain_text("After 0 of")
    assert timeline.evaluate("document.getAnimations().length") == 0


def test_the_slider_moves_everything_along_by_keyboard(timeline: Page, site: BuiltSite) -> None:
    data = timeline_of(site)
    slider = timeline.get_by_label("Step", exact=True)
    for key, snapshot in [("End", 14), ("ArrowLeft", 13), ("Home", 0), ("ArrowRight", 1)]:
        slider.press(key)
        expect(result(timeline)).to_contain_text(f"After {data['steps'][snapshot]:,} of")
        np.testing.assert_allclose(
            shown_weights(timeline), data["kernels"][snapshot, 0], atol=5.1e-3
        )
        values = timeline.locator(".cf-keys .cf-value").all_inner_texts()
        accuracy, cosine, edge = (float(value.rstrip("\u00a0%")) for value in values)
        assert accuracy == pytest.approx(100 * data["accuracy"][snapshot], abs=0.05)
        assert cosine == pytest.approx(data["cosine"][snapshot], abs=0.0051)
        assert edge == pytest.approx(100 * np.mean(data["weights"]["edge"][snapshot]), abs=0.051)
    assert slider.get_attribute("aria-valuetext") == f"1 of {data['steps'][-1]:,}"


def test_it_plays_when_asked_and_pauses(timeline: Page) -> None:
    play = timeline.locator(".cf-play")
    play.press("Enter")
    expect(play).to_have_text("Pause")
    expect(result(timeline)).not_to_contain_text("After 0 of")
    play.press("Enter")
    expect(play).to_have_text("Play")
    before = result(timeline).inner_text()
    timeline.wait_for_timeout(1000)
    assert result(timeline).inner_text() == before


def test_arrow_keys_choose_a_kernel_and_its_numbers_follow(timeline: Page, site: BuiltSite) -> None:
    data = timeline_of(site)
    timeline.get_by_label("Order").select_option("number")
    tiles = timeline.locator(".cf-tiles button")
    assert [n for n in range(16) if tiles.nth(n).get_attribute("tabindex") == "0"] == [0]
    tiles.first.focus()
    for key, kernel in [
        ("ArrowDown", 4),
        ("ArrowRight", 5),
        ("End", 7),
        ("ArrowUp", 3),
        ("Home", 0),
    ]:
        timeline.keyboard.press(key)
        expect(timeline.locator("#it-numbers")).to_have_text(f"Kernel {kernel + 1}")
        np.testing.assert_allclose(shown_weights(timeline), data["kernels"][0, kernel], atol=5.1e-3)
        assert tiles.nth(kernel).get_attribute("aria-pressed") == "true"


def test_kernels_are_ordered_by_orientation(timeline: Page, site: BuiltSite) -> None:
    names = timeline.locator(".cf-tiles .cf-tile-name").all_inner_texts()
    assert [int(name.split()[0]) - 1 for name in names] == timeline_of(site)["order"]


def test_the_difference_from_the_start_begins_at_zero(timeline: Page, site: BuiltSite) -> None:
    data = timeline_of(site)
    timeline.get_by_label("Show", exact=True).select_option("learned")
    expect(timeline.get_by_text("Nothing has been learned yet")).to_be_visible()
    assert not shown_weights(timeline).any()
    timeline.get_by_role("button", name="Last", exact=True).press("Enter")
    wanted = data["kernels"][-1, 0] - data["kernels"][0, 0]
    np.testing.assert_allclose(shown_weights(timeline), wanted, atol=5.1e-3)


def test_the_scale_is_one_for_all_or_each_its_own(timeline: Page, site: BuiltSite) -> None:
    bar = timeline.locator(".cf-bar span")
    shared = np.abs(timeline_of(site)["kernels"]).max()
    assert float(bar.last.inner_text()) == pytest.approx(shared, abs=0.0051)
    timeline.get_by_label("Scale").select_option("own")
    own = np.abs(timeline_of(site)["kernels"][0, 0]).max()
    assert float(bar.last.inner_text()) == pytest.approx(own, abs=0.0051)


def test_another_training_keeps_the_snapshot(timeline: Page, site: BuiltSite) -> None:
    timeline.get_by_role("button", name="Last", exact=True).press("Enter")
    timeline.get_by_label("Training", exact=True).select_option("source")
    last = f"{timeline_of(site, 'source')['steps'][-1]:,}"
    expect(result(timeline)).to_contain_text(f"After {last} of {last} steps")


def test_a_training_that_cannot_be_fetched_leaves_the_last(timeline: Page) -> None:
    timeline.route("**/timeline-source.json", lambda route: route.abort())
    timeline.get_by_label("Training", exact=True).select_option("source")
    expect(timeline.get_by_role("alert")).to_contain_text("could not be fetched")
    timeline.get_by_role("button", name="Last", exact=True).press("Enter")
    expect(result(timeline)).to_contain_text("After 1,250 of 1,250")


def test_the_tables_hold_the_numbers(timeline: Page, site: BuiltSite) -> None:
    data = timeline_of(site)
    timeline.get_by_text("Kernels at this step as a table").click()
    timeline.get_by_text("All steps as a table").click()
    rows = timeline.locator(".cf-values").last.locator("tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows] == [f"{step:,}" for step in data["steps"]]
    first = timeline.locator(".cf-values").first.locator("tbody tr").first.inner_text().split("\t")
    kernel = data["order"][0]
    assert first[0] == str(kernel + 1)
    assert float(first[1]) == pytest.approx(100 * data["weights"]["edge"][0][kernel], abs=0.051)
    assert first[-1] == data["weights"]["names"][0][kernel]


def test_what_is_said_waits_until_things_rest(timeline: Page) -> None:
    spoken = timeline.locator("output.cf-spoken").last
    timeline.evaluate(
        """() => { window.said = [];
          const region = [...document.querySelectorAll("output.cf-spoken")].at(-1);
          const note = () => said.push(region.textContent);
          new MutationObserver(note).observe(region, {childList: true}); }"""
    )
    for _ in range(12):
        timeline.get_by_label("Step", exact=True).press("ArrowRight")
    expect(spoken).to_contain_text("After 417 of 1,250 steps")
    assert timeline.evaluate("said.length") <= 3


def test_the_code_gives_the_edge_share(timeline: Page, site: BuiltSite) -> None:
    data = timeline_of(site)
    timeline.get_by_role("button", name="Last", exact=True).press("Enter")
    lines = (timeline.locator(".cf-sharing code").text_content() or "").splitlines()
    names: dict[str, Any] = {}
    exec("\n".join(lines[:-1]), names)
    share = eval(lines[-1].split("#")[0], names)
    assert float(share) == pytest.approx(data["weights"]["edge"][-1][0], abs=1e-4)


def test_the_address_shows_the_same_to_someone_else(timeline: Page) -> None:
    timeline.get_by_label("Training", exact=True).select_option("small-start")
    timeline.get_by_label("Show", exact=True).select_option("learned")
    timeline.get_by_label("Scale").select_option("own")
    timeline.get_by_label("Order").select_option("number")
    timeline.locator(".cf-tiles button").nth(4).focus()
    timeline.get_by_label("Step", exact=True).press("End")
    timeline.wait_for_url("**/*it.step=1250*")
    before = timeline.locator(".cf-timeline").inner_text()
    timeline.reload()
    wake(timeline)
    timeline.wait_for_function(
        "before => document.querySelector('.cf-timeline').innerText === before", arg=before
    )


def test_reset_brings_back_what_the_page_had(timeline: Page) -> None:
    before, address = timeline.locator(".cf-timeline").inner_text(), timeline.url
    timeline.get_by_label("Training", exact=True).select_option("source")
    timeline.get_by_label("Scale").select_option("own")
    timeline.get_by_role("button", name="Last", exact=True).press("Enter")
    timeline.wait_for_url("**/*it.*")
    timeline.get_by_role("button", name="Reset").press("Enter")
    timeline.wait_for_url(address)
    assert timeline.locator(".cf-timeline").inner_text() == before
