from typing import Any

import pytest

from pages import opening

META = {
    "number": 12,
    "question": "Are *they* edges?",
    "minutes": 15,
    "goals": ["read a kernel", "say $a < b$"],
    "description": "What the weights look like.",
}
TITLE = '<h1 id="weights">Reading the weights<a class="headerlink" href="#weights">#</a></h1>'


def test_a_chapter_opens_with_number_question_minutes_and_goals():
    html = opening.opened(f"{TITLE}<p>Text.</p>", META)
    assert html.startswith(
        '<h1 id="weights"><span class="cf-number">12.</span> Reading the weights<a'
    )
    assert '<p class="cf-question">Are <em>they</em> edges?</p>' in html
    assert "In about 15 minutes you will be able to</p><ul><li>read a kernel</li>" in html
    assert '<span class="arithmatex">\\(a &lt; b\\)</span>' in html  # for the formula hook
    assert html.endswith("</div><p>Text.</p>")


@pytest.mark.parametrize("missing", opening.NEEDED)
def test_a_chapter_that_lacks_a_key_is_told_which(missing: str):
    assert opening.faults({**META, missing: ""}, TITLE) == [
        f"a chapter needs `{missing}` in its front matter"
    ]


@pytest.mark.parametrize(
    ("meta", "content", "fault"),
    [
        ({**META, "goals": "one"}, TITLE, "`goals` must be a list"),
        (META, "<p>No title.</p>", "a chapter needs a title: one line that starts with `# `"),
    ],
    ids=["goals", "title"],
)
def test_other_faults_are_named(meta: dict[str, Any], content: str, fault: str):
    assert opening.faults(meta, content) == [fault]
