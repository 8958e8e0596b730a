"""Signatures for the reference: defaults as values, shapes as they are meant, fields of tuples."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import griffe

TUPLE = "named tuple"  # how it is labelled, as griffe labels dataclasses
LONGEST = 240  # characters of a constant that is shown: three lines, and no table of a hundred
Written = griffe.Expr | str | None  # what stands in the source; griffe keeps a constant as text


class Signatures(griffe.Extension):
    """Write signatures anew once the package is read, before griffe makes those of dataclasses."""

    def on_package(self, *, pkg: griffe.Module, **_: Any) -> None:
        """Called by griffe for the whole package."""
        for each in list(_objects(pkg)):
            if isinstance(each, griffe.Function):
                _rewrite_function(each)
            elif isinstance(each, griffe.Attribute):
                _rewrite_constant(each)
        for each in list(_objects(pkg)):  # now that their fields are readable
            if isinstance(each, griffe.Class) and _is_tuple(each):
                each.set_member("__init__", _constructor(each))
                each.labels.add(TUPLE)
                each.bases = []  # the label says it


def value(written: Written) -> Written:
    """The value of a constant that stands where only its name would be shown.

    Args:
        written: A default: a constant, a name, `TABLE[0]`, or any other expression.

    Returns:
        What the named constant was set to; `written` itself where it names no constant of ours.
    """
    if isinstance(written, griffe.ExprSubscript):
        return _item(value(written.left), written.slice) or written
    if not isinstance(written, griffe.ExprName | griffe.ExprAttribute):
        return written
    found = _constant(written)
    return written if found is None else value(found)


def readable(written: Written, *, shape: bool = False) -> Written:
    """The same, with texts in double quotes, and shapes without the blank that hides a name.

    In `Float[np.ndarray, " n"]` the blank only keeps tools from looking for something called `n`.

    Args:
        written: An annotation or a default. Its parts are changed in place.
        shape: Whether it stands in the brackets of a jaxtyping array.
    """
    if isinstance(written, str):
        return _quoted(written, strip=shape)
    if isinstance(written, griffe.Expr) and is_dataclass(written):
        shape = shape or written.canonical_path.startswith("jaxtyping.")
        for field in fields(written):
            part = getattr(written, field.name)
            if isinstance(part, list):
                setattr(written, field.name, [readable(each, shape=shape) for each in part])
            elif field.name != "parent" and isinstance(part, griffe.Expr | str):
                setattr(written, field.name, readable(part, shape=shape))
    return written


def _objects(found: griffe.Object) -> Iterator[griffe.Object]:
    """Everything below an object that is defined there, not imported."""
    for member in found.members.values():
        if isinstance(member, griffe.Object):
            yield member
            yield from _objects(member)


def _rewrite_function(function: griffe.Function) -> None:
    function.returns = readable(function.returns)
    for parameter in function.parameters:
        parameter.annotation = readable(parameter.annotation)
        parameter.default = readable(value(parameter.default))


def _rewrite_constant(constant: griffe.Attribute) -> None:
    constant.annotation = readable(constant.annotation)
    constant.value = readable(value(constant.value))
    if len(str(constant.value)) > LONGEST:
        constant.value = None


def _is_tuple(found: griffe.Class) -> bool:
    return [str(base).rpartition(".")[2] for base in found.bases] == ["NamedTuple"]


def _constructor(found: griffe.Class) -> griffe.Function:
    """What a NamedTuple is called with: griffe knows that of dataclasses alone."""
    kind = griffe.ParameterKind.positional_or_keyword
    told = [
        griffe.Parameter(each.name, annotation=each.annotation, kind=kind, default=each.value)
        for each in found.attributes.values()
        if each.annotation is not None and "property" not in each.labels
    ]
    parameters = griffe.Parameters(griffe.Parameter("self", kind=kind), *told)
    return griffe.Function("__init__", parent=found, parameters=parameters, returns="None")


def _constant(name: griffe.ExprName | griffe.ExprAttribute) -> Written:
    """What the constant or the field of this package that a name stands for is set to."""
    first = name.first if isinstance(name, griffe.ExprAttribute) else name
    parent = getattr(first, "parent", None)
    if not isinstance(parent, griffe.Object):
        return None
    owner, _, last = name.canonical_path.rpartition(".")
    try:
        found = parent.modules_collection[owner or parent.module.path]
    except KeyError:
        return None  # of another package
    member = found.members.get(last)
    if isinstance(member, griffe.Attribute):
        return member.value
    return _unpacked(found, last) if member is None and found.is_module else None


def _unpacked(module: griffe.Module, name: str) -> str | None:
    """The value in `ONE, OTHER = 1, 2`, which griffe leaves out."""
    for line in ast.parse(module.source).body:
        match line:
            case ast.Assign(targets=[ast.Tuple(elts=names)], value=ast.Tuple(elts=values)):
                for target, number in zip(names, values, strict=False):
                    if isinstance(target, ast.Name) and target.id == name:
                        return ast.unparse(number)
    return None


def _item(row: Written, index: Written) -> str | None:
    """The entry of a table of constants."""
    try:
        return repr(ast.literal_eval(str(row))[ast.literal_eval(str(index))])
    except (ValueError, SyntaxError, LookupError, TypeError):
        return None


def _quoted(written: str, *, strip: bool) -> str:
    try:
        text = ast.literal_eval(written)
    except (ValueError, SyntaxError):
        return written  # a name, or a part of an f-string
    if not isinstance(text, str):
        return written
    return json.dumps(text.strip() if strip else text, ensure_ascii=False)
