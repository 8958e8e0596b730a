"""The pictures' own colours: text stands out, palettes are the tested ones, no colour is alone."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from checks.browsing import new_context
from checks.built_site import BuiltSite
from checks.figure_colours import faint_texts, foreign_colours, pictures_in
from checks.second_channel import same_in_grey
from cnnfilters.figures.drawing.style import CATEGORIES, DARK, MUTED, PAPER

pytestmark = pytest.mark.browser
VIOLET, _, GREEN, LILAC = CATEGORIES
GROUNDS = {"light": PAPER, "dark": DARK[PAPER]}
LABEL = (
    "<svg width='200' height='40'><rect width='200' height='40' fill='{ground}'/>"
    "<text x='9' y='24' font-size='12' fill='{ink}'>weight</text></svg>"
)

LINE = '<path style="fill: none; stroke: {}; stroke-dasharray: {}"/>'
MARKER = '<use xlink:href="#{}" style="fill: {}"/>'
SVG = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.fixture(scope="module")
def paper(browser: Browser) -> Iterator[Page]:
    with new_context(browser) as context:
        yield context.new_page()


@pytest.mark.parametrize("scheme", GROUNDS)
def test_text_in_every_figure_stands_out(paper: Page, site: BuiltSite, scheme: str) -> None:
    pictures = pictures_in(site.folder / "figures", f"*-wide-{scheme}.svg")
    assert len(pictures) > 20
    assert list(faint_texts(paper, pictures, GROUNDS[scheme])) == []


@pytest.mark.parametrize(
    ("ink", "ground", "faint"),
    [("#888888", "#ffffff", True), (MUTED, "#ffffff", False), ("#ffffff", "#fee838", True),
     ("#000000", "#fee838", False), (MUTED, DARK[PAPER], True)],
)  # fmt: skip
def test_faint_text_is_caught(paper: Page, ink: str, ground: str, faint: bool) -> None:
    picture = {"planted": LABEL.format(ink=ink, ground=ground)}
    assert bool(list(faint_texts(paper, picture, PAPER))) == faint


def test_every_figure_is_coloured_from_the_palettes_alone(site: BuiltSite) -> None:
    """So that what is tested of the palettes, for every kind of colour vision, holds for each."""
    pictures = pictures_in(site.folder, "**/*.svg")
    foreign = {name: foreign_colours(svg) for name, svg in pictures.items() if "icon" not in name}
    assert {name: colours for name, colours in foreign.items() if colours} == {}


def test_nothing_in_a_figure_is_told_by_colour_alone(site: BuiltSite) -> None:
    """Markers, dashes or stripes, or lightness, tell apart what categories' colours do."""
    same = {name: same_in_grey(svg) for name, svg in pictures_in(site.folder, "**/*.svg").items()}
    assert {name: pairs for name, pairs in same.items() if pairs} == {}


def test_every_figure_has_its_numbers(site: BuiltSite) -> None:
    """In grey, blue and red are one: then the sign is read from the table."""
    drawn = {path.name.partition("-wide-")[0] for path in site.folder.glob("figures/*-wide-*.svg")}
    assert drawn == {path.stem for path in site.folder.glob("figures/*.csv")}


@pytest.mark.parametrize(
    ("drawing", "caught"),
    [
        (LINE.format(GREEN, 3) + LINE.format(LILAC, 3), True),
        (LINE.format(GREEN, 3) + LINE.format(LILAC, 9), False),
        (MARKER.format("disc", GREEN) + MARKER.format("disc", LILAC), True),
        (MARKER.format("disc", GREEN) + MARKER.format("star", LILAC), False),
        (f'<path fill="{GREEN}"/><path fill="{LILAC}"/>', True),
        (f'<path fill="{GREEN}"/><path fill="{VIOLET}"/>', False),  # one is darker
    ],
    ids=["lines", "dashes", "markers", "shapes", "surfaces", "lightness"],
)
def test_what_only_colour_tells_is_caught(drawing: str, caught: bool) -> None:
    assert bool(same_in_grey(SVG.format(drawing))) == caught


@pytest.mark.parametrize("colour", ["#008000", "#1f77b4", "#f00"])
def test_a_colour_from_elsewhere_is_caught(colour: str) -> None:
    assert foreign_colours(f'<path style="stroke: {colour}"/><path fill="#888"/>') == {colour}
