"""Figures, facts and claims on a page, and pages that ask for what there is not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pages.measured import Measured
from pipeline.processes import BuildError

FIGURE = '<figure id="four-rows"><img src="%BASE%figures/four-rows.svg" alt="…"></figure>'


@pytest.fixture
def measured(tmp_path: Path) -> Measured:
    """A build with one figure, one fact and one claim."""
    (tmp_path / "four-rows.html").write_text(FIGURE, encoding="utf-8")
    words = {
        "facts": {"accuracy": "98.6 %"},
        "claims": {"edges": '<p id="%BASE%">Edges.</p>'},
        "verdicts": {"edges": '<a href="%BASE%">supported</a>'},
    }
    (tmp_path / "words.json").write_text(json.dumps({**words, "contradicted": []}))
    return Measured.read(tmp_path / "words.json", tmp_path)


def test_a_page_that_asks_for_what_there_is_passes(measured: Measured) -> None:
    measured.check(
        "<!-- figure: four-rows -->\n<!-- claim: edges -->\n{{ fact.accuracy }}\n", "x.md"
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!-- figure: five-rows -->", "unknown figure `five-rows`; cnnfilters/figures lists them"),
        ("<!-- figure: four rows -->", "unknown figure `four rows`"),
        ("<!-- figure: -->", "unknown figure ``"),
        ("<!-- figure: ../four-rows -->", "unknown figure `../four-rows`"),
        ("So it is (<!-- verdict: lines -->).", "unknown claim `lines`"),
        ("<!-- claim: lines -->", "unknown claim `lines`; cnnfilters/experiments lists them"),
        ("{{ fact.loss }}", "unknown fact `loss`"),
        ("---\ndescription: '{{ fact.loss }}'\n---\n# Title", "unknown fact `loss`"),
        ("{{ accuracy }}", "`{{ accuracy }}` is no fact"),
        ("<!-- claims: best -->", "unknown list of claims `best`"),
    ],
)
def test_a_page_that_asks_for_more_is_named(text: str, message: str, measured: Measured) -> None:
    with pytest.raises(BuildError) as caught:
        measured.check(f"# Weights\n\n{text}\n", "learning/12.md")
    assert str(caught.value).startswith(f"learning/12.md: {message}")
    assert "\n" not in str(caught.value)


def test_a_tutorial_may_hold_braces_and_no_unknown_figure(measured: Measured) -> None:
    measured.check("# %%\nf'{{braces}}'\n", "tutorials/01.py")
    with pytest.raises(BuildError, match=r"^tutorials/01\.py: unknown figure `five-rows`"):
        measured.check("# %% [markdown]\n# <!-- figure: five-rows -->\n", "tutorials/01.py")


def test_facts_go_into_text(measured: Measured) -> None:
    assert measured.in_text("It has {{ fact.accuracy }}.", "x.md") == "It has 98.6 %."


@pytest.mark.parametrize("base", ["./", "../../"])
def test_figures_and_claims_find_the_sites_root_from_any_page(
    base: str, measured: Measured
) -> None:
    content = "<p>See:</p>\n<!-- figure: four-rows -->\n<!-- claim: edges -->"
    shown = measured.in_html(content, base)
    assert f'src="{base}figures/four-rows.svg"' in shown
    assert f'<p id="{base}">Edges.</p>' in shown
    assert "<!--" not in shown
    assert "%BASE%" not in shown


def test_a_verdict_goes_into_a_sentence(measured: Measured) -> None:
    content = measured.in_html("<p>Edges (<!-- verdict: edges -->).</p>", "../")
    assert content == '<p>Edges (<a href="../">supported</a>).</p>'
