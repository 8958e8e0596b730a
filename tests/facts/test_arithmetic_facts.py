"""The counts of checked cases: right, and refused where a formula is wrong."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cnnfilters.arithmetic import RELATIONSHIPS
from cnnfilters.facts import arithmetic


def test_the_first_relationship_was_checked_for_each_input_that_holds_the_kernel() -> None:
    assert arithmetic.cases(1) == str(
        sum(max(0, i - k + 1) > 0 for i in range(1, 15) for k in range(1, 8))
    )


def test_all_cases_are_the_sum() -> None:
    parts = [arithmetic.cases(number) for number in (*range(1, 16), None)]
    total = sum(int(part.replace(",", "")) for part in parts)
    assert arithmetic.all_cases() == f"{total:,}"


def test_a_wrong_formula_stops_the_build(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = replace(RELATIONSHIPS[4], output=lambda i, x: -(-(i - x.k) // x.s) + 1)  # the ceiling
    monkeypatch.setattr(arithmetic, "RELATIONSHIPS", (*RELATIONSHIPS[:4], wrong))
    with pytest.raises(ValueError, match="No padding, strides is wrong for"):
        arithmetic.cases(5)
