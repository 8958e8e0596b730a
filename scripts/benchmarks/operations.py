"""Each way of computing a cross-correlation, beside PyTorch."""

from __future__ import annotations

import statistics
from collections.abc import Callable
from functools import partial
from typing import NamedTuple

import numpy as np
import torch
from torch.nn import functional

from benchmarks.timing import short_calls, significant
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import METHODS, cross_correlate
from pipeline.sheet import Sheet

MOST_STEPS = 2_000_000  # of the loops in Python, about two seconds


class Case(NamedTuple):
    """One layer on one image."""

    name: str
    channels: int
    side: int
    filters: int
    kernel: int

    @property
    def steps(self) -> int:
        """Turns of the innermost loop: channels and filters are multiplied at once."""
        return (self.side - self.kernel + 1) ** 2 * self.kernel**2


CASES = (
    Case("conv1 on a digit", 1, 28, 16, 5),
    Case("conv2 on its maps", 16, 12, 32, 5),
    Case("3×3 on a photograph", 1, 256, 1, 3),
    Case("31×31 on a photograph", 1, 256, 1, 31),
)


def arms(case: Case) -> dict[str, Callable[[], object]]:
    """What to call for each method that can be waited for, and for PyTorch."""
    rng = np.random.default_rng(0)
    image = rng.random((case.channels, case.side, case.side), dtype=np.float32)
    kernel = rng.random((case.filters, case.channels, case.kernel, case.kernel), dtype=np.float32)
    batch, weights = torch.from_numpy(image)[None], torch.from_numpy(kernel)
    geometry = ConvGeometry(case.kernel)
    found: dict[str, Callable[[], object]] = {
        method: partial(cross_correlate, image, kernel, geometry=geometry, method=method)
        for method in METHODS
        if method != "loops" or case.steps <= MOST_STEPS
    }
    try:
        found["matrix"]()
    except ValueError:  # it would not fit into memory, and says so
        del found["matrix"]
    return found | {"PyTorch": partial(functional.conv2d, batch, weights)}


def operations(rounds: int) -> Sheet:
    """Milliseconds of every method, one call on one image."""
    methods = [*METHODS, "PyTorch"]
    rows, measured = [], {}
    with torch.inference_mode():
        for case in CASES:
            found = short_calls(arms(case), rounds)
            measured[case.name] = found
            middle = {name: 1000 * statistics.median(values) for name, values in found.items()}
            cells = (significant(middle[name]) if name in middle else "–" for name in methods)
            rows.append((case.name, *cells))
    return Sheet(
        "Milliseconds of one cross-correlation; – would need too much memory or too many loops.",
        ("ms", *methods),
        rows,
        measured,
    )
