"""A page's own file is read in one place, chapters and tutorials alike."""

from pathlib import Path

import pytest

from pages.chapter import Chapter
from pipeline.processes import BuildError

TEXT = """---
number: 12
question: "Are *they* edges?"
minutes: 15
---
# Reading the weights

number: 3 in the text is none.
"""


def read(folder: Path, text: str, name: str = "12-weights.md") -> Chapter:
    path = folder / "learning" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return Chapter.read(path, folder)


def test_a_chapter_says_number_title_question_and_minutes(tmp_path: Path) -> None:
    chapter = read(tmp_path, TEXT)
    assert (chapter.number, chapter.minutes) == (12, 15)
    assert chapter.heading == "12. Reading the weights"
    assert chapter.question == "Are *they* edges?"
    assert chapter.address == "learning/12-weights/"
    assert chapter.text.startswith("# Reading")


def test_a_tutorial_has_its_title_in_comments(tmp_path: Path) -> None:
    tutorial = read(tmp_path, "# %% [markdown]\n# # Look\n# At it.\n", "01-look.py")
    assert (tutorial.title, tutorial.number) == ("Look", 0)


@pytest.mark.parametrize("text", ["# Notes\n", "---\nnumber: twelve\n---\n# Notes\n"])
def test_a_page_without_a_number_is_no_chapter(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).number == 0


@pytest.mark.parametrize("head", ["a: [", "- a", "one"])
def test_front_matter_that_cannot_be_read_is_named(tmp_path: Path, head: str) -> None:
    with pytest.raises(BuildError, match=r"learning/12-weights\.md: the lines between --- are no"):
        read(tmp_path, f"---\n{head}\n---\n# Notes\n")
