"""Terms are linked once, in running text alone, and nothing else changes."""

from pathlib import Path

import pytest

from docs.chapters import DOCS
from pages.glossary import Term, link_terms, read_terms
from pipeline.processes import BuildError

TERMS = {"map": Term("map", "A picture."), "feature map": Term("feature-map", "Responses.")}


def linked(content: str) -> str:
    return link_terms(content, TERMS, "../glossary/")


def test_the_first_use_is_linked_with_its_definition() -> None:
    link = '<a class="cf-term" href="../glossary/#map" title="A picture.">Maps</a>'
    assert linked("<p>Maps, and a map.</p>") == f"<p>{link}, and a map.</p>"


def test_a_longer_term_wins() -> None:
    assert 'href="../glossary/#feature-map"' in linked("<p>A feature map.</p>")
    assert "#map" not in linked("<p>A feature map.</p>")


@pytest.mark.parametrize(
    "content",
    [
        "<h2>A map</h2>",
        "<p><code>map</code></p>",
        '<p><a href="x">map</a></p>',
        '<div class="cf-opening"><ul><li>map</li></ul></div>',
        "<details><p>map</p></details>",
        "<p>mapping</p>",
        "<figure><figcaption><p>map</p></figcaption></figure>",
    ],
)
def test_other_places_stay_as_they_are(content: str) -> None:
    assert linked(content) == content


def test_everything_else_is_copied_to_the_letter() -> None:
    content = (
        '<p class="a" data-x=\'1\'>&lt;&#39;&amp;é<br><img src="x" alt="y">\n'
        "<!-- figure: name --><math><mi>k</mi></math></p><hr />"
    )
    assert linked(content) == content


def test_text_after_a_void_element_is_still_running_text() -> None:
    assert "cf-term" in linked('<p><img src="x" alt="y"> map</p>')


def test_the_glossary_gives_each_term_a_sentence() -> None:
    terms = read_terms(DOCS / "glossary.md")
    anchors = (DOCS / "glossary.md").read_text(encoding="utf-8").count("{#")
    assert len(terms) == anchors
    assert terms["kernel"].definition.startswith("The small grid")


@pytest.mark.parametrize("definition", ["Has $x$ in it.", "No full stop", "Long " * 50 + "."])
def test_a_definition_that_hover_cannot_show_is_refused(tmp_path: Path, definition: str) -> None:
    page = tmp_path / "glossary.md"
    page.write_text(f"word {{#word}}\n:   {definition}\n", encoding="utf-8")
    with pytest.raises(BuildError, match="the definition of `word` must begin"):
        read_terms(page)
