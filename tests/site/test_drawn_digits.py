"""Digits as people draw them are read right, once they are prepared as MNIST's were."""

from __future__ import annotations

import json
import re
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, expect
from skimage.morphology import skeletonize

from checks.built_site import BuiltSite
from checks.drawn_digits import FILE, HALVES, PAPER, WAYS, points, record
from checks.pages import first
from checks.paper import draw
from checks.widget_files import written
from checks.widget_page import Opener, ask, query, result, widget
from cnnfilters.digits import load_digits
from docs.chapters import section

pytestmark = pytest.mark.browser
LAB = widget("digit-lab")
RIGHT = 0.95  # of the drawings of one way, at least
RECORDED = json.loads(FILE.read_text(encoding="utf-8"))["ways"]
# From a drawing's strokes, as places in pixels of the 28 × 28, to what two networks answer.
ANSWERS = """async text => {
  const [models, drawings] = JSON.parse(text);
  const at = name => new URL(`widgets/lib/${name}`, document.baseURI);
  const [{ modelOf }, { forward }, strokes, preparation, { blank }] = await Promise.all(
    ["model_file.js", "network.js", "strokes.js", "preparation.js", "drawing.js"].map(n => import(at(n))));
  const networks = models.map(modelOf);
  const answer = (network, ink) => {
    const { probabilities } = forward(network, ink);
    return probabilities.indexOf(Math.max(...probabilities));
  };
  return drawings.map(lines => {
    const drawing = { levels: blank(), strokes: lines.map(line => strokes.thinned(line.map(strokes.grainAt))) };
    const places = [preparation.preparation(drawing), preparation.AS_IT_IS];
    return networks.map(network => places.map(place => answer(network, preparation.inked(drawing, place))));
  });
}"""  # noqa: E501


def in_pixels(strokes: list[list[int]]) -> list[list[list[float]]]:
    """Strokes as the lab knows them: down, across, in pixels of the 28 × 28."""
    return [[[28 * y / PAPER, 28 * x / PAPER] for x, y in points(stroke)] for stroke in strokes]


@pytest.fixture(scope="module")
def right(bare: Page, site: BuiltSite) -> dict[str, np.ndarray]:
    """For each way whether it was read right: (drawings, 2 networks, prepared and as drawn)."""
    models = [written(site, f"model-{run}") for run in ("default", "small-start")]
    found = {}
    for way, drawings in RECORDED.items():
        sent = [models, [in_pixels(strokes) for *_, strokes in drawings]]
        answers = np.array(bare.evaluate(ANSWERS, json.dumps(sent)))
        digits = np.array([digit for digit, *_ in drawings])
        found[way] = answers == digits[:, None, None]
    return found


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("half", HALVES)
def test_what_is_prepared_is_read_right(
    right: dict[str, np.ndarray], way: str, half: str, record_property: Any
) -> None:
    of_half = [drawing[2] == half for drawing in RECORDED[way]]
    shares = right[way][of_half].mean(axis=0)
    for network, name in enumerate(("default", "small start")):
        record_property(f"{name}, prepared", f"{shares[network, 0]:.3f}")
        record_property(f"{name}, as drawn", f"{shares[network, 1]:.3f}")
    assert shares[:, 0].min() >= RIGHT, shares


@pytest.mark.parametrize("way", [way for way in WAYS if "MNIST" not in way and "three" not in way])
def test_the_same_drawings_as_they_are_are_not(right: dict[str, np.ndarray], way: str) -> None:
    assert right[way][..., 1].mean() < RIGHT  # else nothing would have to be prepared


@pytest.mark.parametrize("column", [0, 1], ids=["prepared", "as drawn"])
def test_the_chapter_tells_what_the_default_network_reads(
    right: dict[str, np.ndarray], column: int
) -> None:
    said = {
        way: (float(prepared), float(raw))
        for way, raw, prepared in re.findall(
            r"^\| (.+?) \| (\d+) % \| (\d+) % \|$",
            section("14-feature-maps", "Place and size"),
            re.M,
        )
    }
    assert {way.replace("’", "'") for way in WAYS} == set(said)
    for way, found in right.items():
        share = 100 * found[:, 0, column].mean()
        # a network trained on another machine answers a few of them otherwise
        assert said[way.replace("’", "'")][column] == pytest.approx(share, abs=10), way


def test_there_are_a_hundred_drawings_a_way_and_half_are_held_out() -> None:
    assert list(RECORDED) == list(WAYS)
    for drawings in RECORDED.values():
        assert len(drawings) >= 100
        for half in HALVES:
            kinds = {(digit, hand) for digit, hand, of, _ in drawings if of == half}
            assert len(kinds) == 20
            assert sum(drawing[2] == half for drawing in drawings) == len(drawings) / 2


