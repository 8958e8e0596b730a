"""From a start that is hardly there to one that drowns what is learned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from cnnfilters.analysis.nulls import fit_chance
from cnnfilters.experiments.arms import ACCURACY, EDGE, REST_EDGE
from cnnfilters.experiments.start_scales import (
    AT_OTHER_RATES,
    RATES,
    SCALES,
    THIRD,
    TWICE,
    USUAL,
    at,
)
from cnnfilters.experiments.study import Quantity, Study
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import KEY, interval_path, mean
from cnnfilters.figures.drawing.panels import key_below
from cnnfilters.figures.drawing.style import CATEGORIES, DASHES, MARKERS, MUTED, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.words import decimal


class Curve(NamedTuple):
    """What is drawn over the scales of the start.

    Attributes:
        words: For the key and the table.
        quantity: What is measured of each network.
        rate: At which they learned.
        look: Which colour, marker and dash.
        shift: Of its dots to the right, so that none hides another's.
    """

    words: str
    quantity: Quantity
    rate: str
    look: int
    shift: float = 0.0

    @property
    def scales(self) -> Sequence[float]:
        """From which starts."""
        return SCALES if self.rate == USUAL else AT_OTHER_RATES

    def values(self, study: Study) -> list[list[float]]:
        """One value for each network, scale by scale."""
        return [study.values(self.quantity.of(at(scale, self.rate))) for scale in self.scales]


KERNELS = Curve("the kernels", EDGE, USUAL, 0, -0.12)
REST = Curve("the start taken out", REST_EDGE, USUAL, 1, 0.12)
PANELS = {
    "edge fit": (KERNELS, REST),
    "edge fit, other rates": (
        Curve(THIRD, EDGE, THIRD, 2, -0.12),
        Curve(TWICE, EDGE, TWICE, 3, 0.12),
    ),
    "accuracy, %": (Curve("the network", ACCURACY, USUAL, 0),),
}


def start_scales(study: Study) -> Figure:
    """Edge fit and accuracy from six scales of the start, and at three learning rates.

    Args:
        study: What `cnnfilters.experiments.start_scales` measured.
    """
    kernels, rest = (
        [decimal(mean(values)) for values in curve.values(study)] for curve in (KERNELS, REST)
    )
    read = [
        f"{mean(study.values(ACCURACY.of(at(scale)))):.1f}" for scale in (SCALES[0], SCALES[-1])
    ]
    count, chance = len(study.values(EDGE.of(at(1.0)))), decimal(fit_chance()["edge"].mean)
    scales = ", ".join(f"×{scale:g}" for scale in SCALES)
    return Figure(
        plotted(_draw, study, height=2.9, narrow_height=7.6),
        alt=(
            f"Mean edge fits after starts of {scales}: {', '.join(kernels)}; with the start taken "
            f"out {', '.join(rest)}; chance {chance}. Accuracy {read[0]} % from the smallest "
            f"start, {read[1]} % from the largest."
        ),
        caption=(
            f"{count} networks from each start. From a hundredth of the usual start the mean edge "
            f"fit ends at {kernels[0]}, from the usual one at {kernels[3]}, from four times as "
            f"much at {kernels[-1]}; chance (the line) gives {chance}. With the start taken out "
            f"the last is {rest[-1]}. {KEY}"
        ),
        table=_table(study),
    )


def _table(study: Study) -> Table:
    arms = [
        (scale, rate) for rate in RATES for scale in KERNELS.scales if _is_measured(scale, rate)
    ]
    return Table(
        (
            "start",
            "learning rate",
            "network",
            "edge fit",
            "with the start taken out",
            "accuracy, %",
        ),
        [
            (f"×{scale:g}", RATES[rate], seed, *numbers)
            for scale, rate in arms
            for seed, numbers in enumerate(
                zip(
                    *(
                        study.values(each.of(at(scale, rate)))
                        for each in (EDGE, REST_EDGE, ACCURACY)
                    ),
                    strict=True,
                )
            )
        ],
    )


def _is_measured(scale: float, rate: str) -> bool:
    return rate == USUAL or scale in AT_OTHER_RATES


def _draw(canvas: Canvas, layout: Layout, study: Study) -> None:
    shape = (1, len(PANELS)) if layout == "wide" else (len(PANELS), 1)
    for axes, (title, curves) in zip(canvas.subplots(*shape).flat, PANELS.items(), strict=True):
        _panel(axes, study, curves)
        axes.set(title=title, xlabel="size of the start")
        if curves[0].quantity == EDGE:
            axes.axhline(fit_chance()["edge"].mean, color=MUTED, linewidth=1, zorder=0)
            axes.set_ylim(0.1, 1)
    key_below(canvas, layout, [_key(curve) for curves in PANELS.values() for curve in curves][:-1])


def _panel(axes: Axes, study: Study, curves: Sequence[Curve]) -> None:
    for curve in curves:
        places = [SCALES.index(scale) + curve.shift for scale in curve.scales]
        interval_path(
            axes,
            places,
            curve.values(study),
            colour=CATEGORIES[curve.look],
            marker=MARKERS[curve.look],
            dash=DASHES[curve.look],
        )
    axes.set_xticks(range(len(SCALES)), [f"×{scale:g}" for scale in SCALES])
    axes.set_xlim(-0.5, len(SCALES) - 0.4)
    axes.tick_params(axis="both", length=0)
    axes.grid(axis="y")
    axes.set_axisbelow(True)


def _key(curve: Curve) -> Line2D:
    look = curve.look
    return Line2D(
        [],
        [],
        color=CATEGORIES[look],
        marker=MARKERS[look],
        linestyle=DASHES[look],
        label=curve.words,
    )
