"""Facts about the look of the first layer's kernels."""

from __future__ import annotations

from typing import Literal

from cnnfilters.analysis.kernels import moran_i
from cnnfilters.analysis.nulls import (
    Family,
    fit_chance,
    name_kernels,
    smoothness_threshold,
)
from cnnfilters.facts.recipes import of_each_run, of_the_start
from cnnfilters.results import Recipe
from cnnfilters.run import Run


def named(run: Run, *, family: Family | Literal["none"], snapshot: int = -1) -> str:
    """How many kernels are called an edge, a line, a blob, or none of them.

    Example:
        >>> import numpy as np
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
        >>> import numpy as np
        >>> from cnnfilters.kernel_bank import family_bases
        >>> weights = {"conv1.weight": family_bases(5)["edge"][None, :, None]}  # (1, 2, 1, 5, 5)
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), {}, {}, {})
        >>> smooth(run)
        '2'
    """
    return str(int((moran_i(run.kernels(snapshot)) > smoothness_threshold()).sum()))


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
    # what chance does
    "chance_edge": Recipe(chance_edge),
}
