"""Figures, facts and claims on a page, and pages that ask for what there is not."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from mkdocs.exceptions import PluginError

from hooks import results

FIGURE = '<figure id="four-rows"><img src="%BASE%figures/four-rows.svg" alt="…"></figure>'


@pytest.fixture(autouse=True)
def docs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A build with one figure, one fact and one claim, and no page yet."""
    for name in ("docs/tutorials", "figures"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "figures" / "four-rows.html").write_text(FIGURE)
    words = {"facts": {"accuracy": "98.6 %"}, "claims": {"edges": '<p id="%BASE%">Edges.</p>'}}
    (tmp_path / "words.json").write_text(json.dumps(words))
    monkeypatch.setattr(results, "DOCS", tmp_path / "docs")
    monkeypatch.setattr(results, "FIGURES", tmp_path / "figures")
    monkeypatch.setattr(results, "WORDS", tmp_path / "words.json")
    results._words.cache_clear()
    yield tmp_path / "docs"
    results._words.cache_clear()


def page(url: str = "learning/12-weights/", **meta: object) -> SimpleNamespace:
    return SimpleNamespace(url=url, meta=meta, file=SimpleNamespace(src_uri="learning/12.md"))


def test_a_page_that_asks_for_what_there_is_passes(docs: Path) -> None:
    text = "<!-- figure: four-rows -->\n<!-- claim: edges -->\n{{ fact.accuracy }}\n"
    (docs / "index.md").write_text(text)
    results.on_pre_build(config=None)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("<!-- figure: five-rows -->", "unknown figure `five-rows`; cnnfilters/figures lists them"),
        ("<!-- figure: four rows -->", "unknown figure `four rows`"),
        ("<!-- figure: -->", "unknown figure ``"),
        ("<!-- figure: ../four-rows -->", "unknown figure `../four-rows`"),
        ("<!-- claim: lines -->", "unknown claim `lines`; cnnfilters/claims.py lists them"),
        ("{{ fact.loss }}", "unknown fact `loss`"),
        ("---\ndescription: '{{ fact.loss }}'\n---\n# Title", "unknown fact `loss`"),
        ("{{ accuracy }}", "`{{ accuracy }}` is no fact"),
        ("<!-- claims: best -->", "unknown list of claims `best`"),
    ],
)
def test_a_page_that_asks_for_more_is_named(text: str, message: str, docs: Path) -> None:
    (docs / "learning").mkdir()
    (docs / "learning" / "12.md").write_text(f"# Weights\n\n{text}\n")
    with pytest.raises(PluginError) as caught:
        results.on_pre_build(config=None)
    assert str(caught.value).startswith(f"learning/12.md: {message}")
    assert "\n" not in str(caught.value)


def test_a_tutorial_that_asks_for_an_unknown_figure_is_named(docs: Path) -> None:
    text = "# %% [markdown]\n# <!-- figure: five-rows -->\n\n# %%\nf'{{braces}}'\n"
    (docs / "tutorials" / "01.py").write_text(text)
    with pytest.raises(PluginError, match=r"^tutorials/01\.py: unknown figure `five-rows`"):
        results.on_pre_build(config=None)


def test_new_words_are_read_before_each_build(docs: Path) -> None:
    (docs / "index.md").write_text("{{ fact.loss }}")
    with pytest.raises(PluginError):
        results.on_pre_build(config=None)
    results.WORDS.write_text('{"facts": {"loss": "0.05"}}')
    results.on_pre_build(config=None)


def test_facts_go_into_text_and_front_matter() -> None:
    shown = page(description="At {{ fact.accuracy }}.", number=12)
    filled = results.on_page_markdown("It has {{ fact.accuracy }}.", page=shown)
    assert filled == "It has 98.6 %."
    assert shown.meta == {"description": "At 98.6 %.", "number": 12}


def test_an_unknown_fact_of_a_generated_page_is_named() -> None:
    with pytest.raises(PluginError, match=r"^learning/12\.md: unknown fact `loss`"):
        results.on_page_markdown("{{ fact.loss }}", page=page())


@pytest.mark.parametrize(
    ("url", "base"), [("", "./"), ("learning/12-weights/", "../../"), ("404.html", "./")]
)
def test_figures_and_claims_find_the_sites_root_from_any_page(url: str, base: str) -> None:
    content = "<p>See:</p>\n<!-- figure: four-rows -->\n<!-- claim: edges -->"
    shown = results.on_page_content(content, page=page(url))
    assert f'src="{base}figures/four-rows.svg"' in shown
    assert f'<p id="{base}">Edges.</p>' in shown
    assert "<!--" not in shown
    assert "%BASE%" not in shown
