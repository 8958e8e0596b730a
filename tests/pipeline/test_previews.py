"""What a page's preview picture is made from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pipeline.places import Places
from pipeline.processes import BuildError
from steps import previews


@pytest.fixture
def docs(places: Places) -> Path:
    (places.docs / "tutorials").mkdir(parents=True)
    return places.docs


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("a.md", "---\nquestion: Why?\n---\n# The `kernel`\n", ("The kernel", "Why?")),
        ("a.md", "# Kernels { #kernels }\n\n# Another\n", ("Kernels", "")),
        ("a.md", "---\n---\n# Kernels\n", ("Kernels", "")),
        ("tutorials/01.py", "# %% [markdown]\n# # Look at *kernels*\n", ("Look at kernels", "")),
    ],
    ids=["question", "anchor", "empty head", "tutorial"],
)
def test_a_page_gives_its_title_and_question(
    name: str, text: str, words: tuple[str, str], docs: Path, places: Places
) -> None:
    (docs / name).write_text(text)
    assert previews._pages(places) == {name: words}


@pytest.mark.parametrize("head", ["question: why: not", "- a\n- b", "question: [1"])
def test_a_head_that_is_no_yaml_is_named(head: str, docs: Path, places: Places) -> None:
    (docs / "a.md").write_text(f"---\n{head}\n---\n# Kernels\n")
    with pytest.raises(BuildError, match=re.escape("a.md: the lines between --- are no YAML")):
        previews._pages(places)
