"""Several networks beside chance: a finding is about networks, not kernels."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D
from matplotlib.patches import Patch

from cnnfilters.analysis.nulls import fit_chance, fit_quantile
from cnnfilters.experiments.initialisation import InitialisationStudy
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import key_below
from cnnfilters.figures.drawing.style import CATEGORIES, INK, MARKERS, MUTED, RULE, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.learning.shares_null import USUAL
from cnnfilters.words import percent

LINES = 0.75  # of a row's height: all networks of the row

Rows = Mapping[str, Sequence[Sequence[float]]]  # by row: networks, each with its kernels' fits


def five_networks(study: InitialisationStudy) -> Figure:
    """The edge fit of every kernel of every network, one line of dots for each network.

    Args:
        study: What `cnnfilters.experiments.initialisation` measured.
    """
    rows: Rows = study.edges
    means = {name: percent(float(np.mean(networks)), 0) for name, networks in rows.items()}
    count, chance = len(rows["start"]), percent(fit_chance()["edge"].mean, 0)
    rest = means["default − a·start"]
    return Figure(
        plotted(_draw, rows, height=4.8, narrow_height=5.6),
        alt=(
            f"Edge fits of all kernels of {count} networks, in lines of dots. Mean at the start "
            f"{means['start']}, trained {means['default']}, the rest without the start {rest}, "
            f"small start {means['small start']}; chance {chance}."
        ),
        caption=(
            f"Mean edge fits of {count} networks: {means['start']} at the start, where chance "
            f"gives {chance}; {means['default']} trained for {study.steps:,} steps; {rest} once "
            f"the start is taken out; {means['small start']} from a tenth of the start. Each line "
            "of dots is one network, each dot a kernel."
        ),
        table=Table(
            ("kernels", "network", "mean edge fit", "least", "most"),
            [
                (name, seed, float(np.mean(fits)), min(fits), max(fits))
                for name, networks in rows.items()
                for seed, fits in enumerate(networks)
            ],
        ),
    )


def _draw(canvas: Canvas, layout: Layout, rows: Rows) -> None:
    axes = canvas.subplots()
    axes.axvspan(0, fit_quantile("edge", USUAL), color=RULE, linewidth=0, zorder=0)
    axes.axvline(fit_chance()["edge"].mean, color=MUTED, linewidth=1, zorder=0)
    colours = (MUTED, *CATEGORIES)
    for row, (networks, colour) in enumerate(zip(rows.values(), colours, strict=False)):
        for seed, fits in enumerate(networks):
            place = row + LINES * ((seed + 0.5) / len(networks) - 0.5)
            _network(axes, place, fits, colour, row)
    axes.set(xlim=(0, 1), ylim=(len(rows) - 0.5, -0.5), xlabel="edge fit, %")
    axes.set_yticks(range(len(rows)), [name.replace(" ", "\n", 1) for name in rows])
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0", "25", "50", "75", "100"])
    axes.tick_params(axis="both", length=0)
    axes.spines["left"].set_visible(False)
    handles = [
        Patch(color=RULE, label=f"{percent(USUAL, 0)} of chance kernels"),
        Line2D([], [], color=MUTED, linewidth=1, label="their mean"),
        Line2D([], [], color=INK, marker="|", linestyle="none", label="mean of a network"),
    ]
    key_below(canvas, layout, handles)


def _network(axes: Axes, place: float, fits: Sequence[float], colour: str, row: int) -> None:
    marker = MARKERS[row % len(MARKERS)]
    axes.plot(
        fits,
        [place] * len(fits),
        marker,
        color=colour,
        markersize=2.8,
        markeredgewidth=0,
        clip_on=False,
    )
    axes.plot(np.mean(fits), place, "|", color=INK, markersize=8, markeredgewidth=1.8)
