"""The numbers behind a figure, as HTML and CSV."""

from __future__ import annotations

import csv
import html
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from numbers import Real

Cell = str | float | int
MOST_CELLS = 200  # more than a reader would step through; the CSV has them all


@dataclass(frozen=True)
class Table:
    r"""Rows under named columns; the first column names the row.

    Attributes:
        columns: Headings, with units.
        rows: As many cells as columns in each.

    Raises:
        ValueError: No rows, a row of another length, or a cell that is neither text nor a finite
            number.

    Example:
        >>> Table(("step", "accuracy"), [(0, 0.1), (100, 0.9123)]).csv()
        'step,accuracy\r\n0,0.1\r\n100,0.9123\r\n'
    """

    columns: Sequence[str]
    rows: Sequence[Sequence[Cell]]

    def __post_init__(self) -> None:
        if not self.rows:
            raise ValueError("`rows` (=[]) must hold at least one row")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(
                    f"`rows` has {len(row)} cells where {self.columns} names the columns"
                )
            if not all(isinstance(cell, str) or _is_finite(cell) for cell in row):
                raise ValueError(f"`rows` holds neither text nor a finite number: {row}")

    def html(self, caption: str) -> str:
        """A table that names its rows and columns; long ones stop at 200 cells and say so."""
        shown = self.rows[: max(1, MOST_CELLS // len(self.columns))]
        head = "".join(f'<th scope="col">{html.escape(name)}</th>' for name in self.columns)
        body = "".join(_row(row) for row in shown)
        more = len(self.rows) - len(shown)
        note = (
            f" The first {len(shown)} of {len(self.rows)} rows; the file has all." if more else ""
        )
        return (
            f"<table><caption>{html.escape(caption)}{note}</caption>"
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
        )

    def csv(self) -> str:
        """All rows, comma-separated, numbers to six digits."""
        buffer = io.StringIO()
        writer = csv.writer(buffer)
        writer.writerow(self.columns)
        writer.writerows([[_number(cell, digits=6) for cell in row] for row in self.rows])
        return buffer.getvalue()


def _row(row: Sequence[Cell]) -> str:
    first, *rest = (html.escape(_number(cell, digits=3)) for cell in row)
    return f'<tr><th scope="row">{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>'


def _is_finite(cell: object) -> bool:
    return isinstance(cell, Real) and math.isfinite(cell)


def _number(cell: Cell, *, digits: int) -> str:
    """At least so many significant digits, never as a power of ten."""
    if isinstance(cell, str):
        return cell
    if cell == int(cell):
        return str(int(cell))
    decimals = max(0, digits - 1 - math.floor(math.log10(abs(cell))))
    text = f"{cell:.{decimals}f}"
    return text.rstrip("0").rstrip(".") if decimals else text
