"""Tutorials stay thin: what they use is in the package, where it is tested."""

import ast
import re

import pytest

from docs.chapters import DOCS

LONGEST = 8  # lines of a cell
TUTORIALS = sorted((DOCS / "tutorials").glob("*.py"))


def code_cells(source: str) -> list[str]:
    cells = re.split(r"^# %%(.*)$", source, flags=re.M)[1:]
    return [
        body.strip()
        for kind, body in zip(cells[::2], cells[1::2], strict=True)
        if "markdown" not in kind
    ]


def faults(source: str) -> list[str]:
    """What a tutorial does that belongs into the package, or shows nothing."""
    found = []
    for number, cell in enumerate(code_cells(source), start=1):
        tree = ast.parse(cell)
        if len(cell.splitlines()) > LONGEST:
            found.append(f"cell {number} has more than {LONGEST} lines")
        if any(isinstance(node, ast.FunctionDef | ast.ClassDef) for node in ast.walk(tree)):
            found.append(f"cell {number} defines something")
        if not isinstance(tree.body[-1], ast.Expr):
            found.append(f"cell {number} does not end in a value")
    return found


@pytest.mark.parametrize("path", TUTORIALS, ids=lambda path: path.stem)
def test_each_cell_is_short_and_ends_in_a_value(path) -> None:
    source = path.read_text(encoding="utf-8")
    assert len(code_cells(source)) >= 3
    assert faults(source) == []


@pytest.mark.parametrize(
    ("cell", "fault"),
    [
        ("x = 1", "does not end in a value"),
        ("def f():\n    return 1\nf()", "defines something"),
        ("x = 1\n" * 8 + "x", "more than 8 lines"),
    ],
)
def test_a_thick_cell_is_found(cell: str, fault: str) -> None:
    assert fault in faults(f"# %% [markdown]\n# Text.\n\n# %%\n{cell}\n")[0]
