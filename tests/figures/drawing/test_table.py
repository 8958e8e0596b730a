"""The numbers of a figure, as HTML and as CSV."""

from __future__ import annotations

import csv
import io
from typing import Any

import numpy as np
import pytest
from lxml import html

from cnnfilters.figures.drawing.table import Cell, Table

COLUMNS = ("kernel", "edge share", "weights < 0, %")


def read(table: Table) -> html.HtmlElement:
    return html.fragment_fromstring(table.html("The numbers."))


def long(rows: int, columns: int = 4) -> Table:
    names = [f"c{index}" for index in range(columns)]
    return Table(names, [tuple(range(row, row + columns)) for row in range(rows)])


@pytest.mark.usefixtures("no_type_checker")
@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "must hold at least one row"),
        ([("a", 1)], "has 2 cells where"),
        ([("a", 1, 2), ("b", 1, 2, 3)], "has 4 cells where"),
        ([("a", float("nan"), 1)], "neither text nor a finite number"),
        ([("a", np.float32("inf"), 1)], "neither text nor a finite number"),
        ([("a", None, 1)], "neither text nor a finite number"),
        ([("a", 1j, 1)], "neither text nor a finite number"),
    ],
    ids=["no row", "short", "ragged", "NaN", "infinite", "nothing", "complex"],
)
def test_what_is_no_table_is_refused(rows: list[Any], message: str) -> None:
    with pytest.raises(ValueError, match=f"`rows` .*{message}"):
        Table(COLUMNS, rows)


def test_rows_and_columns_are_named() -> None:
    element = read(Table(COLUMNS, [("kernel 0", 0.5, 7), ("kernel 1", 0.25, 8)]))
    assert element.xpath("//thead//th[@scope='col']/text()") == list(COLUMNS)
    assert element.xpath("//tbody//th[@scope='row']/text()") == ["kernel 0", "kernel 1"]
    assert element.xpath("//td/text()") == ["0.5", "7", "0.25", "8"]
    assert element.findtext("caption") == "The numbers."


def test_text_is_escaped() -> None:
    rows = [("<script>alert(1)</script>", 'a "b" & c', 1)]
    element = read(Table(("x < y", "b", "c"), rows))
    assert element.xpath("//script") == []
    assert element.xpath("//tbody//th/text()") == ["<script>alert(1)</script>"]
    assert element.xpath("//td/text()")[0] == 'a "b" & c'
    assert element.xpath("//thead//th/text()")[0] == "x < y"


@pytest.mark.parametrize(
    ("rows", "columns", "shown"),
    [(50, 4, 50), (51, 4, 50), (100, 7, 28), (3, 150, 1), (2, 300, 1)],
)
def test_a_long_table_stops_at_two_hundred_cells_and_says_so(
    rows: int, columns: int, shown: int
) -> None:
    element = read(long(rows, columns))
    assert len(element.xpath("//tbody/tr")) == shown
    note = f" The first {shown} of {rows} rows; the file has all." if shown < rows else ""
    assert element.findtext("caption") == f"The numbers.{note}"


def test_the_file_has_every_row() -> None:
    lines = list(csv.reader(io.StringIO(long(300).csv(), newline="")))
    assert lines[0] == ["c0", "c1", "c2", "c3"]
    assert [line[0] for line in lines[1:]] == [str(row) for row in range(300)]


def test_commas_quotes_and_line_ends_survive_the_file() -> None:
    rows = [('a, "b"', "two\nlines", 0.5)]
    lines = list(csv.reader(io.StringIO(Table(COLUMNS, rows).csv(), newline="")))
    assert lines == [list(COLUMNS), ['a, "b"', "two\nlines", "0.5"]]


@pytest.mark.usefixtures("no_type_checker")
@pytest.mark.parametrize(
    ("value", "shown", "filed"),
    [
        (0.98634, "0.986", "0.98634"),
        (np.float32(0.1), "0.1", "0.1"),
        (3.25e-5, "0.0000325", "0.0000325"),
        (-1.23456789e-7, "-0.000000123", "-0.000000123457"),
        (123456.789, "123457", "123457"),
        (1234.5678, "1235", "1234.57"),
        (99.96, "100", "99.96"),
        (-0.0, "0", "0"),
        (1e6, "1000000", "1000000"),
        (np.int64(1_250), "1250", "1250"),
        ("7e2", "7e2", "7e2"),
    ],
)
def test_numbers_keep_what_is_significant(value: Cell, shown: str, filed: str) -> None:
    table = Table(("name", "value"), [("x", value)])
    assert read(table).xpath("//td/text()") == [shown]
    assert table.csv() == f"name,value\r\nx,{filed}\r\n"
