"""Facts about the look of the first layer's kernels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.kernels import kernel_shares, moran_i
from cnnfilters.analysis.nulls import Family, name_kernels, naming_thresholds, smoothness_threshold
from cnnfilters.run import Run
from cnnfilters.words import percent


def named(run: Run, *, family: Family | Literal["none"], snapshot: int = -1) -> str:
    """How many kernels are called an edge, a line, a blob, or none of them."""
    return str(int((name_kernels(run.kernels(snapshot)) == family).sum()))


def smooth(run: Run, *, snapshot: int = -1) -> str:
    """How many kernels are smoother than 99 in a hundred random ones."""
    return str(int((moran_i(run.kernels(snapshot)) > smoothness_threshold()).sum()))


def edge_peak(run: Run) -> str:
    """The largest mean edge share of the kernels in the course of a training."""
    return f"{_edge_shares(run).max():.2f}"


def edge_peak_step(run: Run) -> str:
    """The step at which it was reached."""
    return f"{int(run.steps[_edge_shares(run).argmax()]):,}"


def edge_last(run: Run) -> str:
    """The mean edge share at the end."""
    return f"{_edge_shares(run)[-1]:.2f}"


def _edge_shares(run: Run) -> Float[np.ndarray, " snapshots"]:
    kernels = map(run.kernels, range(len(run.steps)))
    return np.array([kernel_shares(each).edge.mean() for each in kernels])


def limit(*, family: Family) -> str:
    """The share that one random kernel in a hundred exceeds."""
    return percent(naming_thresholds()[family], 0)


def reference_edge(study: Mapping[str, Any]) -> str:
    """The mean edge share of random kernels that are as smooth as the digits.

    Example:
        >>> reference_edge({"reference": {"edge": 0.75}})
        '0.75'
    """
    return f"{study['reference']['edge']:.2f}"


def study_networks(study: Mapping[str, Any]) -> str:
    """How many networks, from as many seeds, each arm of the experiments has.

    Example:
        >>> study_networks({"edges": {"start": [[0.1], [0.2]]}})
        '2'
    """
    return str(len(study["edges"]["start"]))


def study_steps(study: Mapping[str, Any]) -> str:
    """How many steps each of them took.

    Example:
        >>> study_steps({"steps": 1250})
        '1,250'
    """
    return f"{study['steps']:,}"
