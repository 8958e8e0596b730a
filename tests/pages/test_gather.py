"""What is gathered from chapters is theirs word for word, and its links lead where they led."""

from __future__ import annotations

from pathlib import Path

import pytest

from pages import gather
from pipeline.processes import BuildError

MOVING = """---
number: 2
minutes: 15
---
# Moving

!!! misconception "Often believed: it stands still"

    It moves, see [chapter 1](01-start.md) and
    [the lab](#lab).

!!! remember "What to remember"

    1. It moves.

## Exercise

Move it. The numbers are in [the tutorial](../tutorials/01-scratch.ipynb).

??? solution "Solution"

    {{ fact.moved }}, as [they say](https://example.org/a.md#b).

## Check yourself

??? question "Does $x$ move?"

    Yes, [as shown](#lab).

## Sources

1. Nobody.
"""
START = MOVING.replace("number: 2", "number: 1").replace("# Moving", "# Start")


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "operation"
    folder.mkdir()
    (folder / "02-moving.md").write_text(MOVING, encoding="utf-8")
    (folder / "01-start.md").write_text(START, encoding="utf-8")
    (folder / "notes.md").write_text("# Notes", encoding="utf-8")
    return tmp_path


def gathered(docs: Path, text: str, page: str = "all.md") -> str:
    return gather.gather(text, page, docs)


def test_chapters_come_in_the_order_of_their_numbers(docs: Path) -> None:
    shown = gathered(docs, "<!-- chapters: self-checks -->")
    assert shown.index("## Chapter 1: Start") < shown.index("## Chapter 2: Moving")


def test_self_checks_come_with_their_answers_and_a_way_back(docs: Path) -> None:
    shown = gathered(docs, "<!-- chapters: self-checks -->")
    assert "[Back to chapter 2](operation/02-moving.md#check-yourself)" in shown
    assert (
        '??? question "Does $x$ move?"\n\n    Yes, [as shown](operation/02-moving.md#lab).' in shown
    )
    assert "Sources" not in shown


def test_exercises_keep_facts_and_foreign_links_as_they_are(docs: Path) -> None:
    shown = gathered(docs, "<!-- chapters: exercises -->")
    assert "{{ fact.moved }}, as [they say](https://example.org/a.md#b)." in shown
    assert "[the tutorial](tutorials/01-scratch.ipynb)" in shown
    assert "[Back to chapter 2](operation/02-moving.md#exercise)" in shown


def test_misconceptions_become_boxes_that_open(docs: Path) -> None:
    shown = gathered(docs, "<!-- chapters: misconceptions -->")
    assert shown.count('??? misconception "Often believed: it stands still"') == 2
    assert "see [chapter 1](operation/01-start.md) and\n" in shown
    assert "[the lab](operation/02-moving.md#lab)." in shown
    assert "    From [2. Moving](operation/02-moving.md)" in shown
    assert "What to remember" not in shown


def test_links_are_right_from_a_folder_too(docs: Path) -> None:
    shown = gathered(docs, "<!-- chapter: 2 -->", page="reference/all.md")
    assert shown == "[2. Moving](../operation/02-moving.md)"


def test_a_chapter_that_is_not_there_is_named_without_a_link(docs: Path) -> None:
    assert gathered(docs, "Taught in <!-- chapter: 9 -->.") == "Taught in chapter 9."


def test_an_unknown_part_is_refused(docs: Path) -> None:
    with pytest.raises(BuildError, match=r"all\.md: unknown part `jokes` of chapters; there are"):
        gathered(docs, "<!-- chapters: jokes -->")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("## Check yourself", "## Check", "needs the section `## Check yourself`"),
        ("minutes: 15", "", "needs `number`, `minutes` and a title"),
        ("# Moving", "Moving", "needs `number`, `minutes` and a title"),
    ],
)
def test_a_chapter_that_lacks_something_is_named(
    docs: Path, old: str, new: str, message: str
) -> None:
    text = MOVING.replace(old, new, 1)
    (docs / "operation" / "02-moving.md").write_text(text, encoding="utf-8")
    with pytest.raises(BuildError, match=f"02-moving.md: a chapter {message}"):
        gathered(docs, "<!-- chapters: self-checks -->")


def test_other_pages_are_left_alone_and_no_chapter_is_read_for_them(tmp_path: Path) -> None:
    text = "Text. <!-- figure: a -->"
    assert gathered(tmp_path / "nowhere", text) == text
