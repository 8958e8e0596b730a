"""One table of results, for the terminal, for a page and for a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Sheet:
    """Rows under named columns, with the measurements behind them.

    Attributes:
        caption: What the table says, in a sentence.
        columns: Headings; the first names the row.
        rows: Cells as a reader sees them.
        measured: The numbers behind the cells, unrounded, by the row's name.
    """

    caption: str
    columns: Sequence[str]
    rows: Sequence[Sequence[str]]
    measured: dict[str, Any] = field(default_factory=dict)

    def text(self) -> str:
        """For a terminal, in columns that line up.

        Example:
            >>> print(Sheet("Two rows.", ("arm", "s"), [("one", "1.5"), ("two", "12")]).text())
            Two rows.
            arm    s
            one  1.5
            two   12
        """
        lines = [self.columns, *self.rows]
        widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
        return "\n".join([self.caption, *(_aligned(line, widths) for line in lines)])

    def markdown(self) -> str:
        """For a page.

        Example:
            >>> print(Sheet("", ("arm", "s"), [("one", "1.5")]).markdown())
            | arm | s |
            |---|---:|
            | one | 1.5 |
        """
        rule = "|".join(["", "---", *["---:"] * (len(self.columns) - 1), ""])
        head, *body = (f"| {' | '.join(line)} |" for line in [self.columns, *self.rows])
        return "\n".join([head, rule, *body]).replace("–", "–\u2060")  # no range is broken


def _aligned(line: Sequence[str], widths: Sequence[int]) -> str:
    first, *rest = (
        f"{cell:>{width}}" if index else f"{cell:{width}}"
        for index, (cell, width) in enumerate(zip(line, widths, strict=True))
    )
    return "  ".join([first, *rest])