def test_they_were_recorded_as_they_would_be_again() -> None:
    again = record()["ways"]
    for way, drawings in RECORDED.items():
        for old, new in zip(drawings, again[way], strict=True):
            assert old[:3] == new[:3]
            for before, now in zip(old[3], new[3], strict=True):
                # a pixel, for a machine that rounds sines otherwise
                np.testing.assert_allclose(points(before), points(now), atol=1)


@pytest.mark.parametrize("way", first(WAYS))
def test_the_page_reads_what_the_pointer_draws(open_widgets: Opener, way: str) -> None:
    drawings = RECORDED[way]
    number = list(WAYS).index(way)
    chosen = [drawings[20 * number % 120 + number], drawings[(20 * number + 75) % 120]]
    with open_widgets(LAB, query=query(digit="")) as page:
        page.locator("#it-paper").evaluate("it => { it.style.width = '272px'; }")
        page.locator("#it-paper canvas").scroll_into_view_if_needed()
        for digit, _, _, strokes in chosen:
            page.locator("digit-lab").get_by_text("Clear").click()
            for stroke in strokes:
                draw(page, [(x / PAPER, y / PAPER) for x, y in points(stroke)])
            expect(result(page)).to_contain_text(f"sees a {digit},")
            wanted = ask(
                page,
                "strokes.js",
                "all => module.strokesText(all.map(l => module.thinned(l.map(module.grainAt))))",
                [in_pixels(strokes)],
            )
            page.wait_for_url(f"**/*it.strokes={wanted[0]}*")


def test_the_pen_is_mnists() -> None:
    widths = []
    for image in load_digits("sample").train_images[::4].reshape(-1, 28, 28):
        middle = skeletonize(image > 0.5)
        widths.append(image.sum() / (length(middle) + 2))  # its ends are thinned away
    assert np.median(widths) == pytest.approx(2.4, abs=0.1)


def length(middle: np.ndarray) -> float:
    """Of a line of single pixels: 1 to a neighbour at a side, √2 to one at a corner alone."""
    sides = (middle[1:] & middle[:-1]).sum() + (middle[:, 1:] & middle[:, :-1]).sum()
    falling = middle[1:, 1:] & middle[:-1, :-1] & ~middle[1:, :-1] & ~middle[:-1, 1:]
    rising = middle[1:, :-1] & middle[:-1, 1:] & ~middle[1:, 1:] & ~middle[:-1, :-1]
    return float(sides + np.sqrt(2) * (falling.sum() + rising.sum()))


PREPARED = """levels => { const drawing = { levels: Uint8Array.from(levels), strokes: [] };
  return [...module.inked(drawing, module.preparation(drawing))]; }"""


def test_a_digit_of_mnist_is_prepared_already(bare: Page) -> None:
    images = load_digits("sample").held_out_images[:100].reshape(100, -1)
    levels = np.round(15 * images)
    after = np.array(ask(bare, "preparation.js", PREPARED, levels.astype(int).tolist()))
    box = lambda ink: np.ptp(np.argwhere(ink.reshape(28, 28) > 0), axis=0).max() + 1  # noqa: E731
    whole = [index for index in range(100) if box(levels[index]) == 20]  # faint ends round to 0
    assert len(whole) > 60
    changed = np.abs(after[whole] - levels[whole] / 15).max(axis=1) > 1e-6
    assert changed.mean() < 0.1  # rounding to 15 levels moves the middle of few


@pytest.mark.parametrize("scale", first([0.4, 0.5, 0.6, 1.3]))
def test_pictures_of_other_sizes_are_prepared_too(
    bare: Page, site: BuiltSite, scale: float
) -> None:
    digits = load_digits("sample")
    images = digits.held_out_images[:200].reshape(-1, 28, 28)
    labels = np.asarray(digits.held_out_labels[:200])
    levels = [np.round(15 * resized(image, scale)).astype(int).ravel().tolist() for image in images]
    ink = ask(bare, "preparation.js", PREPARED, levels)
    call = """async text => { const [model, images] = JSON.parse(text);
      const at = name => new URL(`widgets/lib/${name}`, document.baseURI);
      const network = (await import(at("model_file.js"))).modelOf(model);
      const { forward } = await import(at("network.js"));
      return images.map(ink => { const { logits } = forward(network, ink);
        return logits.indexOf(Math.max(...logits)); }); }"""
    answers = bare.evaluate(call, json.dumps([written(site, "model-default"), ink]))
    assert (np.array(answers) == labels).mean() >= 0.9


def resized(image: np.ndarray, scale: float) -> np.ndarray:
    """A digit larger or smaller about the middle of its paper, by means over sub-pixels."""
    fine = 8
    at = (np.arange(28 * fine) + 0.5) / fine
    source = np.floor((at - 14) / scale + 14).astype(int)
    inside = (source >= 0) & (source < 28)
    grid = image[np.ix_(source.clip(0, 27), source.clip(0, 27))] * np.outer(inside, inside)
    return np.asarray(grid.reshape(28, fine, 28, fine).mean(axis=(1, 3)))
