"""Every figure of the catalogue has a place on a page or in a tutorial."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from cnnfilters.figures import FIGURES
from pages.marks import FIGURE
from pipeline.places import ROOT

DOCS = ROOT / "docs"
TUTORIALS = DOCS / "tutorials"


def unplaced(figures: Iterable[str], texts: Iterable[str]) -> set[str]:
    """The figures that no text asks for."""
    return set(figures) - {name for text in texts for name in FIGURE.findall(text)}


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """All pages and tutorials."""
    paths = [*DOCS.rglob("*.md"), *TUTORIALS.glob("*.py")]
    return [path.read_text(encoding="utf-8") for path in paths]


def test_no_figure_is_drawn_for_nothing(texts: list[str]) -> None:
    assert unplaced(FIGURES, texts) == set()


def test_a_figure_that_no_page_shows_is_found(texts: list[str]) -> None:
    assert unplaced([*FIGURES, "four-rows-too-many"], texts) == {"four-rows-too-many"}
