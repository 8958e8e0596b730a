"""No line of prose is turned into an item of a list, a heading or a quotation by accident."""

import ast
from pathlib import Path

import pytest

from docs.accidental_marks import accidental_marks, lonely_items
from docs.chapters import DOCS

PAGES = sorted(DOCS.rglob("*.md"))
TUTORIALS = sorted(DOCS.glob("tutorials/*.py"))
MODULES = sorted((DOCS.parent / "cnnfilters").rglob("*.py"))


def name(path: Path) -> str:
    return str(path.relative_to(DOCS.parent))


def tutorial_text(source: str) -> str:
    """The text cells of a tutorial in percent format."""
    cells = source.split("# %%")
    texts = [cell for cell in cells if cell.startswith(" [markdown]\n")]
    lines = [line for cell in texts for line in [*cell.split("\n")[1:], ""]]
    return "\n".join(line.removeprefix("#").removeprefix(" ") for line in lines)


def docstrings(source: str) -> list[str]:
    kinds = (ast.Module, ast.ClassDef, ast.FunctionDef)
    nodes = [node for node in ast.walk(ast.parse(source)) if isinstance(node, kinds)]
    return [text for node in nodes if (text := ast.get_docstring(node))]


@pytest.mark.parametrize("page", PAGES, ids=name)
def test_no_line_of_a_page_is_taken_for_a_mark(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert accidental_marks(text) == []
    assert lonely_items(text) == []


@pytest.mark.parametrize("tutorial", TUTORIALS, ids=name)
def test_no_line_of_a_tutorial_is_taken_for_a_mark(tutorial: Path) -> None:
    text = tutorial_text(tutorial.read_text(encoding="utf-8"))
    assert len(text) > 1_000
    assert accidental_marks(text) == []


def test_no_line_of_the_reference_is_taken_for_a_mark() -> None:
    texts = [text for path in MODULES for text in docstrings(path.read_text(encoding="utf-8"))]
    assert len(texts) > 500
    assert [fault for text in texts for fault in accidental_marks(text)] == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("1. The field is 11, the jump\n   4. The first adds 8.", "line 2 begins with `4.`"),
        ("1. The field is 11, the jump\n4. The first adds 8.", "line 2 begins with `4.`"),
        ("??? answer\n\n    25. All others are copies.", "line 3 begins with `25.`"),
        ("{{ fact.count }}. All others are copies.", "line 1 begins with `9.`"),
        ("1. There are\n   {{ fact.count }}. All others are copies.", "line 2 begins with `9.`"),
        ("- What is left is the sum\n  - 3 of it.", "line 2 begins with `-`"),
        ("What is left is the sum\n* 3 of it.", "line 2 begins with `*`"),
        ("It holds if the value is\n> 3 points.", "line 2 begins with `>`"),
        ("This is the patient with\n# 3 on the door.", "line 2 begins with `#`"),
        ("The first part\nof the ratio\n: the second.", ""),
        ("- The first part\n: the second.", "line 2 begins with `:`"),
        ("The norm is written\n| x |.", "line 2 begins with `|`"),
        ("2. The list began elsewhere.", "line 1 begins with `2.`"),
        ("1. One.\n\nA paragraph between.\n\n2. Two.", "line 5 begins with `2.`"),
    ],
)
def test_a_planted_mark_is_found(text: str, found: str) -> None:
    faults = accidental_marks(text)
    assert [fault[: len(found)] for fault in faults] == ([found] if found else [])


@pytest.mark.parametrize(
    "text",
    [
        "1. One.\n2. Two,\n   in two lines.\n\n    A paragraph of it.\n\n3. Three.",
        "- a\n- b\n\n    - within\n    - again\n\n- c",
        "| a | b |\n|---|---|\n| 1. | 2. |\n| 3. | 4. |",
        "term\n:   What it means.\n\nother\n:   What that means.",
        "$$\n4. x\n$$\n\n```text\nwrapped\n25. all\n```\n\n<!-- claim: it -->\n\nProse.",
        "---\ngoals:\n  - one\n---\n# A title\n\nIt was\n28 wide, with\n{{ fact.ink }}. So.",
    ],
)
def test_what_was_meant_is_left_alone(text: str) -> None:
    assert accidental_marks(text) == []


@pytest.mark.parametrize(
    ("answer", "found"),
    [
        ("1. All others are copies.", "an answer holds a list of one item"),
        ("1. The field is 11, the jump\n    2. The first adds 8.", "an item of an answer stops"),
    ],
)
def test_a_planted_item_of_an_answer_is_found(answer: str, found: str) -> None:
    faults = lonely_items(f'??? answer "How many?"\n\n    {answer}')
    assert [fault[: len(found)] for fault in faults] == [found]


def test_a_list_of_two_items_in_an_answer_is_left_alone() -> None:
    assert (
        lonely_items(
            '??? answer "How?"\n\n    1. So.\n    2. By:\n\n        $$\n        x\n        $$'
        )
        == []
    )
