"""Public functions have an example; pytest runs them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import griffe

from docs.reference import Shown, all_shown, handler_options, loaded, objects, package, shown_on

LEFT = 76  # without one, most of them of a whole Run or study: may only become fewer


def public_functions(shown: Iterable[Shown]) -> Iterator[griffe.Function]:
    """Functions of modules that a page shows, and those that a door lists."""
    names = {each.name for each in shown}
    for name in sorted(names):
        found = package()[name.removeprefix("cnnfilters.")] if "." in name else package()
        if isinstance(found, griffe.Alias):
            found = found.final_target
        if isinstance(found, griffe.Function):
            yield found
        elif found.is_module:
            yield from (each for each in objects(found) if _is_of(each, found))


def _is_of(found: griffe.Object, module: griffe.Object) -> bool:
    return isinstance(found, griffe.Function) and found.parent is module


def without_example(functions: Iterable[griffe.Function]) -> list[str]:
    return [
        each.path for each in functions if not (each.docstring and ">>>" in each.docstring.value)
    ]


def test_no_new_function_is_without_an_example():
    functions = list(public_functions(all_shown()))
    assert len(functions) > 300
    assert len(without_example(functions)) <= LEFT


def test_a_door_leads_to_the_function_behind_it():
    shown = shown_on("\n::: cnnfilters.convolution.convolve\n")
    assert [each.path for each in public_functions(shown)] == [
        "cnnfilters.convolution.correlation.convolve"
    ]


def test_a_function_without_an_example_is_found(tmp_path: Path):
    (tmp_path / "planted.py").write_text(
        'def shown():\n    """One.\n\n    >>> shown()\n    """\ndef told():\n    """Two."""\n'
        "def bare(): ...\n",
        encoding="utf-8",
    )
    planted = loaded("planted", tmp_path, handler_options())
    functions = [each for each in objects(planted) if isinstance(each, griffe.Function)]
    assert without_example(functions) == ["planted.told", "planted.bare"]
