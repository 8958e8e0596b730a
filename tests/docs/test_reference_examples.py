"""Public functions have an example; pytest runs them all."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import griffe

from docs.reference import Shown, all_shown, objects, package, shown_on

LEFT = 100  # without one, most of them of a whole Run or study: may only become fewer


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


def test_a_function_without_an_example_is_found():
    shown = shown_on("\n::: cnnfilters.store\n\n::: cnnfilters.convolution.convolve\n")
    assert "cnnfilters.store.train_missing" in without_example(public_functions(shown))
    assert "cnnfilters.convolution.correlation.convolve" not in without_example(
        public_functions(shown)
    )
