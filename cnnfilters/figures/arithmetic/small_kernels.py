"""One large kernel and small ones that see as much: what they cost and how well they read."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.arithmetic import trace
from cnnfilters.evidence import Interval
from cnnfilters.experiments.small_kernels import WIDTH, WORDS, SmallKernelsStudy, layers
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import KEY, interval_rows
from cnnfilters.figures.drawing.style import CATEGORIES, MARKERS, MUTED, Layout
from cnnfilters.figures.drawing.table import Table

SEES = ("7x7", "3x3-3x3-3x3", "3x3-3x3-3x3-linear", "5x5", "3x3-3x3")  # from the top
PLACES = (0.0, 1.0, 2.0, 3.4, 4.4)  # a gap between those that see 7×7 and those that see 5×5
TITLES = ("parameters of the block", "its MACs, thousands", "accuracy, %")
MAP = (WIDTH, 14, 14)  # what the block is given: the layer before it has a stride of 2
LABELS = {**WORDS, "3x3-3x3-3x3-linear": "three 3×3, no ReLU"}


def small_kernels(study: SmallKernelsStudy) -> Figure:
    """Parameters, products and accuracy of five blocks.

    Args:
        study: What `cnnfilters.experiments.small_kernels.measure` gave.

    Returns:
        The figure: a dot for each network, a bar for the interval of their mean.
    """
    values = {name: study.arms[name]["accuracy"] for name in SEES}
    accuracy = {name: Interval.of(networks) for name, networks in values.items()}
    one, three = (study.parameters[name] for name in ("7x7", "3x3-3x3-3x3"))
    means = [accuracy[name].mean for name in ("7x7", "3x3-3x3-3x3", "5x5", "3x3-3x3")]
    networks = accuracy["7x7"].networks
    return Figure(
        plotted(_draw, study, height=2.7, narrow_height=5.6),
        alt=(
            f"Three 3×3 layers have {three:,} parameters, one 7×7 {one:,}. Mean accuracy of "
            f"{networks} networks each: 7×7 {means[0]:.1f} %, three 3×3 {means[1]:.1f} %, 5×5 "
            f"{means[2]:.1f} %, two 3×3 {means[3]:.1f} %."
        ),
        caption=(
            f"Small kernels cost less, as counted: {three:,} parameters in the block instead of "
            f"{one:,}, and {block_macs('3x3-3x3-3x3'):,} products instead of "
            f"{block_macs('7x7'):,}. The mean accuracies of all five lie within "
            f"{max(means) - min(means):.1f} points of each other. {KEY}"
        ),
        table=_table(study, accuracy),
    )


def block_macs(block: str) -> int:
    """Products of the block alone, for one image: what small kernels save.

    Example:
        >>> round(block_macs("7x7") / block_macs("3x3-3x3-3x3"), 2)  # 49 to 27
        1.81
    """
    return trace(layers(block), MAP).macs


def _table(study: SmallKernelsStudy, accuracy: Mapping[str, Interval]) -> Table:
    return Table(
        (
            "block",
            "its parameters",
            "its MACs",
            "MACs of the network",
            "accuracy, %",
            "95 % interval from",
            "to",
        ),
        [
            (
                WORDS[name],
                study.parameters[name],
                block_macs(name),
                study.macs[name],
                interval.mean,
                interval.low,
                interval.high,
            )
            for name, interval in accuracy.items()
        ],
    )


def _draw(canvas: Canvas, layout: Layout, study: SmallKernelsStudy) -> None:
    shape = (1, 3) if layout == "wide" else (3, 1)
    parameters, macs, accuracies = canvas.subplots(*shape, sharey=True).flat
    _counts(parameters, [study.parameters[name] for name in SEES])
    _counts(macs, [block_macs(name) / 1_000 for name in SEES])
    rows = {LABELS[name]: study.arms[name]["accuracy"] for name in SEES}
    looks = [(CATEGORIES[0], MARKERS[0])] * len(rows)
    interval_rows(accuracies, rows, looks, places=PLACES)
    for axes, title in zip(canvas.axes, TITLES, strict=True):
        axes.set(title=title)
        axes.set_yticks(PLACES, [LABELS[name] for name in SEES])
        axes.set_ylim(PLACES[-1] + 0.6, -0.6)
        axes.grid(axis="x")
        axes.set_axisbelow(True)
        axes.locator_params(axis="x", nbins=4)
        axes.tick_params(axis="y", length=0)


def _counts(axes: Axes, counts: list[float]) -> None:
    axes.hlines(PLACES, 0, counts, color=MUTED, linewidth=0.8)
    axes.plot(counts, PLACES, linestyle="none", marker=MARKERS[0], color=CATEGORIES[0])
    axes.set(xlim=(0, 1.12 * max(counts)))
    axes.xaxis.set_major_formatter("{x:,.0f}")
