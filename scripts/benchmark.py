#!/usr/bin/env python3
"""Measure how long each way of computing a cross-correlation takes, beside PyTorch."""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np
import torch
from torch.nn import functional

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import METHODS, cross_correlate

TOO_LONG = 2.0  # seconds: a call that takes longer once is not repeated
MOST_STEPS = 2_000_000  # of the loops in Python, about two seconds
ENOUGH = 0.2  # seconds of measuring for one median


class Case(NamedTuple):
    """One layer on one image."""

    name: str
    channels: int
    side: int
    filters: int
    kernel: int


CASES = (
    Case("conv1 on a digit", 1, 28, 16, 5),
    Case("conv2 on its maps", 16, 12, 32, 5),
    Case("3×3 on a photograph", 1, 256, 1, 3),
    Case("31×31 on a photograph", 1, 256, 1, 31),
)


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(prog="benchmark.py", description=__doc__)
    parser.add_argument(
        "--repeats",
        type=int,
        default=7,
        help="measurements of which the median is printed (default: %(default)s)",
    )
    parser.add_argument(
        "--threads",
        type=int,
        default=1,
        help="CPU threads of PyTorch; NumPy's own are set outside (default: %(default)s)",
    )
    chosen = parser.parse_args(argv)
    for name in ("repeats", "threads"):
        if (value := getattr(chosen, name)) < 1:
            parser.error(f"--{name} (={value}) must be at least 1")
    return chosen


def median_seconds(call: Callable[[], object], *, repeats: int) -> float:
    """The median time of a call, each measurement long enough for the clock.

    Args:
        call: What to measure; called once before, so that caches are filled.
        repeats: Measurements.
    """
    first = _seconds(call, times=1)
    if first > TOO_LONG:
        return first
    times = max(1, round(ENOUGH / repeats / max(first, 1e-6)))
    return statistics.median(_seconds(call, times=times) / times for _ in range(repeats))


def _seconds(call: Callable[[], object], *, times: int) -> float:
    start = time.perf_counter()
    for _ in range(times):
        call()
    return time.perf_counter() - start


def measure(case: Case, *, repeats: int) -> dict[str, float | None]:
    """Seconds of each method and of PyTorch; None where memory or patience would not do."""
    rng = np.random.default_rng(0)
    image = rng.random((case.channels, case.side, case.side), dtype=np.float32)
    kernel = rng.random((case.filters, case.channels, case.kernel, case.kernel), dtype=np.float32)
    geometry = ConvGeometry(case.kernel)
    found: dict[str, float | None] = {}
    for method in METHODS:
        call = partial(cross_correlate, image, kernel, geometry=geometry, method=method)
        try:
            slow = method == "loops" and _steps(case) > MOST_STEPS
            found[method] = None if slow else median_seconds(call, repeats=repeats)
        except ValueError:  # the matrix would not fit
            found[method] = None
    batch, weights = torch.from_numpy(image)[None], torch.from_numpy(kernel)
    with torch.inference_mode():
        found["PyTorch"] = median_seconds(
            lambda: functional.conv2d(batch, weights), repeats=repeats
        )
    return found


def _steps(case: Case) -> int:
    """Turns of the innermost loop: channels and filters are multiplied at once."""
    return (case.side - case.kernel + 1) ** 2 * case.kernel**2


def table(rows: dict[str, dict[str, float | None]]) -> str:
    """Milliseconds in columns that line up.

    Example:
        >>> print(table({"a digit": {"loops": 0.0125, "matrix": None}}))
        ms          loops   matrix
        a digit      12.5        –
    """
    methods = list(next(iter(rows.values())))
    width = max(len(name) for name in [*rows, "ms"])
    lines = [f"{'ms':{width}}  " + " ".join(f"{method:>8}" for method in methods)]
    for name, found in rows.items():
        cells = (
            f"{'–' if seconds is None else f'{1000 * seconds:.3g}':>8}"
            for seconds in found.values()
        )
        lines.append(f"{name:{width}}  " + " ".join(cells))
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Measure and print; the exit status."""
    chosen = arguments(argv)
    torch.set_num_threads(chosen.threads)
    versions = f"numpy {np.__version__}, torch {torch.__version__}"
    print(f"{platform.machine()}, {versions}; {chosen.threads} threads, float32")
    print(f"median of {chosen.repeats}; – would need too much memory or too many loops")
    print(table({case.name: measure(case, repeats=chosen.repeats) for case in CASES}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
