"""Code that does the same has the same digest, and code that does something else another."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import cnnfilters
from cnnfilters.experiments import EXPERIMENTS
from pipeline.meaning import meaning

HELPER = '''
"""A module."""
import numpy as np
RATE, KINDS = 2, {"a": (1, 2)}
TABLE = np.arange(3)

def twice(x):
    """Words."""
    return RATE * x  # a comment
'''
MAIN = """
from functools import cache
from cnnfilters.PLANTED_helper import KINDS, TABLE, twice

class Kind:
    def of(self, x):
        return twice(x)

PLACE = {"kind": Kind}

@cache
def measure(x: int) -> Kind:
    from cnnfilters.words import number
    return PLACE["kind"]().of(x), KINDS, TABLE, number(x)
"""
Plant = Callable[..., str]


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plant]:
    """Writes two modules into the package, as a test wants them, and takes the digest."""
    monkeypatch.setattr(cnnfilters, "__path__", [*cnnfilters.__path__, str(tmp_path)])
    planted: list[str] = []

    def of(helper: str = HELPER, main: str = MAIN, at: str = "") -> str:
        name = f"planted{len(planted)}{at}"
        for part, text in (("helper", helper), ("main", main.replace("PLANTED", name))):
            (tmp_path / f"{name}_{part}.py").write_text(text, encoding="utf-8")
            planted.append(f"cnnfilters.{name}_{part}")
        importlib.invalidate_caches()
        return meaning(importlib.import_module(planted[-1]).measure)

    yield of
    for name in planted:
        sys.modules.pop(name, None)


def test_words_layout_and_place_change_nothing(plant: Plant) -> None:
    same = plant()
    assert plant(at="_elsewhere") == same
    assert plant(helper=HELPER.replace("Words.", "Other words.")) == same
    assert plant(helper=HELPER.replace("  # a comment", "")) == same
    assert plant(helper=HELPER.replace("(1, 2)", "(1,  2)")) == same
    assert plant(helper=HELPER + "\n\ndef unused():\n    return 7\n") == same


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("RATE * x", "RATE + x"),  # of a function behind a method
        ("RATE, KINDS = 2", "RATE, KINDS = 3"),
        ("(1, 2)", "(2, 1)"),
        ('{"a": ', '{"b": '),
        ("np.arange(3)", "np.arange(4)"),
        ("np.arange(3)", "np.arange(3.0)"),
    ],
)
def test_what_the_code_computes_changes_it(plant: Plant, was: str, now: str) -> None:
    assert was in HELPER
    assert plant(helper=HELPER.replace(was, now)) != plant()


@pytest.mark.parametrize(
    ("was", "now"),
    [
        ("return twice(x)", "return twice(x + 1)"),
        ("number(x)", "number(x + 1)"),
        ("KINDS, TABLE, number", "TABLE, KINDS, number"),
    ],
)
def test_so_does_what_asks_for_it(plant: Plant, was: str, now: str) -> None:
    assert was in MAIN
    assert plant(main=MAIN.replace(was, now)) != plant()


def test_each_experiment_measures_something_else() -> None:
    digests = {meaning(experiment.measure) for experiment in EXPERIMENTS.values()}
    assert len(digests) == len(EXPERIMENTS)
