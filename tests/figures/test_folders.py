"""A figure is found by its name: in the file called after it, in the folder of its part."""

from __future__ import annotations

import importlib
import subprocess
import sys
from pathlib import Path

import pytest

from cnnfilters import figures
from cnnfilters.figures import FIGURES, arithmetic, learning, operation, photographs, units
from cnnfilters.figures.drawing.figure import Figure

PARTS = (operation, arithmetic, learning, units, photographs)


def test_the_parts_together_are_the_catalogue_and_no_name_stands_twice() -> None:
    names = [name for part in PARTS for name in part.FIGURES]
    assert names == [*FIGURES]
    assert len(names) == len({*names})


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part.__name__.rpartition(".")[2])
def test_every_file_of_a_folder_draws_a_figure_of_its_catalogue(part) -> None:  # type: ignore[no-untyped-def]
    files = {path.stem for path in Path(part.__path__[0]).glob("[!_]*.py")}
    made_by = {recipe.make.__module__ for recipe in part.FIGURES.values()}
    assert made_by == {f"{part.__name__}.{name}" for name in files}


@pytest.mark.parametrize(
    ("module", "name"),
    [
        ("dot_product", "one_window"),
        ("feature_maps", "seven_maps"),
        ("kernels", "four_rows"),
        ("patches", "top_patches"),
        ("photo_filters", "photo_filters"),
    ],
)
def test_a_notebook_of_the_first_tutorials_still_runs(module: str, name: str) -> None:
    found = getattr(importlib.import_module(f"{figures.__name__}.{module}"), name)
    assert FIGURES[name.replace("_", "-")].make is found


def test_the_first_tutorial_still_finds_its_gradients_after_its_figure() -> None:
    program = (
        "from cnnfilters.figures.dot_product import one_window\n"
        "from cnnfilters.analysis.finite_differences import finite_differences\n"
        "print(finite_differences(lambda x: x[0] ** 2, [3.0]).round(3))"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert done.stdout == "[6.]\n"


def test_a_figure_is_still_where_it_was() -> None:
    assert importlib.import_module(f"{figures.__name__}.figure").Figure is Figure
