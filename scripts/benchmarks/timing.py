"""Time calls side by side: what slows the machine for a while slows every arm of a comparison."""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Mapping, Sequence

LEAST = 0.05  # seconds that one measurement takes, so that the clock's own steps do not count


def seconds(call: Callable[..., object], *arguments: object) -> float:
    """Wall-clock seconds of one call."""
    start = time.perf_counter()
    call(*arguments)
    return time.perf_counter() - start


def side_by_side(
    arms: Mapping[str, Callable[[int], object]], rounds: int
) -> dict[str, list[float]]:
    """Seconds of every arm, measured in turn, round after round.

    Args:
        arms: What to call by name; each is given the number of the round.
        rounds: Measurements of each.
    """
    found: dict[str, list[float]] = {name: [] for name in arms}
    for number in range(rounds):
        for name, call in arms.items():
            found[name].append(seconds(call, number))
    return found


def short_calls(arms: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of one call of each arm, for calls too short to be timed alone.

    Each arm is called once before it is timed, so that its caches are filled.
    """
    times = {name: _repeats(call) for name, call in arms.items()}
    loops = {name: _loop(call, times[name]) for name, call in arms.items()}
    found = side_by_side(loops, rounds)
    return {name: [value / times[name] for value in found[name]] for name in arms}


def _repeats(call: Callable[[], object]) -> int:
    call()
    return max(1, round(LEAST / max(seconds(call), 1e-7)))


def _loop(call: Callable[[], object], times: int) -> Callable[[int], object]:
    def repeat(_: int) -> None:
        for _ in range(times):
            call()

    return repeat


def spread(
    values: Sequence[float],
    *,
    digits: int = 3,
    middle: Callable[[Sequence[float]], float] = statistics.median,
) -> str:
    """The median, or another middle, with the least and the largest value, if there are several.

    Example:
        >>> spread([1.0, 2.25, 4.0]), spread([1.5])
        ('2.25 (1.00–4.00)', '1.50')
    """
    of = [significant(value, digits=digits) for value in (middle(values), min(values), max(values))]
    return of[0] if len(values) == 1 else f"{of[0]} ({of[1]}–{of[2]})"


def significant(value: float, *, digits: int = 3) -> str:
    """So many digits that matter, never as a power of ten.

    Example:
        >>> significant(0.01234), significant(81.26), significant(1236.5)
        ('0.0123', '81.3', '1,236')
    """
    exponent = math.floor(math.log10(abs(value))) if value else 0
    return f"{value:,.{max(0, digits - 1 - exponent)}f}"
