"""Every picture of every page says what to notice."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from lxml import html

from checks.alt_text import alt_problems
from checks.built_site import BuiltSite
from checks.pages import each_page, each_visited_page
from checks.visit import Visit

pytestmark = pytest.mark.browser
ALT = "Kernel 4: its left half is positive and its right half negative, the others are mixed."
FIGURE = "</figcaption>\n</figure>"
TWIN = f'{FIGURE}<figure id="twin"><img src="data:," alt="{ALT}"></figure>'
DRAWING = f'{FIGURE}<svg viewBox="0 0 1 1"></svg>'


@each_page
def test_pictures_have_words_in_the_file(site: BuiltSite, path: str) -> None:
    assert alt_problems(site.tree(path)) == []


@each_visited_page
def test_pictures_have_words_after_scripts_ran(visited: Callable[[str], Visit], path: str) -> None:
    assert alt_problems(html.fromstring(visited(path).html)) == []


def test_the_good_page_passes(plant: Callable[..., BuiltSite]) -> None:
    assert alt_problems(plant().tree("")) == []


@pytest.mark.parametrize(
    ("alt", "problem"),
    [
        ("", "alt is empty"),
        ("Sixteen kernels.", "16 characters"),
        ("Sixteen kernels. " * 16, "272 characters"),
        ("Figure", "placeholder"),
        ("No description has been provided for this image", "placeholder"),
        ("figures/learned-kernels-of-the-first-layer.png", "file name"),
        ("learned-kernels-of-the-first-layer-after-training", "file name"),
        ("Image of sixteen kernels, of which eleven look like edges.", "what every picture is"),
        ("Sixteen kernels; the share of edges is $p = 0.7$ of the whole.", "TeX"),
        ("Sixteen kernels; **eleven** of them look very much like edges.", "Markdown"),
        ("Sixteen kernels, of which eleven look like edges of some kind", "as a sentence does"),
        ("Kernels from the trained network, shown on a grid of cells.", "neither a number"),
        ("One kernel has become an edge detector, an edge detector.", "repeats the text"),
        ("How a kernel finds an edge: an edge, a kernel, the edge of a kernel.", "neither a num"),
    ],
)  # fmt: skip
def test_a_planted_alt_is_caught(plant: Callable[..., BuiltSite], alt: str, problem: str) -> None:
    assert problem in "\n".join(alt_problems(plant(ALT, alt).tree("")))


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        (f'alt="{ALT}"', "", "no alt"),
        (FIGURE, TWIN, "shares its alt"),
        (FIGURE, DRAWING, 'no role="img"'),
        (FIGURE, DRAWING.replace("<svg", '<svg role="img"'), "no name"),
        (FIGURE, DRAWING.replace("<svg", '<svg role="img" aria-label="TODO"'), "placeholder"),
        (FIGURE, f"{FIGURE}<canvas></canvas>", 'no role="img"'),
    ],
)
def test_a_planted_picture_is_caught(
    plant: Callable[..., BuiltSite], old: str, new: str, problem: str
) -> None:
    assert problem in "\n".join(alt_problems(plant(old, new).tree("")))


@pytest.mark.parametrize(
    "new",
    [
        FIGURE.replace("</figcaption>", f'</figcaption><img src="data:,dark" alt="{ALT}">'),
        f'{FIGURE}<img src="data:," alt="" role="presentation">',
        DRAWING.replace("<svg", '<svg aria-hidden="true"'),
        DRAWING.replace("<svg", '<svg role="img" aria-label="One grey square."'),
    ],
    ids=["light and dark", "decoration", "hidden drawing", "named drawing"],
)
def test_what_is_allowed_passes(plant: Callable[..., BuiltSite], new: str) -> None:
    assert alt_problems(plant(FIGURE, new).tree("")) == []
