"""Figures, facts and the widgets' data as files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import cnnfilters.claims
import cnnfilters.facts
import cnnfilters.figures
from cnnfilters.figures.drawing.figure import Figure
from cnnfilters.figures.drawing.table import Table
from cnnfilters.results import Recipe, Results
from cnnfilters.run import Run
from pipeline import processes
from pipeline.manifest import results_key
from pipeline.places import ROOT, Places
from pipeline.processes import BuildError
from pipeline.scope import Scope
from pipeline.stamps import begin_if_stale
from steps import figures
from steps.figures import Draw, draw_one, figure_key
from steps.widgets import WidgetData
from steps.words import Words

SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 72 72"><path fill="#1e2329"/></svg>'


def square(run: Run, *, side: int = 1) -> Figure:
    return Figure(
        lambda _: SVG,
        alt=f"A square whose side is {side}, standing in for {len(run.kernels())} kernels.",
        caption="A square.",
        table=Table(("side", "pixels"), [(side, 72)]),
    )


def broken(*_: object) -> Figure:
    raise ZeroDivisionError("division by zero")


@pytest.fixture
def places(results: Results, tmp_path: Path) -> Places:
    """Empty ones, but for the Runs of three short trainings."""
    apart = Places.apart(tmp_path, tmp_path, Scope())
    return replace(apart, docs=ROOT / "docs", manifest=results.folder / "build.json")


Catalogue = Callable[..., None]


@pytest.fixture
def catalogue(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Puts other figures into the catalogue."""
    return lambda **named: monkeypatch.setattr(cnnfilters.figures, "FIGURES", named)


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Puts other facts into the catalogue, and no claim, which would take studies."""
    monkeypatch.setattr(cnnfilters.claims, "CLAIMS", {})
    return lambda **named: monkeypatch.setattr(cnnfilters.facts, "FACTS", named)


def test_a_figure_leaves_pictures_numbers_and_html(places: Places, catalogue: Catalogue) -> None:
    catalogue(square=Recipe(square, ("run:default",)))
    draw_one(places, "square", "key")
    assert sorted(path.name for path in places.figures.iterdir()) == [
        "square-narrow-dark.svg",
        "square-narrow-light.svg",
        "square-wide-dark.svg",
        "square-wide-light.svg",
        "square.csv",
        "square.html",
    ]
    assert (places.figures / "square.csv").read_text() == "side,pixels\n1,72\n"
    for path in places.figures.glob("*.svg"):
        assert ET.parse(path).getroot().tag.endswith("svg")
    text = (places.figures / "square.html").read_text()
    assert 'id="square"' in text
    assert 'src="%BASE%figures/square-wide-light.svg"' in text
    assert "standing in for 16 kernels" in text
    assert not begin_if_stale(places, "figure-square", "key")


def test_a_figure_that_fails_leaves_the_earlier_one(places: Places, catalogue: Catalogue) -> None:
    catalogue(square=Recipe(square, ("run:default",)))
    draw_one(places, "square", "key")
    before = {path: path.read_bytes() for path in places.figures.iterdir()}
    catalogue(square=Recipe(broken, ("run:default",)))
    with pytest.raises(ZeroDivisionError):
        draw_one(places, "square", "new key")
    assert {path: path.read_bytes() for path in places.figures.iterdir()} == before
    assert begin_if_stale(places, "figure-square", "new key")


def test_every_figure_that_fails_is_named_and_the_others_are_drawn(
    places: Places, catalogue: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "workers", lambda _: ThreadPoolExecutor(1))
    catalogue(a=Recipe(broken), b=Recipe(square, ("run:default",)), c=Recipe(broken))
    failed = "ZeroDivisionError: division by zero"
    with pytest.raises(BuildError, match=f"^figure a: {failed}; figure c: {failed}$"):
        Draw(places).run()
    assert {path.name.split("-")[0] for path in places.figures.glob("*.svg")} == {"b"}
    assert begin_if_stale(places, "figures", results_key(places, "cnnfilters.figures"))


def test_a_figure_of_a_result_that_no_build_makes_is_one_line(
    places: Places, catalogue: Catalogue
) -> None:
    catalogue(square=Recipe(square, ("run:best",)))
    with pytest.raises(ValueError, match=r"^`name` \(='run:best'\) must be one of digits, pages, "):
        Draw(places).run()


@pytest.mark.parametrize(
    "changed",
    [
        Recipe(square, ("run:source",)),
        Recipe(square, ("run:default",), {"side": 2}),
        Recipe(broken, ("run:default",)),
    ],
    ids=["input", "option", "function"],
)
def test_a_figure_depends_on_its_recipe(changed: Recipe, results: Results) -> None:
    recipe = Recipe(square, ("run:default",))
    assert figure_key(changed, results) != figure_key(recipe, results)


def test_a_figure_depends_on_the_code_below_it(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = Recipe(square, ("run:default",))
    before = figure_key(recipe, results)
    monkeypatch.setattr(figures, "code_digest", lambda *_: "other code")
    assert figure_key(recipe, results) != before


def test_facts_are_written_down(places: Places, facts: Catalogue) -> None:
    facts(kernels=Recipe(lambda run: len(run.kernels()), ("run:default",)))
    Words(places).run()
    assert json.loads(places.words.read_text())["facts"]["kernels"] == "16"


@pytest.mark.parametrize(
    ("recipe", "line"),
    [
        (Recipe(broken), "fact loss: ZeroDivisionError: division by zero"),
        (Recipe(lambda: "nan %"), "fact loss: 'nan %' holds no finite number"),
        (Recipe(square, ("run:best",)), "fact loss: ValueError: `name` (='run:best') must be one"),
    ],
    ids=["raises", "NaN", "unknown input"],
)
def test_a_fact_that_fails_is_named_in_one_line(
    recipe: Recipe, line: str, places: Places, facts: Catalogue
) -> None:
    facts(loss=recipe)
    with pytest.raises(BuildError, match=re.escape(line)):
        Words(places).run()
    assert not places.words.exists()


def test_the_widgets_get_json_and_pictures(places: Places, monkeypatch: pytest.MonkeyPatch) -> None:
    two = Scope(only={"widget data": ["digits", "chelsea.png"]})  # all: test_widget_data
    places = replace(places, scope=two)
    monkeypatch.setattr(processes, "workers", lambda _: ThreadPoolExecutor(1))
    left_over = places.widgets / "left-over.json"
    left_over.parent.mkdir(parents=True)
    left_over.touch()
    WidgetData(places).run()
    assert sorted(path.name for path in left_over.parent.iterdir()) == [
        "chelsea.png",
        "digits.json",
    ]
    digits = json.loads((places.widgets / "digits.json").read_text())
    assert len(digits["images"]) == 10
