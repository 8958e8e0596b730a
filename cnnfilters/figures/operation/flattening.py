"""What flattening loses: shuffled digits, moved digits, and what two networks make of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from cnnfilters.evidence import Interval
from cnnfilters.experiments.flattening import MODELS, PIXELS, lost_by_permutation
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
from cnnfilters.words import decimal, percent

NAMES = {"perceptron": "perceptron", "cnn": "CNN"}
ORDER = {"true": "in order", "permuted": "shuffled"}
CHANCE = 10  # percent
LOOKS = {
    name: {"color": colour, "linestyle": dash, "marker": marker}
    for name, colour, dash, marker in zip(MODELS, CATEGORIES, DASHES, MARKERS, strict=False)
}

Study = Mapping[str, Any]


def flattening(study: Study) -> Figure:
    """Accuracy of both networks with shuffled pixels, and with digits that have moved.

    Args:
        study: What `cnnfilters.experiments.flattening` measured.

    Returns:
        The figure.
    """
    mean = {key: percent(float(np.mean(study[key]))) for key in _arms()}
    far = study["distances"][-1]
    moved = {
        (name, pixels): percent(float(np.mean(study[f"{name}-moved"][pixels])), 0)
        for name in MODELS
        for pixels in (2, far)
    }
    change = {
        name: decimal(-lost_by_permutation(study, name).mean(), 1, signed=True) for name in MODELS
    }
    networks = len(study["cnn-true"])
    return Figure(
        plotted(lambda canvas, layout: _draw(canvas, layout, study), height=2.9, narrow_height=5.0),
        alt=(
            f"Shuffling the pixels takes a perceptron from {mean['perceptron-true']} to "
            f"{mean['perceptron-permuted']} and a CNN from {mean['cnn-true']} to "
            f"{mean['cnn-permuted']}. Moved by {far} px, they name "
            f"{moved['perceptron', far]} and {moved['cnn', far]} of the digits."
        ),
        caption=(
            f"Mean of {networks} networks each. Shuffled pixels change the perceptron's accuracy "
            f"by {change['perceptron']} points and the CNN's by {change['cnn']}. With digits moved "
            f"by 2 px the CNN names {moved['cnn', 2]}, the perceptron {moved['perceptron', 2]}."
        ),
        table=_table(study),
    )


def _arms() -> list[str]:
    return [f"{name}-{pixels}" for name in MODELS for pixels in PIXELS]


def _table(study: Study) -> Table:
    rows: list[tuple[str, list[float]]] = [
        (f"{NAMES[name]}, pixels {ORDER[pixels]}", study[f"{name}-{pixels}"])
        for name in MODELS
        for pixels in PIXELS
    ]
    rows += [
        (f"{NAMES[name]}, moved by {pixels} px", accuracy)
        for name in MODELS
        for pixels, accuracy in zip(study["distances"], study[f"{name}-moved"], strict=True)
    ]
    return Table(
        ("network and digits", "mean accuracy, %", "95 % interval from", "to"),
        [(words, *_three(values)) for words, values in rows],
    )


def _three(values: list[float]) -> tuple[float, float, float]:
    """Mean and interval in percent, which no accuracy can exceed."""
    found = Interval.of([100 * value for value in values])
    return found.mean, max(0.0, found.low), min(100.0, found.high)


def _draw(canvas: Canvas, layout: Layout, study: Study) -> None:
    shape = (1, 2) if layout == "wide" else (2, 1)
    ratios = {"width_ratios": [1, 1.25]} if layout == "wide" else {"height_ratios": [1, 1.9]}
    left, right = canvas.subplots(*shape, gridspec_kw=ratios).flat
    _order(left, study)
    _distance(right, study)


def _order(axes: Axes, study: Study) -> None:
    """One row for each network: its accuracy with the pixels in order, and shuffled."""
    for row, name in enumerate(MODELS):
        means = []
        for pixels, fill in zip(PIXELS, (LOOKS[name]["color"], PAPER), strict=True):
            values = 100 * np.array(study[f"{name}-{pixels}"])
            mean, low, high = _three(study[f"{name}-{pixels}"])
            level = row + (0.13 if pixels == "permuted" else -0.13)
            axes.plot([low, high], [level] * 2, color=LOOKS[name]["color"], linewidth=1.4)
            axes.plot(values, [level] * len(values), "|", color=MUTED, markersize=6)
            axes.plot(
                mean,
                level,
                LOOKS[name]["marker"],
                markersize=8,
                markerfacecolor=fill,
                markeredgecolor=LOOKS[name]["color"],
                markeredgewidth=1.6,
                clip_on=False,
            )
            means.append(mean)
    axes.set(title="accuracy, %", ylim=(1.75, -0.5))
    axes.set_yticks([0, 1], list(NAMES.values()))
    axes.grid(axis="x")
    axes.set_axisbelow(True)
    axes.spines["left"].set_visible(False)
    axes.tick_params(axis="y", length=0)
    handles = [
        Line2D([], [], marker="o", markersize=7, color=MUTED, linestyle="", label="in order"),
        Line2D(
            [],
            [],
            marker="o",
            markersize=7,
            markerfacecolor=PAPER,
            markeredgecolor=MUTED,
            markeredgewidth=1.6,
            linestyle="",
            label="shuffled",
        ),
    ]
    axes.legend(
        handles=handles, loc="lower left", ncols=2, fontsize=SMALL, handlelength=1, columnspacing=1
    )


def _distance(axes: Axes, study: Study) -> None:
    """Accuracy over the distance by which digits were moved."""
    for name in MODELS:
        mean, low, high = np.transpose([_three(values) for values in study[f"{name}-moved"]])
        axes.errorbar(
            study["distances"],
            mean,
            yerr=[mean - low, high - mean],
            capsize=3,
            elinewidth=1.2,
            clip_on=False,
            **LOOKS[name],
        )
        above = name == "cnn"
        axes.annotate(
            NAMES[name],
            (2, mean[2]),
            xytext=(8, 5) if above else (-8, -8),
            ha="left" if above else "right",
            textcoords="offset points",
        )
    axes.axhline(CHANCE, color=MUTED, linewidth=0.8, linestyle=DASHES[1], zorder=0)
    axes.annotate("chance", (0, CHANCE), va="bottom", fontsize=SMALL, color=MUTED)
    axes.set(
        title="accuracy, %",
        xlabel="pixels that the digit was moved",
        ylim=(0, 100),
        xticks=study["distances"],
    )
    axes.grid(axis="y")
    axes.set_axisbelow(True)
