"""What code does, as a digest that neither moving it nor another comment changes."""

from __future__ import annotations

import ast
import inspect
import json
import sys
import textwrap
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any

import numpy as np

from cnnfilters.provenance import _structure, digest  # a tree that each Python tells alike

PACKAGE = "cnnfilters"


def meaning(*roots: Callable[..., Any]) -> str:
    """A digest of these functions and classes, and of all of the package that they may call.

    Each is taken without its docstring, comments and layout, and without the name of its module.
    Constants count by name and value. What another package does, its version tells.

    Args:
        roots: Functions or classes of the package.

    Returns:
        Twenty hexadecimal digits.

    Example:
        >>> from cnnfilters.words import number
        >>> meaning(number) == meaning(number, number)
        True
    """
    texts, todo, seen = set[str](), list[Any](roots), set[Any]()
    while todo:
        code = inspect.unwrap(todo.pop())
        if code not in seen:
            seen.add(code)
            tree = _tree(code)
            texts.add(json.dumps(_structure(tree)))
            for name, value in _used(tree, vars(sys.modules[code.__module__])):
                texts.add(f"{name} = {_told(value, todo)}")
    return digest(*sorted(texts))


def _tree(code: Callable[..., Any]) -> ast.Module:
    """Its source without docstrings."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(code)))
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
            node.body = [line for line in node.body if not _is_text(line)] or [ast.Pass()]
    return tree


def _is_text(line: ast.AST) -> bool:
    return isinstance(line, ast.Expr) and isinstance(line.value, ast.Constant)


def _used(tree: ast.Module, known: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The values of the names in a piece of code, and what it imports inside."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in known:
            yield node.id, known[node.id]
        elif isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            owner = known.get(node.value.id)
            if isinstance(owner, ModuleType) and _is_ours(owner.__name__):
                yield node.attr, getattr(owner, node.attr)
        elif isinstance(node, ast.ImportFrom) and _is_ours(node.module or ""):
            module = import_module(str(node.module))
            yield from ((alias.name, getattr(module, alias.name)) for alias in node.names)


def _told(value: Any, todo: list[Any]) -> str:
    """A value in words; functions and classes of the package are named, and remain to be read."""
    if inspect.isroutine(inspect.unwrap(value)) or inspect.isclass(value):
        if _is_ours(getattr(value, "__module__", "") or ""):
            todo.append(value)
        return str(value.__name__)
    if isinstance(value, partial):
        return _told([value.func, *value.args, value.keywords], todo)
    if isinstance(value, Mapping):
        pairs = (f"{_told(key, todo)}: {_told(each, todo)}" for key, each in value.items())
        return f"{{{', '.join(pairs)}}}"
    if isinstance(value, list | tuple):
        kind = "" if type(value) in {list, tuple} else _told(type(value), todo)
        return f"{kind}[{', '.join(_told(each, todo) for each in value)}]"
    if isinstance(value, set | frozenset):
        return _told(sorted(value), todo)
    if _is_ours(type(value).__module__) and hasattr(value, "__dict__"):
        return _told([type(value), vars(value)], todo)
    return _plain(value)


def _plain(value: Any) -> str:
    """A number or a text as itself; of a module or another package's object, its kind."""
    if isinstance(value, int | float | complex | str | bytes | None):
        return repr(value)
    if isinstance(value, np.ndarray):  # another processor may compute its last digits otherwise
        numbers = [f"{each:.6g}" for each in value.ravel().tolist()]
        return f"{value.dtype}{value.shape} {numbers}"
    return type(value).__name__


def _is_ours(module: str) -> bool:
    return module.split(".")[0] == PACKAGE
