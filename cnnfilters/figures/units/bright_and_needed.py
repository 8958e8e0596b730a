"""How bright a kernel's maps are, beside what is lost without it: of several networks."""

from __future__ import annotations

from itertools import cycle

import numpy as np
from matplotlib.figure import Figure as Canvas

from cnnfilters.experiments.arms import DEFAULT
from cnnfilters.experiments.silenced_kernels import (
    LIKENESS_TO_PEAK,
    NEEDED_MORE,
    SilencedKernelsStudy,
)
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import key_below
from cnnfilters.figures.drawing.style import CATEGORIES, INK, MARKERS, MUTED, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.words import decimal


def bright_and_needed(study: SilencedKernelsStudy) -> Figure:
    """One mark for each kernel of each network.

    Args:
        study: What `cnnfilters.experiments.silenced_kernels` measured.

    Example:
        >>> arms = {"default": {"likeness to peak": [-1.0], "needed more than the brightest": [1]}}
        >>> about = {"steps": 190, "held_out_words": "1,000 digits"}
        >>> study = SilencedKernelsStudy(arms=arms, peak=[[1.0, 3.0]], lost=[[2.0, 0.5]], **about)
        >>> bright_and_needed(study).table.rows
        [('network 0, kernel 0', 1.0, 2.0), ('network 0, kernel 1', 3.0, 0.5)]
    """
    agree = study.values(LIKENESS_TO_PEAK.of(DEFAULT))
    first = sum(more == 0 for more in study.values(NEEDED_MORE.of(DEFAULT)))
    count = len(agree)
    return Figure(
        plotted(_draw, study, height=3.4, narrow_height=3.8),
        alt=(
            f"Marks for the kernels of {count} networks, by the strongest response of their maps "
            f"and the accuracy lost without them. The correlation is {decimal(min(agree))} to "
            f"{decimal(max(agree))}; the brightest is the most needed in {first} of {count}."
        ),
        caption=(
            f"The correlation of brightness with importance over the kernels of a network is "
            f"{decimal(np.mean(agree))} on average, from {decimal(min(agree))} to "
            f"{decimal(max(agree))}. The kernel with the brightest place in its maps is the most "
            f"needed one in {first} of {count} networks. Each mark is a kernel, each kind of mark "
            "a network."
        ),
        table=Table(
            ("kernel", "strongest response, mean of the digits", "accuracy lost, points"),
            [
                (f"network {seed}, kernel {kernel}", peak, lost)
                for seed, network in enumerate(zip(study.peak, study.lost, strict=True))
                for kernel, (peak, lost) in enumerate(zip(*network, strict=True))
            ],
        ),
    )


def _draw(canvas: Canvas, layout: Layout, study: SilencedKernelsStudy) -> None:
    axes = canvas.subplots()
    axes.axhline(0, color=MUTED, linewidth=0.8, zorder=0)
    looks = zip(cycle((*CATEGORIES, INK)), cycle((*MARKERS, "v")), strict=False)
    handles = [
        axes.plot(
            peaks,
            losses,
            marker,
            color=colour,
            markersize=4,
            markeredgewidth=0,
            clip_on=False,
            label=f"network {seed}",
        )[0]
        for seed, (peaks, losses, (colour, marker)) in enumerate(
            zip(study.peak, study.lost, looks, strict=False)
        )
    ]
    axes.set(
        xlim=(0, None),
        xlabel="strongest response of a map after ReLU, mean of the digits",
        ylabel="points lost without the kernel",
    )
    if layout == "narrow":
        axes.set(xlabel="strongest response of a map", ylabel="points lost without it")
    key_below(canvas, layout, handles)
