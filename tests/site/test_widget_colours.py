"""The widgets' own colours: the figures' palettes, each with a form, and a mark of two rings."""

from __future__ import annotations

import re
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest

from checks.figure_colours import PALETTES, luminances, ratio
from cnnfilters.figures.drawing.style import CATEGORIES
from figures.visions import GREY, VISIONS, seen

DOCS = Path(__file__).parents[2] / "docs"
SOURCES = [*sorted(DOCS.glob("assets/*.css")), *sorted(DOCS.glob("widgets/**/*.js"))]
TOKENS = DOCS / "assets/tokens.css"  # text and furniture, whose contrast axe measures
COLOUR = re.compile(r"#(?:[0-9a-f]{6}|[0-9a-f]{3})\b", re.IGNORECASE)
MARK = "#b45f06"  # the ring round the cell in question, with a white one inside it
RULE = re.compile(r"\.(cf-(?:fit|curve)-\w+) \{([^}]*)\}")


def stray_colours(text: str, known: set[str]) -> set[str]:
    """Colours that are neither grey nor of the palettes nor known otherwise."""
    found = {colour.lower() for colour in COLOUR.findall(text)}
    return {colour for colour in found - known if not in_palette(mpl.colors.to_rgb(colour))}


def in_palette(rgb: tuple[float, float, float]) -> bool:
    return np.ptp(rgb) == 0 or bool(np.abs(np.array(PALETTES) - rgb).max(axis=1).min() < 1e-6)


def forms(css: str) -> dict[str, str]:
    """How each category of a chart is drawn, its own colour left out."""
    own = re.compile("|".join(CATEGORIES))
    return {name: own.sub("", style).strip() for name, style in RULE.findall(css)}


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_no_colour_comes_from_elsewhere(source: Path) -> None:
    known = {colour.lower() for colour in COLOUR.findall(TOKENS.read_text(encoding="utf-8"))}
    assert stray_colours(source.read_text(encoding="utf-8"), known | {MARK}) == set()


def test_a_colour_from_elsewhere_is_caught() -> None:
    assert stray_colours("a { color: #008000; } b { color: #888; }", {MARK}) == {"#008000"}


def test_each_category_has_a_form_besides_its_colour() -> None:
    drawn = forms((DOCS / "assets/timeline.css").read_text(encoding="utf-8"))
    assert len(drawn) == 6  # three fits, three curves
    assert len(set(drawn.values())) == len(drawn)


def test_a_category_without_a_form_is_caught() -> None:
    css = "".join(
        f".cf-curve-{n} {{ stroke: {colour}; }}" for n, colour in enumerate(CATEGORIES[:2])
    )
    assert len(set(forms(css).values())) == 1


@pytest.mark.parametrize("vision", [*VISIONS, GREY])
def test_the_two_rings_of_the_mark_differ_whatever_lies_under_them(vision: str) -> None:
    rings = luminances(seen(np.array([mpl.colors.to_rgb(MARK), (1.0, 1.0, 1.0)]), vision))
    assert ratio(*map(float, rings)) >= 3
