"""What the tiny build leaves out, and that what it keeps exists."""

from __future__ import annotations

import pytest

from cnnfilters.claims import CLAIMS
from cnnfilters.config import TrainConfig
from cnnfilters.experiments import EXPERIMENTS
from cnnfilters.facts import FACTS
from cnnfilters.figures import FIGURES
from cnnfilters.widget_data import WIDGET_DATA
from pages.marks import FACT, FIGURE
from pipeline.places import DOCS
from pipeline.profile import KEPT, VARIABLE, kept, kept_pages, shortened

CATALOGUES = {
    "claims": CLAIMS,
    "experiments": EXPERIMENTS,
    "facts": FACTS,
    "figures": FIGURES,
    "widget data": WIDGET_DATA,
    "pages": {path.relative_to(DOCS).as_posix(): path for path in DOCS.rglob("*")},
}


@pytest.fixture
def tiny(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(VARIABLE, "tiny")


def test_every_catalogue_has_what_is_kept_of_it() -> None:
    assert CATALOGUES.keys() == KEPT.keys()
    assert [kind for kind in KEPT if KEPT[kind] - CATALOGUES[kind].keys()] == []


@pytest.mark.usefixtures("tiny")
def test_a_tiny_build_makes_what_its_pages_ask_for_and_no_more() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in kept_pages(DOCS, "*.md"))
    assert set(FIGURE.findall(text)) == kept("figures", FIGURES).keys()
    assert set(FACT.findall(text)) == kept("facts", FACTS).keys()


@pytest.mark.usefixtures("tiny")
def test_a_tiny_build_trains_shortly() -> None:
    assert shortened(TrainConfig()) == TrainConfig(steps=5, train_size=200, snapshots=2)


def test_the_whole_build_leaves_nothing_out() -> None:
    assert kept("figures", FIGURES) == FIGURES
    assert kept_pages(DOCS, "*.md") == sorted(DOCS.rglob("*.md"))
    assert shortened(TrainConfig()) == TrainConfig()
