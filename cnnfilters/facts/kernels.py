"""Facts about the look of the first layer's kernels."""

from __future__ import annotations

from typing import Literal

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.kernels import moran_i
from cnnfilters.analysis.learning import fits_over_time
from cnnfilters.analysis.nulls import (
    Family,
    fit_chance,
    name_kernels,
    smoothness_threshold,
)
from cnnfilters.facts.recipes import SMALL_START, of_each_run, of_the_start
from cnnfilters.results import Recipe
from cnnfilters.run import Run


def named(run: Run, *, family: Family | Literal["none"], snapshot: int = -1) -> str:
    """How many kernels are called an edge, a line, a blob, or none of them.

    Example:
        >>> from cnnfilters.kernel_bank import family_bases
        >>> weights = {"conv1.weight": family_bases(5)["edge"][None, :, None]}  # (1, 2, 1, 5, 5)
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> named(run, family="edge"), named(run, family="blob")
        ('2', '0')
    """
    return str(int((name_kernels(run.kernels(snapshot)) == family).sum()))


def smooth(run: Run, *, snapshot: int = -1) -> str:
    """How many kernels are smoother than 99 in a hundred random ones.

    Example:
        >>> from cnnfilters.kernel_bank import family_bases
        >>> weights = {"conv1.weight": family_bases(5)["edge"][None, :, None]}  # (1, 2, 1, 5, 5)
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> smooth(run)
        '2'
    """
    return str(int((moran_i(run.kernels(snapshot)) > smoothness_threshold()).sum()))


def edge_peak(run: Run) -> str:
    """The largest mean edge fit of the kernels in the course of a training.

    Example:
        >>> dot, edge = np.zeros((2, 1, 5, 5))
        >>> dot[0, 0, 0], edge[0, :, 2:] = 1, 1
        >>> weights = {"conv1.weight": np.stack([dot, edge, dot])[:, :, None]}  # three snapshots
        >>> run = Run(np.array([0, 10, 100]), weights, np.ones(3), np.ones(3), {}, {}, {})
        >>> edge_peak(run)
        '1.00'
    """
    return f"{_edge_fits(run).max():.2f}"


def edge_peak_step(run: Run) -> str:
    """The step at which it was reached.

    Example:
        >>> dot, edge = np.zeros((2, 1, 5, 5))
        >>> dot[0, 0, 0], edge[0, :, 2:] = 1, 1
        >>> weights = {"conv1.weight": np.stack([dot, edge, dot])[:, :, None]}  # three snapshots
        >>> run = Run(np.array([0, 10, 100]), weights, np.ones(3), np.ones(3), {}, {}, {})
        >>> edge_peak_step(run)
        '10'
    """
    return f"{int(run.steps[_edge_fits(run).argmax()]):,}"


def edge_last(run: Run) -> str:
    """The mean edge fit at the end.

    Example:
        >>> dot, edge = np.zeros((2, 1, 5, 5))
        >>> dot[0, 0, 0], edge[0, :, 2:] = 1, 1
        >>> weights = {"conv1.weight": np.stack([dot, edge, dot])[:, :, None]}  # three snapshots
        >>> run = Run(np.array([0, 10, 100]), weights, np.ones(3), np.ones(3), {}, {}, {})
        >>> edge_last(run)
        '0.30'
    """
    return f"{_edge_fits(run)[-1]:.2f}"


def _edge_fits(run: Run) -> Float[np.ndarray, " snapshots"]:
    return np.asarray(fits_over_time(run).edge.mean(axis=1))


def chance_edge() -> str:
    """How well the best edge fits kernels of noise, in the mean.

    Example:
        >>> chance_edge()
        '0.24'
    """
    return f"{fit_chance()['edge'].mean:.2f}"


LOOKS = {
    "blobs": Recipe(named, options={"family": "blob"}),
    "edges": Recipe(named, options={"family": "edge"}),
    "lines": Recipe(named, options={"family": "line"}),
    "smooth": Recipe(smooth),
    "unnamed": Recipe(named, options={"family": "none"}),
}
FACTS = {
    **of_each_run(LOOKS),
    **of_the_start(LOOKS),
    # edges come early
    "edge_last": Recipe(edge_last, SMALL_START),
    "edge_peak": Recipe(edge_peak, SMALL_START),
    "edge_peak_step": Recipe(edge_peak_step, SMALL_START),
    # what chance does
    "chance_edge": Recipe(chance_edge),
}
