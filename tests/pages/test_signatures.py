"""What the reference makes of docstrings and signatures, with the options of mkdocs.yml."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import griffe
import pytest

from docs.reference import handler_options, loaded
from docstrings import as_griffe_reads

Read = Callable[[str], griffe.Module]
TORN = '''
def turned(kernel):
    """A kernel, turned round.

    Returns:
        The kernel with its rows in another order, and
        its columns, too: the last comes first.
    """
'''


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """A module, read as the reference reads the package."""

    def module(code: str, options: dict[str, Any] | None = None) -> griffe.Module:
        (tmp_path / "planted.py").write_text(code, encoding="utf-8")
        return loaded("planted", tmp_path, options or handler_options())

    return module


def returned(function: griffe.Object) -> list[Any]:
    assert function.docstring
    [section] = [each for each in function.docstring.parsed if each.kind.value == "returns"]
    return list(section.value)


def test_a_result_is_one_item_over_two_lines_and_a_colon(read: Read):
    [whole] = returned(read(TORN)["turned"])
    assert whole.name == ""
    assert whole.annotation is None
    assert whole.description.startswith("The kernel with")
    assert whole.description.endswith("its columns, too: the last comes first.")


def test_without_the_options_the_planted_result_is_torn_in_two(read: Read):
    options = {key: value for key, value in handler_options().items() if key != "docstring_options"}
    assert len(returned(read(TORN, options)["turned"])) == 2


def test_words_before_a_colon_are_no_type_of_the_result(read: Read):
    code = 'def angle() -> float:\n    """One.\n\n    Returns:\n        Degrees: 0 is up.\n    """'
    [whole] = returned(read(code)["angle"])
    assert (str(whole.annotation), whole.description) == ("float", "Degrees: 0 is up.")


def test_a_result_is_marked_once():
    once = as_griffe_reads("Two.\n\nReturns:\n    Degrees.\n")
    assert as_griffe_reads(once) == once


def test_the_example_of_a_docstring_is_shown_as_code(read: Read):
    code = 'def two():\n    """Two.\n\n    Example:\n        >>> 1 + 1\n        2\n    """'
    docstring = read(code)["two"].docstring
    assert docstring
    assert [section.kind.value for section in docstring.parsed] == ["text", "examples"]


@pytest.mark.parametrize(
    ("default", "shown"),
    [
        ("Config.steps", "14"),
        ("MEAN", "0.1307"),
        ("STD", "0.3081"),
        ("AGAIN", "14"),
        ("WORDS[1]", '"b"'),
        ("STORE", 'Path("runs")'),
        ("'same'", '"same"'),
        ("f'\"{WORDS}'", "f'\"{WORDS}'"),
        ("-1", "-1"),
        ("math.inf", "math.inf"),
        ("short", "short"),
        ("WORDS[7]", "WORDS[7]"),
        ("GONE", "GONE"),
    ],
)
def test_a_default_is_its_value(read: Read, default: str, shown: str):
    code = f"""
import math
from dataclasses import dataclass
from pathlib import Path

MEAN, STD = 0.1307, 0.3081
WORDS = ("a", "b")
STORE = Path('runs')

@dataclass
class Config:
    steps: int = 14

AGAIN = Config.steps

def short(): ...
def asked(one={default}): ...
"""
    assert str(read(code)["asked"].parameters["one"].default) == shown


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Float[np.ndarray, ' n']", 'Float[np.ndarray, "n"]'),
        ("Float[np.ndarray, 'rows columns'] | None", 'Float[np.ndarray, "rows columns"] | None'),
        ("tuple[Int[np.ndarray, ' a '], str]", 'tuple[Int[np.ndarray, "a"], str]'),
        ("Literal[' a']", 'Literal[" a"]'),
    ],
)
def test_a_shape_stands_without_stray_blanks(read: Read, written: str, shown: str):
    code = "import numpy as np\nfrom jaxtyping import Float, Int\nfrom typing import Literal\n"
    code += f"def asked(one: {written}) -> {written}: ...\n"
    asked = read(code)["asked"]
    assert str(asked.parameters["one"].annotation) == str(asked.returns) == shown


@pytest.mark.parametrize("kind", ["NamedTuple", "typing.NamedTuple"])
def test_a_named_tuple_has_the_signature_of_its_fields(read: Read, kind: str):
    code = "import typing\nfrom typing import NamedTuple\nSIDE = 5\n"
    code += f"class Maps({kind}):\n    before: int\n    side: int = SIDE\n    count = 3\n"
    made = read(code)["Maps"].members["__init__"]
    shown = [(each.name, str(each.default)) for each in made.parameters]
    assert shown == [("self", "None"), ("before", "None"), ("side", "5")]
