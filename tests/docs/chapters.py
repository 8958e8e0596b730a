"""Read chapters as their readers do: sections, and the numbers that stand in them."""

import re
from pathlib import Path

import numpy as np

DOCS = Path(__file__).parents[2] / "docs"
CHAPTERS = {path.stem: path for path in DOCS.glob("*/[0-9][0-9]-*.md")}


def section(chapter: str, heading: str) -> str:
    """The text under one `##` heading."""
    text = CHAPTERS[chapter].read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", text, re.M | re.S)
    assert found, f"{chapter} has no section {heading!r}"
    return found[1]


def matrices(text: str) -> list[np.ndarray]:
    r"""Every `\begin{bmatrix}` of numbers, in the order of the text."""
    bodies = re.findall(r"\\begin\{bmatrix\}(.+?)\\end\{bmatrix\}", text, re.S)
    return [
        np.array([[float(cell) for cell in row.split("&")] for row in body.split(r"\\")])
        for body in bodies
    ]


def number(text: str, pattern: str) -> float:
    """The one number that stands where the pattern has its group."""
    found = re.findall(pattern, text)
    assert len(found) == 1, f"{pattern!r} was found {len(found)} times"
    return float(found[0].replace(",", ""))
