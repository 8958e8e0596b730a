"""The shares of trained kernels beside those that chance would give."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cnnfilters.analysis.nulls import NAMING_LEVEL, fit_quantile, kernel_fits, naming_thresholds
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import key_below
from cnnfilters.figures.drawing.style import CATEGORIES, INK, MARKERS, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.kernel_bank import FAMILIES
from cnnfilters.run import Run
from cnnfilters.words import percent

USUAL = 0.95  # of chance kernels lie in the shaded part
SPREAD = 0.5  # of a row's height over which its dots are spread, so that none hides another
APART = {"wspace": 0.06}  # a panel, from the counts of its neighbour
COUNTS = 1.15  # where a row's count of kernels ends, right of all shares
STRIDE = 7  # has no common divisor with 16: neighbours in value come to lie apart

COLOURS = (MUTED, *CATEGORIES)  # the start, then the networks as in the curves of their training

Shares = Mapping[str, Float[np.ndarray, " filters"]]  # by network


def shares_null(source: Run, default: Run, small_start: Run) -> Figure:
    """How well an edge, a line and a blob fit every kernel, by network, over what chance gives.

    Args:
        source: The source tutorial's recipe.
        default: Our recipe from PyTorch's start.
        small_start: Our recipe from a fraction of it.

    Example:
        >>> from cnnfilters.kernel_bank import family_bases
        >>> line, edge = (family_bases(5)[family] for family in ("line", "edge"))  # two of each
        >>> def run(*kernels):
        ...     weights = {"conv1.weight": np.stack(kernels)[:, :, None]}  # two snapshots
        ...     return Run(np.arange(2), weights, np.ones(2), np.ones(2), {}, {}, {})
        >>> print(shares_null(run(line, edge), run(line, line), run(line, edge)).caption)
        Chance gives an edge fit beyond 50 % once in a hundred kernels. The start has 0 such
        among 2, the trained networks have 2, 0 and 2.
    """
    kernels = {
        "start": default.kernels(0),
        "source": source.kernels(),
        "default": default.kernels(),
        "small start": small_start.kernels(),
    }
    shares: dict[str, Shares] = {
        family: {name: getattr(kernel_fits(k), family) for name, k in kernels.items()}
        for family in FAMILIES
    }
    limit = naming_thresholds()["edge"]
    beyond = [int((values > limit).sum()) for values in shares["edge"].values()]
    shown = percent(limit, 0)
    count = len(default.kernels())
    return Figure(
        plotted(_draw, shares, height=2.7, narrow_height=6),
        alt=(
            f"Fits of {count} kernels in four networks. Edge fits beyond {shown}, the 99 % "
            f"point of chance: {beyond[0]} at the start, {beyond[1]} with the source's recipe, "
            f"{beyond[2]} with ours and {beyond[3]} from a small start."
        ),
        caption=(
            f"Chance gives an edge fit beyond {shown} once in a hundred kernels. The start "
            f"has {beyond[0]} such among {count}, the trained networks have {beyond[1]}, "
            f"{beyond[2]} and {beyond[3]}."
        ),
        table=_table(shares),
    )


def _draw(canvas: Canvas, layout: Layout, shares: Mapping[str, Shares]) -> None:
    limits = {str(family): limit for family, limit in naming_thresholds().items()}
    shape = (1, 3) if layout == "wide" else (3, 1)
    panels = canvas.subplots(*shape, sharex=True, sharey=True, gridspec_kw=APART).flat
    for axes, (family, networks) in zip(panels, shares.items(), strict=True):
        _chance(axes, family, limits[family])
        for row, values in enumerate(networks.values()):
            _strip(axes, row, values, limits[family])
        axes.set(xlim=(0, COUNTS), ylim=(len(networks) - 0.4, -0.6))
        axes.set_title(f"{family} fit, %")
        axes.set_title("beyond 99 %", loc="right", fontsize=SMALL, color=MUTED)
        axes.set_yticks(range(len(networks)), list(networks))
        axes.set_xticks([0, 0.5, 1], ["0", "50", "100"])
        axes.tick_params(axis="both", length=0, labelbottom=True)
        axes.spines["left"].set_visible(False)
        axes.spines["bottom"].set_bounds(0, 1)
    _key(canvas, layout)


def _chance(axes: Axes, family: str, limit: float) -> None:
    axes.axvspan(0, fit_quantile(family, USUAL), color=RULE, linewidth=0, zorder=0)
    axes.axvline(limit, color=MUTED, linewidth=1, zorder=0)


def _strip(axes: Axes, row: int, values: Float[np.ndarray, " filters"], limit: float) -> None:
    ranks = values.argsort().argsort() * STRIDE % len(values)
    places = row + SPREAD * (ranks / (len(values) - 1) - 0.5)
    look: dict[str, Any] = {
        "color": COLOURS[row],
        "markersize": 4.2,
        "markeredgewidth": 0,
        "clip_on": False,
    }
    axes.plot(values, places, MARKERS[row - 1], **look)
    axes.plot([values.mean()] * 2, [row - 0.38, row + 0.38], color=INK, linewidth=1.6)
    axes.text(COUNTS, row, f"{(values > limit).sum()}", ha="right", va="center", fontsize=SMALL)


def _key(canvas: Canvas, layout: Layout) -> None:
    handles = [
        Patch(color=RULE, label=f"{percent(USUAL, 0)} of chance kernels"),
        Line2D([], [], color=MUTED, linewidth=1, label=f"{percent(NAMING_LEVEL, 0)} point"),
        Line2D([], [], color=INK, linewidth=1.6, label="mean"),
    ]
    key_below(canvas, layout, handles)


def _table(shares: Mapping[str, Shares]) -> Table:
    networks = next(iter(shares.values()))
    return Table(
        ("network and kernel", *(f"{family} fit" for family in shares)),
        [
            (f"{name}, kernel {index}", *(float(shares[family][name][index]) for family in shares))
            for name, values in networks.items()
            for index in range(len(values))
        ],
    )
