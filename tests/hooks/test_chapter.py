import logging
from types import SimpleNamespace
from typing import Any

import pytest

from hooks import chapter

META = {
    "number": 12,
    "question": "Are *they* edges?",
    "minutes": 15,
    "goals": ["read a kernel", "say $a < b$"],
    "description": "What the weights look like.",
}
TITLE = '<h1 id="weights">Reading the weights<a class="headerlink" href="#weights">#</a></h1>'


def page(**meta: Any) -> SimpleNamespace:
    return SimpleNamespace(
        meta=meta, title="Reading the weights", file=SimpleNamespace(src_uri="learning/12.md")
    )


def test_a_chapter_opens_with_number_question_minutes_and_goals():
    html = chapter.on_page_content(f"{TITLE}<p>Text.</p>", page=page(**META))
    assert html.startswith(
        '<h1 id="weights"><span class="cf-number">12.</span> Reading the weights<a'
    )
    assert '<p class="cf-question">Are <em>they</em> edges?</p>' in html
    assert "In about 15 minutes you will be able to</p><ul><li>read a kernel</li>" in html
    assert '<span class="arithmatex">\\(a &lt; b\\)</span>' in html  # for the formula hook
    assert html.endswith("</div><p>Text.</p>")


def test_the_number_stands_before_the_title_in_the_navigation():
    chapters_page = page(**META)
    chapter.on_page_content(TITLE, page=chapters_page)
    assert chapters_page.title == "12. Reading the weights"


def test_a_page_without_a_number_is_left_alone():
    assert chapter.on_page_content(TITLE, page=page()) == TITLE


@pytest.mark.parametrize("missing", chapter.NEEDED)
def test_a_chapter_that_lacks_a_key_warns_and_names_it(
    missing: str, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.WARNING):
        chapter.on_page_content(TITLE, page=page(**{**META, missing: ""}))
    [record] = caplog.records
    assert record.name.startswith("mkdocs.")
    assert record.getMessage() == (
        f"learning/12.md: a chapter needs `{missing}` in its front matter"
    )


@pytest.mark.parametrize(
    ("meta", "content", "fault"),
    [
        ({**META, "goals": "one"}, TITLE, "`goals` must be a list"),
        (META, "<p>No title.</p>", "a chapter needs a title: one line that starts with `# `"),
    ],
    ids=["goals", "title"],
)
def test_other_faults_are_named(meta: dict[str, Any], content: str, fault: str):
    assert chapter.faults(meta, content) == [fault]
