"""Chapter 12: its table of drawn kernels says what was drawn, and its statements hold."""

from __future__ import annotations

import re

import numpy as np
import pytest

from cnnfilters.analysis.drawn_kernels import KINDS
from cnnfilters.analysis.fits import FITTED, kernel_fits
from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.facts import FACTS
from cnnfilters.kernel_bank import templates
from docs.chapters import number, section

PAGE = "12-reading-the-weights"
ROW = re.compile(r"^\| ([^|]+) \| (\w+) \| (\d+|–) \| (\{\{ fact\.drawn_.*) \|$", re.MULTILINE)


def rows() -> list[tuple[str, str, str, list[str]]]:
    """The words, the right answer, the SNR and the names of the facts, a row of the table each."""
    found = ROW.findall(section(PAGE, "What would chance give?"))
    return [
        (words, right, snr, re.findall(r"fact\.(\w+)", facts)) for words, right, snr, facts in found
    ]


def test_every_kind_has_its_row() -> None:
    assert [words for words, _, snr, _ in rows() if snr != "2"] == [d.words for d in KINDS.values()]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row[0]}, {row[2]}")
def test_a_row_has_the_words_of_what_was_drawn(row: tuple[str, str, str, list[str]]) -> None:
    words, right, snr, names = row
    options = [FACTS[name].options for name in names]
    (kind,) = {each["kind"] for each in options}
    assert (words, right) == (KINDS[kind].words, KINDS[kind].right)
    assert [each["name"] for each in options] == ["edge", "line", "blob", "none"]
    assert {each["snr"] for each in options} == {None if snr == "–" else float(snr)}


def test_the_search_is_as_wide_as_it_says() -> None:
    text = section(PAGE, "How much of a kernel is an edge?")
    assert len(templates.ANGLES_DEG) == number(text, r"Edges lie at (\d+) angles")
    assert number(text, r"up to ([\d.]+) pixels from the centre") == 5 / 2 - templates.FROM_THE_RIM
    assert number(text, r"bars (\d+) to") == templates.NARROWEST
    assert number(text, r"bars \d+ to ([\d.]+)\s+pixels wide") == 5 / 2
    assert number(text, r"discs (\d+) to") == 2 * templates.RADIUS
    assert number(text, r"discs \d+ to (\d+)\s+pixels wide") == 2 * (5 / 2 - templates.FROM_THE_RIM)
    said = section(PAGE, "What would chance give?")
    assert number(said.replace(",", ""), r"random kernels:\s+(\d+) of") == FITTED


def test_a_column_off_the_centre_is_a_line_that_the_centred_share_does_not_see() -> None:
    column = np.array([[0, 0, 0, 1, 0]] * 5)
    text = section(PAGE, "How much of a kernel is an edge?")
    fit = number(text, r"bright\s+column one pixel off the centre has a line fit of (\d)")
    share = number(text, r"a centred line share below ([\d.]+\d)")
    assert float(kernel_fits(column).line) == pytest.approx(fit)
    assert share / 2 < float(kernel_shares(column).line) < share
