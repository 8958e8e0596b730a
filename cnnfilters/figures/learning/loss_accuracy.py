"""How well the three headline networks do while they learn."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import (
    CATEGORIES,
    DASHES,
    MARKERS,
    MUTED,
    PAPER,
    SMALL,
    Layout,
)
from cnnfilters.figures.drawing.table import Table
from cnnfilters.run import Run
from cnnfilters.words import percent

CHANCE = 0.1  # ten digits
HALF = 0.5  # the accuracy whose step is told


def loss_accuracy(source: Run, default: Run, small_start: Run) -> Figure:
    """Accuracy and loss on held-out digits, over the steps of the training.

    Args:
        source: The source tutorial's recipe.
        default: Our recipe from PyTorch's start.
        small_start: Our recipe from a tenth of it.

    Example:
        >>> def run(accuracy):
        ...     weights, data = {"fc.bias": np.zeros((2, 10))}, {"held_out_words": "ten digits"}
        ...     right = np.array([0.1, accuracy])
        ...     return Run(np.array([0, 9]), weights, np.ones(2), right, {}, data, {})
        >>> print(loss_accuracy(run(0.9), run(0.8), run(0.7)).caption)
        Every recipe names half of the ten digits by step 9 and ends between 70.0 % and 90.0 %.
    """
    runs = {"source": source, "default": default, "small start": small_start}
    final = [float(run.accuracy[-1]) for run in runs.values()]
    ends = [percent(share) for share in final]
    half = [_first_step(run, HALF) for run in runs.values()]
    return Figure(
        plotted(_draw, runs, height=2.9, narrow_height=4.9),
        alt=(
            f"Accuracy of three recipes over the steps: half of the digits are right by step "
            f"{half[0]} (source), {half[1]} (default) and {half[2]} (small start). They end at "
            f"{ends[0]}, {ends[1]} and {ends[2]}."
        ),
        caption=(
            f"Every recipe names half of the {default.data['held_out_words']} by step {max(half)} "
            f"and ends between {percent(min(final))} and {percent(max(final))}."
        ),
        table=Table(
            ("recipe", "step", "accuracy", "loss, nats"),
            [
                (name, int(step), float(hits), float(loss))
                for name, run in runs.items()
                for step, hits, loss in zip(run.steps, run.accuracy, run.loss, strict=True)
            ],
        ),
    )


def _first_step(run: Run, accuracy: float) -> int:
    reached = run.accuracy >= accuracy
    if not reached.any():
        raise ValueError(f"`run` never reaches an accuracy of {percent(accuracy, 0)}")
    return int(run.steps[reached.argmax()])


def _draw(canvas: Canvas, layout: Layout, runs: Mapping[str, Run]) -> None:
    shape = (1, 2) if layout == "wide" else (2, 1)
    left, right = canvas.subplots(*shape, sharex=True).flat
    for (name, run), *look in zip(runs.items(), CATEGORIES, DASHES, MARKERS, strict=False):
        style = dict(zip(("color", "linestyle", "marker"), look, strict=True))
        left.plot(run.steps, 100 * run.accuracy, label=name, clip_on=False, **style)
        right.plot(run.steps, run.loss, clip_on=False, **style)
    left.set(title="accuracy, %", ylim=(0, 100), yticks=[0, 25, 50, 75, 100])
    left.axhline(100 * CHANCE, color=MUTED, linewidth=0.8, linestyle=DASHES[1], zorder=0)
    left.annotate(
        "chance",
        (1, 100 * CHANCE),
        xycoords=left.get_yaxis_transform(),
        ha="right",
        va="bottom",
        fontsize=SMALL,
    )
    left.legend(
        loc="center right",
        bbox_to_anchor=(1.03, 0.42),
        fontsize=SMALL,
        handlelength=3,
        frameon=True,
        facecolor=PAPER,
        edgecolor="none",
        framealpha=1,
    )
    right.set(title="loss, nats", yscale="log")
    right.set_yticks([0.1, 0.3, 1, 3], ["0.1", "0.3", "1", "3"], minor=False)
    right.minorticks_off()
    for axes in (left, right):
        axes.grid(axis="y")
        axes.set_axisbelow(True)
        _log_steps(axes, max(int(run.steps[-1]) for run in runs.values()))


def _log_steps(axes: Axes, last: int) -> None:
    """Steps on a logarithmic axis that still has a place for 0."""
    axes.set_xscale("symlog", linthresh=1, linscale=0.4)
    ticks = [0, *(10**power for power in range(int(np.log10(last)) + 1))]
    axes.set_xticks(ticks, [f"{tick:,}" for tick in ticks], minor=False)
    axes.set(xlim=(0, last), xlabel="step")
    axes.tick_params(labelbottom=True)
