"""While pages are served, the steps of the build are made again only if something changed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from pages.memory import Memory
from pipeline.places import Places
from pipeline.scope import Scope


@pytest.fixture
def steps(tmp_path: Path) -> tuple[Memory, Places, list[Places]]:
    """A memory of steps that were made once."""
    places, made, memory = Places.apart(tmp_path, tmp_path / "cache", Scope()), [], Memory(on=True)
    for path in (places.words, places.figures / "dots.html", tmp_path / "cnnfilters" / "model.py"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("1")
    chapter(places, "<!-- claim: holds -->")
    memory.make_first(places, made.append)
    return memory, places, made


def chapter(places: Places, text: str) -> None:
    path = places.docs / "learning" / "11-training.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\nnumber: 11\nminutes: 3\n---\n# Training\n\n{text}\n")


Steps = tuple[Memory, Places, list[Places]]


def test_an_edited_sentence_asks_for_no_step_of_the_build(steps: Steps) -> None:
    memory, places, made = steps
    chapter(places, "Edited. <!-- claim: holds -->")
    memory.make_first(places, made.append)
    assert made == [places]


@pytest.mark.parametrize(
    "change",
    [
        lambda places: chapter(places, "No claim."),
        lambda places: (places.root / "cnnfilters" / "model.py").write_text("22"),
        lambda places: (places.figures / "dots.html").unlink(),
        lambda places: places.words.write_text("22"),
    ],
    ids=["claim moved", "code", "figure gone", "other words"],
)
def test_steps_are_made_again_when_something_changed(
    steps: Steps, change: Callable[[Places], Any]
) -> None:
    memory, places, made = steps
    change(places)
    memory.make_first(places, made.append)
    assert made == [places, places]


def test_an_edit_while_the_steps_are_made_is_not_lost(steps: Steps) -> None:
    memory, places, made = steps
    code = places.root / "cnnfilters" / "model.py"
    code.write_text("22")
    memory.make_first(places, lambda _: made.append(code.write_text("333") and places))  # type: ignore[arg-type]
    memory.make_first(places, made.append)
    assert len(made) == 3


def test_steps_that_failed_are_tried_again(steps: Steps) -> None:
    memory, places, made = steps
    (places.root / "cnnfilters" / "model.py").write_text("22")
    for _ in range(2):
        with pytest.raises(ZeroDivisionError):
            memory.make_first(places, lambda _: made.append(places) or 1 / 0)  # type: ignore[func-returns-value]
    assert len(made) == 3
