"""The pictures' own colours: text stands out, and nothing is coloured but from tested palettes."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from checks.browsing import new_context
from checks.built_site import BuiltSite
from checks.figure_colours import faint_texts, foreign_colours, pictures_in
from cnnfilters.figures.style import DARK, MUTED, PAPER

pytestmark = pytest.mark.browser
GROUNDS = {"light": PAPER, "dark": DARK[PAPER]}
LABEL = (
    "<svg width='200' height='40'><rect width='200' height='40' fill='{ground}'/>"
    "<text x='9' y='24' font-size='12' fill='{ink}'>weight</text></svg>"
)


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


@pytest.mark.parametrize("colour", ["#008000", "#1f77b4", "#f00"])
def test_a_colour_from_elsewhere_is_caught(colour: str) -> None:
    assert foreign_colours(f'<path style="stroke: {colour}"/><path fill="#888"/>') == {colour}
