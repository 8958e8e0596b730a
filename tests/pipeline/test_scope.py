"""What the tiny build leaves out, and that what it keeps exists."""

from __future__ import annotations

import build
from cnnfilters.claims import CLAIMS
from cnnfilters.config import TrainConfig
from cnnfilters.experiments import EXPERIMENTS
from cnnfilters.facts import FACTS
from cnnfilters.figures import FIGURES
from cnnfilters.widget_data import WIDGET_DATA
from pages.marks import FACT, FIGURE
from pipeline.handing import from_json, to_json
from pipeline.places import ROOT, Places
from pipeline.scope import Scope

DOCS = ROOT / "docs"
TINY = build.places("tiny")
CATALOGUES = {
    "claims": CLAIMS,
    "experiments": EXPERIMENTS,
    "facts": FACTS,
    "figures": FIGURES,
    "widget data": WIDGET_DATA,
    "pages": {path.relative_to(DOCS).as_posix(): path for path in DOCS.rglob("*")},
}


def test_every_catalogue_has_what_is_kept_of_it() -> None:
    only = TINY.scope.only
    assert CATALOGUES.keys() == only.keys()
    assert [kind for kind in only if set(only[kind]) - CATALOGUES[kind].keys()] == []


def test_a_tiny_build_makes_what_its_pages_ask_for_and_no_more() -> None:
    pages = TINY.scope.pages(DOCS, "*.md")
    text = "".join(path.read_text(encoding="utf-8") for path in pages)
    assert set(FIGURE.findall(text)) == TINY.scope.part("figures", FIGURES).keys()
    assert set(FACT.findall(text)) == TINY.scope.part("facts", FACTS).keys()


def test_a_tiny_build_trains_shortly() -> None:
    short = TrainConfig(steps=5, train_size=200, snapshots=2)
    assert TINY.scope.trained(TrainConfig()) == short


def test_a_tiny_build_writes_into_its_own_folder_alone() -> None:
    read = {TINY.root, TINY.docs, TINY.measured}
    paths = {value for value in vars(TINY).values() if value not in (*read, TINY.scope)}
    assert all(path.is_relative_to(ROOT / "build" / "tiny") for path in paths)


def test_the_whole_build_leaves_nothing_out() -> None:
    whole = Scope()
    assert whole.part("figures", FIGURES) == FIGURES
    assert whole.pages(DOCS, "*.md") == sorted(DOCS.rglob("*.md"))
    assert whole.trained(TrainConfig()) == TrainConfig()


def test_places_are_the_same_in_another_process() -> None:
    assert from_json(Places, to_json(TINY)) == TINY
