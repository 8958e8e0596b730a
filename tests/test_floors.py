"""The floors of the package: pyproject.toml says them, import-linter checks them, in make lint."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from cnnfilters.provenance import PACKAGE

ROOT = PACKAGE.parent
SETTINGS = ROOT / "pyproject.toml"
CONTRACTS = tomllib.loads(SETTINGS.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
LINT = "from importlinter.cli import lint_imports_command; lint_imports_command()"
FLOORS = [layer.replace("\n", " ").split(":") for layer in reversed(CONTRACTS[0]["layers"])]
FOUR_ROWS = "figures.learning.four_rows"
PLANTED = [  # a module, a line in it, what it imports
    ("run", "from cnnfilters.training import train", "training"),
    ("digits", "def planted():\n    from cnnfilters import figures", "figures"),
    ("model", "import cnnfilters.analysis.kernels", "analysis.kernels"),
    ("analysis.forward", "from cnnfilters.figures.learning.four_rows import four_rows", FOUR_ROWS),
    ("analysis.nulls", "from ..figures.learning import four_rows", FOUR_ROWS),
    ("analysis.patches", "from cnnfilters import KERNELS", ""),
    ("analysis.kernels", "import matplotlib.pyplot", "matplotlib"),
    ("analysis.operation", "def planted():\n    import torch", "torch"),
    ("figures.learning.film_strip", "from torch import nn", "torch"),
    ("figures.drawing.svg", "from cnnfilters.figures.learning import four_rows", FOUR_ROWS),
    ("config", "def planted():\n    import scipy.stats", "scipy"),
    ("kernel_bank.named", "from sklearn import datasets", "sklearn"),
]
LIGHT = {
    "_distutils_hack",
    "cnnfilters",
    "jaxtyping",
    "numpy",
    "typing_extensions",
    "wadler_lindig",
}


@pytest.fixture(scope="module")
def said(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says of a package with all planted lines, and one module too many."""
    root = tmp_path_factory.mktemp("planted")
    for folder in ("cnnfilters", "scripts/pages"):
        shutil.copytree(ROOT / folder, root / folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(SETTINGS, root)
    with (root / "scripts/pages/finish.py").open("a", encoding="utf-8") as file:
        file.write("\ndef planted():\n    from mkdocs.utils import get_relative_url\n")
    for module, line, _ in PLANTED:
        path = root.joinpath("cnnfilters", *module.split(".")).with_suffix(".py")
        with path.open("a", encoding="utf-8") as file:
            file.write(f"\n{line}\n")
    (root / "cnnfilters" / "novelty.py").touch()
    command = [sys.executable, "-c", LINT, "--no-cache"]
    done = subprocess.run(command, cwd=root, check=False, capture_output=True, encoding="utf-8")
    assert done.returncode == 1, done.stderr
    return done.stdout


def test_planted_imports_are_found_and_no_others(said: str) -> None:
    found = re.findall(r"cnnfilters\.(\S+) -> (?:cnnfilters\.?)?(\S*)\s+\(l\.\d+\)", said)
    assert set(found) == {(module, imported) for module, _, imported in PLANTED}


def test_a_module_without_a_floor_is_found(said: str) -> None:
    assert "cnnfilters.novelty" in said


def test_a_page_that_asks_the_site_generator_is_found(said: str) -> None:
    assert re.findall(r"scripts\.pages\.(\S+) -> (\S+)", said) == [("finish", "mkdocs")]


def on_floor(number: int) -> list[str]:
    """The modules of a floor, those in folders too."""
    paths = [PACKAGE / name.strip() for name in FLOORS[number]]
    files = [file for path in paths for file in [path.with_suffix(".py"), *path.rglob("*.py")]]
    parts = [file.relative_to(ROOT).with_suffix("").parts for file in files if file.exists()]
    return sorted(".".join(part).removesuffix(".__init__") for part in parts)


def test_the_ground_floor_is_the_same_in_both_contracts_that_name_it() -> None:
    named = [f"cnnfilters.{name.strip()}" for name in FLOORS[0]]
    assert CONTRACTS[-1]["source_modules"] == named


def brought(names: list[str], *, path: Path) -> dict[str, str]:
    """The libraries that are loaded when `names` are imported in a fresh Python, and by which."""
    program = (
        "import importlib, json, sys\n"
        f"sys.path.insert(0, {str(path)!r})\n"
        "known, found = set(sys.modules), {}\n"
        f"for name in {names!r}:\n"
        "    importlib.import_module(name)\n"
        "    libraries = {each.partition('.')[0] for each in set(sys.modules) - known}\n"
        "    for each in libraries - sys.stdlib_module_names:\n"
        "        found.setdefault(each, name)\n"
        "print(json.dumps(found))\n"
    )
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    return dict(json.loads(done.stdout))


def test_the_ground_floor_loads_numpy_and_no_other_library() -> None:
    names = on_floor(0)
    assert {"cnnfilters.run", "cnnfilters.arithmetic", "cnnfilters.arithmetic.axis"} < set(names)
    found = brought(["cnnfilters", *names], path=ROOT)
    assert {name: by for name, by in found.items() if name not in LIGHT} == {}


def test_figures_load_no_torch() -> None:
    assert "torch" not in brought(on_floor(3), path=ROOT)


def test_a_library_that_is_brought_is_found(tmp_path: Path) -> None:
    for name, text in {"heavy": "", "light": "", "guilty": "import heavy"}.items():
        (tmp_path / f"{name}.py").write_text(text)
    assert brought(["light", "guilty", "light"], path=tmp_path)["heavy"] == "guilty"
