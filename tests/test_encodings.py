"""Every file is read and written as what it is: Windows takes another encoding than UTF-8."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OURS = ("cnnfilters", "scripts", "docs/tutorials")
TEXT = {"read_text", "write_text", "open", "NamedTemporaryFile", "fdopen", "run", "Popen"}
PROCESS = {"run", "Popen"}  # read as text only where that is asked for
OTHERS = {"Image.open", "os.open"}  # pictures and descriptors


def unsaid(source: str) -> Iterator[int]:
    """Lines that read or write a text without naming its encoding."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) not in OTHERS:
            called = ast.unparse(node.func).rpartition(".")[2]
            if called in TEXT and _is_text(called, node) and not _says(node):
                yield node.lineno


def _is_text(called: str, call: ast.Call) -> bool:
    if called in PROCESS:
        return any(keyword.arg == "text" for keyword in call.keywords)
    return not any("b" in word and len(word) < 4 for word in _words(call))


def _says(call: ast.Call) -> bool:
    named = any(keyword.arg == "encoding" for keyword in call.keywords)
    return named or "utf-8" in _words(call)


def _words(call: ast.Call) -> list[str]:
    values = [value.value for value in call.args if isinstance(value, ast.Constant)]
    return [value for value in values if isinstance(value, str)]


def test_every_encoding_is_said(subtests: pytest.Subtests) -> None:
    for path in (path for folder in OURS for path in sorted(ROOT.glob(f"{folder}/**/*.py"))):
        with subtests.test(path.relative_to(ROOT).as_posix()):
            assert list(unsaid(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "lines"),
    [
        ("path.read_text()", [1]),
        ("\npath.write_text(text)", [2]),
        ("path.open()", [1]),
        ("open(path, 'w')", [1]),
        ("subprocess.run(command, text=True)", [1]),
        ("path.read_text(encoding='utf-8')", []),
        ("path.open('rb')", []),
        ("path.read_text('utf-8')", []),
        ("os.open(path, os.O_RDONLY)", []),
        ("subprocess.run(command)", []),
        ("subprocess.run(command, encoding='utf-8')", []),
    ],
)
def test_an_encoding_that_is_not_said_is_found(source: str, lines: list[int]) -> None:
    assert list(unsaid(source)) == lines
