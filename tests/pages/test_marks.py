"""Marks in pages, and the numbers that take their place."""

from __future__ import annotations

import re

import pytest

from pages.marks import CLAIM, FIGURE, fill
from pipeline.processes import BuildError

FACTS = {"accuracy": "98.6 %", "steps": "1,250"}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("At {{ fact.accuracy }}.", "At 98.6 %."),
        ("{{fact.steps}} steps, {{  fact.accuracy  }}", "1,250 steps, 98.6 %"),
        ("A {set} and a } } stay.", "A {set} and a } } stay."),
        ("", ""),
    ],
)
def test_facts_take_their_places(text: str, filled: str) -> None:
    assert fill(text, FACTS, "x.md") == filled


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{{ fact.loss }}", "x.md: unknown fact `loss`; cnnfilters/facts"),
        ("{{ accuracy }}", "x.md: `{{ accuracy }}` is no fact"),
        ("{{ fact.Accuracy }}", "x.md: `{{ fact.Accuracy }}` is no fact"),
        ("{{ fact.accuracy", "x.md: `{{ fact.accuracy` is no fact"),
        ("{{ fact.accuracy }} {{", "x.md: `{{` is no fact"),
        ("{{" + 99 * "x", "x.md: `{{" + 38 * "x" + "` is no fact"),
    ],
)
def test_what_is_no_fact_stops_the_build(text: str, message: str) -> None:
    with pytest.raises(BuildError, match=re.escape(message)):
        fill(text, FACTS, "x.md")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("<!-- figure: four-rows -->", ["four-rows"]),
        ("<!--figure:a--> and <!--  figure:   b  -->", ["a", "b"]),
        ("<!-- figure: two words -->", ["two words"]),
        ('<!-- figure: ../"><script> -->', ['../"><script>']),
        ("<!-- figure: -->", [""]),
        ("<!-- a comment about a figure -->", []),
    ],
)
def test_whatever_asks_for_a_figure_is_found(text: str, names: list[str]) -> None:
    assert FIGURE.findall(text) == names
    assert CLAIM.findall(text.replace("figure:", "claim:")) == names
