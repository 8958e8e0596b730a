"""What a digest sees and what it overlooks."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from cnnfilters import provenance
from cnnfilters.provenance import (
    code_digest,
    imported_names,
    logic_digest,
    module_path,
    source_files,
    versions,
    wheel_file,
)

Write = Callable[..., None]
CACHED = (provenance._imports, provenance._read, code_digest, logic_digest, module_path)
DEEP = """
try: pass
except OSError:
    for x in (): pass
    else: import cnnfilters.run
match 1:
    case 1:
        with x: import cnnfilters.files
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Write]:
    """Writes modules of a package that stands in for ours."""
    folder = tmp_path / "cnnfilters"
    folder.mkdir()
    monkeypatch.setattr(provenance, "PACKAGE", folder)

    def forget() -> None:
        for cached in CACHED:
            cached.cache_clear()

    def write(**modules: str) -> None:
        for name, source in modules.items():
            (folder / f"{name}.py").write_text(source)
        forget()

    forget()
    yield write
    forget()


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("import cnnfilters.run as r", {"cnnfilters.run"}),
        ("from cnnfilters import run", {"cnnfilters", "cnnfilters.run"}),
        ("def f():\n    import cnnfilters.run", {"cnnfilters.run"}),
        (DEEP, {"cnnfilters.run", "cnnfilters.files"}),
        ("import numpy, cnnfilters_other", set()),
        ("from . import run", set()),
    ],
    ids=["import", "from", "in a function", "deep", "others", "relative"],
)
def test_imports_of_the_package_are_found(source: str, names: set[str]) -> None:
    assert imported_names(source) == names


def test_a_syntax_error_is_named_with_its_file_and_line() -> None:
    with pytest.raises(SyntaxError, match=r"\(lesson.py, line 2\)"):
        imported_names("x = 1\nif x", "lesson.py")


def test_a_module_depends_on_what_its_imports_import(package: Write) -> None:
    package(
        a="from cnnfilters.b import f", b="def f():\n    import cnnfilters.c", c="", other="x = 1"
    )
    assert [path.stem for path in source_files("cnnfilters.a")] == ["a", "b", "c"]


def test_modules_that_import_each_other_end(package: Write) -> None:
    package(a="import cnnfilters.b", b="import cnnfilters.a")
    assert [path.stem for path in source_files("cnnfilters.a")] == ["a", "b"]


def test_a_name_that_is_no_module_has_no_file() -> None:
    assert module_path("cnnfilters.run.Run") is None
    assert module_path("cnnfilters.figures") == provenance.PACKAGE / "figures" / "__init__.py"


@pytest.mark.parametrize("changed", ["a", "b"])
def test_the_code_digest_sees_every_change_of_a_module_and_its_imports(
    changed: str, package: Write
) -> None:
    package(a="import cnnfilters.b", b="x = 1", other="x = 1")
    before = code_digest("cnnfilters.a")
    package(other="x = 2")
    assert code_digest("cnnfilters.a") == before
    package(**{changed: "import cnnfilters.b  # why"})
    assert code_digest("cnnfilters.a") != before


CODE = 'def f(x):\n    """Docs."""\n    return x + 1  # why\n'


@pytest.mark.parametrize(
    "source",
    [
        "def f(x):\n    return x + 1",
        'def f(x):\n    """Other."""\n\n    return (\n        x + 1\n    )',
        '"""A module."""\n' + CODE,
    ],
    ids=["without comments", "other layout", "module docstring"],
)
def test_the_logic_digest_overlooks_words_and_layout(source: str, package: Write) -> None:
    package(a=CODE)
    before = logic_digest("cnnfilters.a")
    package(a=source)
    assert logic_digest("cnnfilters.a") == before


@pytest.mark.parametrize(
    "source",
    ["def f(x):\n    return x + 2", "def f(y):\n    return y + 1", CODE + "f(1)"],
    ids=["constant", "name", "statement"],
)
def test_the_logic_digest_sees_code(source: str, package: Write) -> None:
    package(a=CODE)
    before = logic_digest("cnnfilters.a")
    package(a=source)
    assert logic_digest("cnnfilters.a") != before


def test_the_logic_digest_is_the_same_on_a_python_that_knows_more_fields(
    package: Write, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python 3.12 gave functions `type_params`, 3.13 writes trees without what is empty."""

    def newer(source: str) -> ast.Module:
        tree = parse(source)
        for node in ast.walk(tree):
            node._fields = (*node._fields, "type_params", "type_hint")
            node.type_params, node.type_hint = [], None  # type: ignore[attr-defined]
        return tree

    package(a=CODE + "class A:\n    b: int = None\n")
    before, parse = logic_digest("cnnfilters.a"), ast.parse
    logic_digest.cache_clear()
    monkeypatch.setattr(provenance.ast, "parse", newer)
    assert logic_digest("cnnfilters.a") == before


def test_the_logic_digest_of_a_source_is_known(package: Write) -> None:
    """The same on every Python, or each upgrade trains every network again."""
    package(a='def f(x, *, y=None) -> "é":\n    return {1: [x[0], -1.5e3], **{}}\n')
    assert logic_digest("cnnfilters.a") == "7f38cb4b784c743ee4d5"


def test_versions_are_those_that_the_libraries_state() -> None:
    import numpy as np

    assert versions("numpy") == {"numpy": np.__version__}


@pytest.mark.parametrize(
    ("package", "message"),
    [("no_such_package", "not installed: pip install"), ("mlxtend", "missing from the installed")],
)
def test_a_missing_package_or_file_is_named(package: str, message: str) -> None:
    with pytest.raises(FileNotFoundError, match=message):
        wheel_file(package, "no-such-file")
