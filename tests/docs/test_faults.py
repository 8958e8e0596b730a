"""The page of faults names every fault, and tests that exist."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from pipeline.places import ROOT

PAGE = ROOT / "docs" / "faults.md"
TESTS = ROOT / "tests"
FAULTS = range(1, 75)
IMPOSSIBLE = {17}  # no test can show what the code has no place for
ROW = re.compile(r"^\| ([\d–, ]+) \|.*\| ([^|]*)\|$", re.MULTILINE)
NAMED = re.compile(r"`(test_\w+)`: |\*([a-z0-9 ]+)\*")


class Row(NamedTuple):
    """One row of the page."""

    numbers: list[int]
    tests: list[tuple[str, str]]  # a file and a function


def rows(page: str) -> Iterator[Row]:
    """The rows of all tables, in order."""
    for numbers, cell in ROW.findall(page):
        yield Row(list(_numbers(numbers)), list(_tests(cell)))


def _numbers(text: str) -> Iterator[int]:
    for part in text.split(", "):
        first, _, last = part.partition("–")
        yield from range(int(first), int(last or first) + 1)


def _tests(cell: str) -> Iterator[tuple[str, str]]:
    file = ""
    for other_file, sentence in NAMED.findall(cell):
        file = other_file or file
        if sentence:
            yield file, f"test_{sentence.replace(' ', '_')}"


def missing(tests: list[tuple[str, str]], folder: Path) -> list[str]:
    """The named tests that no file of their name below a folder has."""
    return [f"{file}: {test}" for file, test in tests if not _exists(file, test, folder)]


def _exists(file: str, test: str, folder: Path) -> bool:
    texts = (path.read_text(encoding="utf-8") for path in folder.rglob(f"{file}.py"))
    return any(f"def {test}(" in text for text in texts)


def test_every_fault_has_one_row() -> None:
    numbers = [number for row in rows(PAGE.read_text(encoding="utf-8")) for number in row.numbers]
    assert sorted(numbers) == list(FAULTS)


def test_every_row_names_tests_that_exist() -> None:
    found = list(rows(PAGE.read_text(encoding="utf-8")))
    assert [row.numbers for row in found if not row.tests] == [[n] for n in IMPOSSIBLE]
    assert [name for row in found for name in missing(row.tests, TESTS)] == []


def test_a_test_that_is_gone_is_found(tmp_path: Path) -> None:
    (tmp_path / "test_file.py").write_text("def test_one_stays() -> None: ...\n")
    page = "| 4–6, 9 | a fault | a line | `test_file`: *one stays*; *one is gone* |\n"
    (row,) = rows(page)
    assert row.numbers == [4, 5, 6, 9]
    assert missing(row.tests, tmp_path) == ["test_file: test_one_is_gone"]
