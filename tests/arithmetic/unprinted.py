"""Which arguments of a layer its print does not hold, seen by changing each of them."""

from __future__ import annotations

import ast
import inspect
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from torch import nn

from arithmetic.modules_at_work import NAMES, REFUSALS, build
from cnnfilters.arithmetic import trace

# Where it computes and in which format: the table is of 32-bit numbers anywhere. With the places of
# a pooling two things come out, which no stack hands on; random samples are for PyTorch's tests.
APART = {"device", "dtype", "return_indices", "_random_samples"}
WORDS = ("same", "valid", "zeros", "reflect", "replicate", "circular", "none", "tanh")
WORDS += ("nearest", "nearest-exact", "linear", "bilinear", "bicubic", "trilinear", "area")


def given(code: str) -> dict[str, Any]:
    """The arguments of a call such as `nn.Conv2d(4, 6, 3)`, by name."""
    call = ast.parse(code, mode="eval").body
    assert isinstance(call, ast.Call)
    kind = eval(ast.unparse(call.func), dict(NAMES))
    call.func = ast.parse("lambda *values, **named: (values, named)", mode="eval").body
    values, named = eval(ast.unparse(call), dict(NAMES))
    return dict(inspect.signature(kind).bind(*values, **named).arguments)


def others(value: Any) -> Iterator[Any]:
    """Values that may stand in the place of one."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1, 2 * value)
    elif isinstance(value, float):
        yield from (value / 2, value + 1)
    elif isinstance(value, str):
        yield from WORDS
    elif isinstance(value, list | tuple):
        yield type(value)(member and 2 * member for member in value)
        yield type(value)((member or 0) + 1 for member in value)
    else:
        yield from (1, 2, 0.5, True, (2, 2), (0.5, 0.5))


def rows(module: nn.Module, shape: Sequence[int]) -> list[tuple[Any, ...]] | None:
    """All that the package's table shows of a layer; None where it refuses."""
    try:
        table = trace(module, tuple(shape)).rows
    except REFUSALS:
        return None
    return [
        (row.output_shape, row.parameters, row.macs, row.receptive_field, row.memory)
        for row in table
    ]


def made(kind: type[nn.Module], arguments: dict[str, Any]) -> nn.Module | None:
    """The layer, if PyTorch makes it."""
    try:
        return kind(**arguments)
    except REFUSALS:
        return None


def unprinted(name: str, cases: Sequence[tuple[str, Sequence[int]]]) -> tuple[set[str], set[str]]:
    """Arguments that change the table and not the print, and those that could not be changed.

    Args:
        name: Of a class of torch.nn.
        cases: Code that makes one, and an input; what PyTorch or the package refuses is left out.
    """
    kind = getattr(nn, name)
    left, untried = set[str](), {argument.name for argument in arguments_of(kind)}
    for code, shape in cases:
        if not code.removeprefix("nn.").startswith(f"{name}("):
            continue
        try:
            arguments, module = given(code), build(code)
        except REFUSALS:
            continue
        table = rows(module, shape)
        for argument, other in changed(kind, arguments) if table is not None else ():
            untried.discard(argument)
            hidden = repr(other) == repr(module)
            if hidden and rows(other, shape) not in (None, table):
                left.add(argument)
    return left, untried


def arguments_of(kind: type[nn.Module]) -> list[inspect.Parameter]:
    """Those that a reader may give, by name."""
    parameters = inspect.signature(kind).parameters.values()
    many = (inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD)
    return [each for each in parameters if each.kind not in many and each.name not in APART]


def changed(kind: type[nn.Module], arguments: dict[str, Any]) -> Iterator[tuple[str, nn.Module]]:
    """The layer with one argument changed, for each and each way in which PyTorch makes it."""
    for argument in arguments_of(kind):
        usual = None if argument.default is argument.empty else argument.default
        for other in chain(others(arguments.get(argument.name, usual)), others(usual)):
            module = made(kind, {**arguments, argument.name: other})
            if module is not None:
                yield argument.name, module
