"""Every figure of the catalogue, made from three trainings of a few steps."""

from __future__ import annotations

import re
import subprocess
import sys
from functools import cache

import pytest
from lxml import html

from cnnfilters.figures import FIGURES
from cnnfilters.figures.drawing.figure import Figure
from cnnfilters.figures.drawing.table import MOST_CELLS
from cnnfilters.results import Results

each_figure = pytest.mark.parametrize("name", FIGURES)


@pytest.fixture(scope="module")
def make(results: Results):  # type: ignore[no-untyped-def]
    """Makes each figure once, or skips it."""

    @cache
    def made(name: str) -> Figure:
        figure = results.make(FIGURES[name])
        assert isinstance(figure, Figure)
        return figure

    def make_it(name: str) -> Figure:
        needed = {*FIGURES[name].inputs} - {"digits", "pages", *results.about["results"]}
        if needed:
            pytest.skip(f"{', '.join(sorted(needed))} takes more than three short trainings")
        return made(name)

    return make_it


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
def test_a_page_shows_few_cells_and_the_file_all(name: str, make) -> None:  # type: ignore[no-untyped-def]
    figure = make(name)
    element = html.fragment_fromstring(figure.table.html("The numbers."))
    assert 0 < len(element.xpath("//tbody//th | //tbody//td")) <= MOST_CELLS
    assert figure.table.csv().count("\r\n") == len(figure.table.rows) + 1


def test_drawing_what_a_network_answers_loads_no_torch(results: Results) -> None:
    names = [name for name, recipe in FIGURES.items() if any("run:" in i for i in recipe.inputs)]
    assert {"whole-network", "one-weight", "seven-maps", "ablation-bars"} < set(names)
    program = (
        "import sys\n"
        "from pathlib import Path\n"
        "from cnnfilters.figures import FIGURES\n"
        "from cnnfilters.results import Results\n"
        f"results = Results(Path({str(results.folder / 'build.json')!r}))\n"
        f"for name in {names!r}:\n"
        "    results.make(FIGURES[name]).svg('narrow', 'light')\n"
        "    assert 'torch' not in sys.modules, name\n"
    )
    subprocess.run([sys.executable, "-c", program], check=True)
