"""Times are taken in turn, each arm as often as the others."""

from __future__ import annotations

import time
from types import SimpleNamespace

import pytest

from benchmarks import timing
from benchmarks.timing import seconds, short_calls, side_by_side, significant, spread
from pipeline.sheet import Sheet


def test_arms_are_called_in_turn_with_the_number_of_the_round() -> None:
    calls: list[tuple[str, int]] = []
    arms = {name: lambda number, name=name: calls.append((name, number)) for name in "ab"}
    taken = side_by_side(arms, rounds=2)
    assert calls == [("a", 0), ("b", 0), ("a", 1), ("b", 1)]
    assert {name: len(values) for name, values in taken.items()} == {"a": 2, "b": 2}


def test_seconds_are_those_of_the_call() -> None:
    assert 0.03 <= seconds(time.sleep, 0.03) < 3


def test_a_short_call_is_repeated_and_its_time_is_that_of_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    calls, now = list[int](), [0.0]
    monkeypatch.setattr(timing, "time", SimpleNamespace(perf_counter=lambda: now[0]))

    def short() -> None:
        calls.append(0)
        now[0] += 0.001

    taken = short_calls({"short": short}, rounds=3)
    assert len(calls) == 1 + 1 + 3 * 50  # once to fill caches, once to see how short it is
    assert taken["short"] == pytest.approx(3 * [0.001])


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.0, "0.00"), (0.004567, "0.00457"), (9.99, "9.99"), (45.67, "45.7"), (12_345, "12,345")],
)
def test_numbers_keep_three_digits(value: float, text: str) -> None:
    assert significant(value) == text
    assert spread([value] * 3) == f"{text} ({text}–{text})"


def test_a_table_lines_up() -> None:
    sheet = Sheet("Caption.", ("arm", "ms"), [("windows", "1.5"), ("fft", "120")])
    assert sheet.text().splitlines() == ["Caption.", "arm       ms", "windows  1.5", "fft      120"]
    assert sheet.markdown().splitlines()[1:3] == ["|---|---:|", "| windows | 1.5 |"]
