"""Every figure of the catalogue, drawn from three trainings of a few steps."""

from __future__ import annotations

import re
from functools import cache

import pytest
from lxml import etree, html

from cnnfilters.figures import FIGURES
from cnnfilters.figures.figure import LAYOUTS, SCHEMES, Figure
from cnnfilters.figures.style import DARK, SMALL, Layout
from cnnfilters.figures.table import MOST_CELLS
from cnnfilters.results import Results

SIZE = re.compile(r"font(?:-size)?:[^;\"]*?([\d.]+)px")  # in the picture's own unit, the point

each_figure = pytest.mark.parametrize("name", FIGURES)
each_layout = pytest.mark.parametrize("layout", LAYOUTS)


@pytest.fixture(scope="module")
def make(results: Results):  # type: ignore[no-untyped-def]
    """Makes each figure once, or skips it."""

    @cache
    def made(name: str) -> Figure:
        figure = results.make(FIGURES[name])
        assert isinstance(figure, Figure)
        return figure

    def make_it(name: str) -> Figure:
        needed = {*FIGURES[name].inputs} - {"digits", *results.about["results"]}
        if needed:
            pytest.skip(f"{', '.join(sorted(needed))} takes more than three short trainings")
        return made(name)

    return make_it


def texts(figure: Figure, layout: Layout) -> list[etree._Element]:
    return list(etree.fromstring(figure.svg(layout, "light").encode()).iter("{*}text"))


@each_figure
def test_the_name_can_be_an_id_and_a_file(name: str) -> None:
    assert re.fullmatch(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", name)


@each_figure
def test_the_words_hold_a_number_and_are_not_the_name(name: str, make) -> None:  # type: ignore[no-untyped-def]
    figure = make(name)
    assert re.search(r"\d", figure.alt)
    assert name not in figure.alt.lower()
    assert figure.caption.endswith(".")


@each_figure
@each_layout
def test_all_text_is_large_enough_to_read(name: str, layout: Layout, make) -> None:  # type: ignore[no-untyped-def]
    styles = [element.get("style", "") for element in texts(make(name), layout)]
    sizes = [float(size) for style in styles for size in SIZE.findall(style)]
    assert len(sizes) == len(styles) > 0
    assert min(sizes) >= SMALL


@each_figure
@each_layout
def test_no_number_in_a_picture_is_missing(name: str, layout: Layout, make) -> None:  # type: ignore[no-untyped-def]
    svg = re.sub(r'"data:image/png;base64,[^"]*"', '""', make(name).svg(layout, "light"))
    assert not re.search(r"\b(nan|inf)\b", svg, re.IGNORECASE)


@each_figure
@each_layout
def test_nothing_is_drawn_in_a_light_ink_on_the_dark_page(name: str, layout: Layout, make) -> None:  # type: ignore[no-untyped-def]
    dark = make(name).svg(layout, "dark")
    assert not any(ink in dark for ink in DARK)


@each_figure
def test_a_page_shows_few_cells_and_the_file_all(name: str, make) -> None:  # type: ignore[no-untyped-def]
    figure = make(name)
    element = html.fragment_fromstring(figure.table.html("The numbers."))
    assert 0 < len(element.xpath("//tbody//th | //tbody//td")) <= MOST_CELLS
    assert figure.table.csv().count("\r\n") == len(figure.table.rows) + 1


@each_figure
def test_the_html_has_every_picture(name: str, make) -> None:  # type: ignore[no-untyped-def]
    text = make(name).html(lambda layout, scheme: f"{layout}-{scheme}", csv="a.csv", name=name)
    for layout in LAYOUTS:
        for scheme in SCHEMES:
            assert f'="{layout}-{scheme}"' in text
