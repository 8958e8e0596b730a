"""Figures, facts and the widgets' data as files."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
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
from cnnfilters.widget_data import WIDGET_DATA
from pipeline import draw, processes, stamps
from pipeline.processes import BuildError

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
def cache(results: Results, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty cache beside the Runs of three short trainings."""
    monkeypatch.setattr(draw, "MANIFEST", results.folder / "build.json")
    monkeypatch.setattr(draw, "FIGURES", tmp_path / "figures")
    monkeypatch.setattr(draw, "WIDGETS", tmp_path / "widgets")
    monkeypatch.setattr(draw, "WORDS", tmp_path / "words.json")
    monkeypatch.setattr(stamps, "ROOT", tmp_path)
    monkeypatch.setattr(stamps, "STAMPS", tmp_path / "stamps")
    return tmp_path


Catalogue = Callable[..., None]


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Puts other figures into the catalogue."""
    return lambda **named: monkeypatch.setattr(cnnfilters.figures, "FIGURES", named)


@pytest.fixture
def facts(monkeypatch: pytest.MonkeyPatch) -> Catalogue:
    """Puts other facts into the catalogue, and no claim, which would take studies."""
    monkeypatch.setattr(cnnfilters.claims, "CLAIMS", {})
    return lambda **named: monkeypatch.setattr(cnnfilters.facts, "FACTS", named)


def test_a_figure_leaves_pictures_numbers_and_html(cache: Path, figures: Catalogue) -> None:
    figures(square=Recipe(square, ("run:default",)))
    draw.draw_one("square", "key")
    assert sorted(path.name for path in (cache / "figures").iterdir()) == [
        "square-narrow-dark.svg",
        "square-narrow-light.svg",
        "square-wide-dark.svg",
        "square-wide-light.svg",
        "square.csv",
        "square.html",
    ]
    assert (cache / "figures" / "square.csv").read_text() == "side,pixels\n1,72\n"
    for path in (cache / "figures").glob("*.svg"):
        assert ET.parse(path).getroot().tag.endswith("svg")
    text = (cache / "figures" / "square.html").read_text()
    assert 'id="square"' in text
    assert 'src="%BASE%figures/square-wide-light.svg"' in text
    assert "standing in for 16 kernels" in text
    assert not stamps.begin_if_stale("figure-square", "key")


def test_a_figure_that_fails_leaves_the_earlier_one(cache: Path, figures: Catalogue) -> None:
    figures(square=Recipe(square, ("run:default",)))
    draw.draw_one("square", "key")
    before = {path: path.read_bytes() for path in (cache / "figures").iterdir()}
    figures(square=Recipe(broken, ("run:default",)))
    with pytest.raises(ZeroDivisionError):
        draw.draw_one("square", "new key")
    assert {path: path.read_bytes() for path in (cache / "figures").iterdir()} == before
    assert stamps.begin_if_stale("figure-square", "new key")


def test_every_figure_that_fails_is_named_and_the_others_are_drawn(
    cache: Path, figures: Catalogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(processes, "workers", lambda: ThreadPoolExecutor(1))
    figures(a=Recipe(broken), b=Recipe(square, ("run:default",)), c=Recipe(broken))
    failed = "ZeroDivisionError: division by zero"
    with pytest.raises(BuildError, match=f"^figure a: {failed}; figure c: {failed}$"):
        draw.main("figures")
    assert {path.name.split("-")[0] for path in (cache / "figures").glob("*.svg")} == {"b"}
    assert stamps.begin_if_stale("figures", draw._key("cnnfilters.figures"))


def test_a_figure_of_a_result_that_no_build_makes_is_one_line(
    cache: Path, figures: Catalogue
) -> None:
    figures(square=Recipe(square, ("run:best",)))
    with pytest.raises(ValueError, match=r"^`name` \(='run:best'\) must be one of digits, pages, "):
        draw.main("figures")


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
    assert draw._figure_key(changed, results) != draw._figure_key(recipe, results)


def test_a_figure_depends_on_the_code_below_it(
    results: Results, monkeypatch: pytest.MonkeyPatch
) -> None:
    recipe = Recipe(square, ("run:default",))
    before = draw._figure_key(recipe, results)
    monkeypatch.setattr(draw, "code_digest", lambda *_: "other code")
    assert draw._figure_key(recipe, results) != before


def test_facts_are_written_down(cache: Path, facts: Catalogue) -> None:
    facts(kernels=Recipe(lambda run: len(run.kernels()), ("run:default",)))
    draw.main("words")
    assert json.loads((cache / "words.json").read_text())["facts"]["kernels"] == "16"


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
    recipe: Recipe, line: str, cache: Path, facts: Catalogue
) -> None:
    facts(loss=recipe)
    with pytest.raises(BuildError, match=re.escape(line)):
        draw.main("words")
    assert not (cache / "words.json").exists()


def test_the_widgets_get_json_and_pictures(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    two = {name: WIDGET_DATA[name] for name in ("digits", "chelsea.png")}  # all: test_widget_data
    monkeypatch.setattr(draw, "kept", lambda *_: two)
    monkeypatch.setattr(processes, "workers", lambda: ThreadPoolExecutor(1))
    left_over = cache / "widgets" / "left-over.json"
    left_over.parent.mkdir()
    left_over.touch()
    draw.main("widgets")
    assert sorted(path.name for path in left_over.parent.iterdir()) == [
        "chelsea.png",
        "digits.json",
    ]
    digits = json.loads((cache / "widgets" / "digits.json").read_text())
    assert len(digits["images"]) == 10
