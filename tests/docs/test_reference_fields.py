"""Every field of a public dataclass or NamedTuple has words: its meaning, its unit, its range."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import griffe
import pytest

from docs.reference import handler_options, loaded, objects, package
from signatures import TUPLE

Read = Callable[[str], griffe.Module]
PLANTED = '''
from dataclasses import dataclass
from typing import ClassVar, NamedTuple

@dataclass(frozen=True)
class Maps:
    """Maps.

    Attributes:
        before: Of ReLU.
        gone: No longer there.
    """

    before: int
    after: int
    _hidden: int = 0
    LARGEST: ClassVar[int] = 3

class Place(NamedTuple):
    row: int

    @property
    def below(self) -> int:
        return self.row + 1
'''


@pytest.fixture
def read(tmp_path: Path) -> Read:
    def module(code: str) -> griffe.Module:
        (tmp_path / "planted.py").write_text(code, encoding="utf-8")
        return loaded("planted", tmp_path, handler_options())

    return module


def records(module: griffe.Module) -> Iterator[griffe.Class]:
    """Its public dataclasses and NamedTuples."""
    for each in objects(module):
        if isinstance(each, griffe.Class) and each.labels & {"dataclass", TUPLE}:
            yield each


def fields(record: griffe.Class) -> set[str]:
    """What it is made with, as its signature has it."""
    made = record.members.get("__init__")
    assert isinstance(made, griffe.Function)
    return {each.name for each in made.parameters if not each.name.startswith("_")} - {"self"}


def described(record: griffe.Class) -> dict[str, str]:
    """The words of each name in its section `Attributes:`."""
    sections = record.docstring.parsed if record.docstring else []
    return {
        each.name: each.description
        for section in sections
        if section.kind.value == "attributes"
        for each in section.value
    }


def without_words(record: griffe.Class) -> list[str]:
    """Its fields that have none, neither there nor where they come from."""
    told = {
        name: words
        for each in (*record.mro()[::-1], record)
        for name, words in described(each).items()
    }
    return sorted(f"{record.path}.{name}" for name in fields(record) if not told.get(name))


def gone(record: griffe.Class) -> list[str]:
    """Names with words that the class has no longer."""
    return sorted(
        f"{record.path}.{name}" for name in described(record) if name not in record.members
    )


def test_every_field_has_words():
    found = list(records(package()))
    assert len(found) > 70
    assert [name for record in found for name in without_words(record)] == []
    assert [name for record in found for name in gone(record)] == []


def test_fields_without_words_and_words_without_fields_are_found(read: Read):
    maps, place = records(read(PLANTED))
    assert without_words(maps) == ["planted.Maps.after"]
    assert gone(maps) == ["planted.Maps.gone"]
    assert without_words(place) == ["planted.Place.row"]


def test_the_reasons_of_a_training_are_told():
    config = package()["config.TrainConfig"]
    assert isinstance(config, griffe.Class)
    told = described(config)
    assert "false frame" in told["padding"]
    assert "early steps move most" in told["snapshots"].replace("\n", " ")
