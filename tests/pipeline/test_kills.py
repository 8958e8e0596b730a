"""A build may be killed at any moment: the next one ends with the same bytes.

Moments are drawn from the time that an undisturbed build took, and told as "so long after this file
appeared", which means the same on a busy machine. Each checkout is killed several times in a row,
so that what recovers from a kill is killed, too.
"""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from bisect import bisect
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import pytest

from checkout import Checkout, assert_same

KILLS = 5  # of each checkout
QUICK, FULL = 1, 10  # checkouts: five kills, and fifty
POLL = 0.002  # seconds: a file is written in less than ten times as much

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal"),
]


class Moment(NamedTuple):
    """When to kill.

    Attributes:
        file: Has just appeared.
        delay: Seconds after that.
        alone: The build's first process alone, as a system short of memory does; else all of them.
    """

    file: str
    delay: float
    alone: bool


def moments(undisturbed: Checkout, rng: random.Random, count: int) -> list[Moment]:
    """Random moments in order: some by the clock, and some at the very appearance of a file."""
    names = ["lock", *undisturbed.made()]
    times = sorted((_written(undisturbed, name), name) for name in names)
    drawn = dict[tuple[float, str], float]()
    while len(drawn) < count:
        when = rng.uniform(times[0][0], times[-1][0])
        before = times[bisect(times, (when, "")) - 1]
        file, delay = rng.choice([(before, when - before[0]), (rng.choice(times), 0)])
        drawn.setdefault(file, delay)
    return [Moment(name, drawn[at, name], rng.random() < 0.5) for at, name in sorted(drawn)]


def _written(checkout: Checkout, name: str) -> float:
    return (checkout.tiny / name).stat().st_mtime


def kill(checkout: Checkout, moment: Moment) -> int:
    """Start a build and kill it; its status, which is 0 if it was faster."""
    with checkout.start(stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as build:
        kill_at = float("inf")
        while build.poll() is None and time.monotonic() < kill_at:
            if kill_at == float("inf") and _appeared(checkout, moment.file):
                kill_at = time.monotonic() + moment.delay
            time.sleep(POLL)
        with suppress(ProcessLookupError):
            (os.kill if moment.alone else os.killpg)(build.pid, signal.SIGKILL)
    return build.returncode


def _appeared(checkout: Checkout, name: str) -> bool:
    beside = name.replace("site/", "site-new/", 1) if name.startswith("site/") else name
    return any((checkout.tiny / each).exists() for each in (name, beside))


@pytest.mark.parametrize(
    "seed", [*range(QUICK), *(pytest.param(n, marks=pytest.mark.full) for n in range(QUICK, FULL))]
)
def test_after_kills_the_next_build_ends_with_the_same_bytes(
    seed: int, undisturbed: Checkout, tmp_path: Path
) -> None:
    checkout = Checkout(tmp_path / "repo")
    drawn = moments(undisturbed, random.Random(seed), KILLS)
    statuses = [kill(checkout, moment) for moment in drawn]
    assert statuses.count(-signal.SIGKILL) > KILLS / 2, drawn  # a build may end before its moment
    done = checkout.build()
    assert done.returncode == 0, (drawn, done.stderr)
    assert_same(checkout.made(), undisturbed.made())


@pytest.mark.parametrize("file", ["generated/figures/film-strip.html", "site/index.html"])
def test_half_a_file_would_be_seen(file: str, undisturbed: Checkout, tmp_path: Path) -> None:
    checkout = Checkout(tmp_path / "repo")
    shutil.copytree(undisturbed.tiny, checkout.tiny)
    assert_same(checkout.made(), undisturbed.made())
    whole = checkout.tiny / file
    whole.write_bytes(whole.read_bytes()[:100])
    with pytest.raises(AssertionError, match=file):
        assert_same(checkout.made(), undisturbed.made())
