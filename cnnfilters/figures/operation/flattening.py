"""What flattening loses: shuffled digits, moved digits, and what two networks make of them."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.evidence import Interval
from cnnfilters.experiments.arms import ACCURACY
from cnnfilters.experiments.flattening import (
    CNN,
    DISTANCES,
    PERCEPTRON,
    SHUFFLED,
    FlatteningStudy,
    moved,
)
from cnnfilters.experiments.study import Arm
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import KEY, interval_path, interval_rows, mean
from cnnfilters.figures.drawing.style import (
    CATEGORIES,
    DASHES,
    MARKERS,
    MUTED,
    SMALL,
    Layout,
)
from cnnfilters.figures.drawing.table import Table
from cnnfilters.words import decimal

NAMES = {PERCEPTRON: "MLP", CNN: "CNN"}
IN_ORDER = {arm: arm for arm in NAMES}
CHANCE = 10  # percent
SHIFT = 0.12  # pixels to each side, so that neither network hides the other
LOOKS = {
    arm: {"colour": colour, "dash": dash, "marker": marker}
    for arm, colour, dash, marker in zip(NAMES, CATEGORIES, DASHES, MARKERS, strict=False)
}


def flattening(study: FlatteningStudy) -> Figure:
    """Accuracy of both networks with shuffled pixels, and with digits that have moved.

    Args:
        study: What `cnnfilters.experiments.flattening` measured.
    """
    in_order, shuffled = (
        {arm: _percent(study.values(ACCURACY.of(which[arm])), 1) for arm in NAMES}
        for which in (IN_ORDER, SHUFFLED)
    )
    far = DISTANCES[-1]
    after = {
        (arm, pixels): _percent(study.values(moved(pixels).of(arm)), 0)
        for arm in NAMES
        for pixels in (2, far)
    }
    change = {arm: _change(study, arm) for arm in NAMES}
    networks = len(study.values(ACCURACY.of(CNN)))
    return Figure(
        plotted(_draw, study, height=2.9, narrow_height=5.0),
        alt=(
            f"Shuffling the pixels takes an MLP from {in_order[PERCEPTRON]} to "
            f"{shuffled[PERCEPTRON]} and a CNN from {in_order[CNN]} to "
            f"{shuffled[CNN]}. Moved by {far} px, they read "
            f"{after[PERCEPTRON, far]} and {after[CNN, far]} of the digits."
        ),
        caption=(
            f"Means of {networks} networks each. Shuffled pixels change the MLP's accuracy "
            f"by {change[PERCEPTRON]} points and the CNN's by {change[CNN]}. With digits moved "
            f"by 2 px the CNN still reads {after[CNN, 2]} of them, the MLP {after[PERCEPTRON, 2]}. "
            f"{KEY}"
        ),
        table=_table(study),
    )


def _percent(values: list[float], places: int) -> str:
    return f"{decimal(mean(values), places)} %"


def _change(study: FlatteningStudy, arm: Arm) -> str:
    """What shuffled pixels change, in points."""
    lost = study.differences(ACCURACY.of(arm), ACCURACY.of(SHUFFLED[arm]))
    return decimal(-mean(lost), 1, signed=True)


def _table(study: FlatteningStudy) -> Table:
    rows = [
        (f"{name}, pixels {order}", study.values(ACCURACY.of(which[arm])))
        for arm, name in NAMES.items()
        for order, which in (("in order", IN_ORDER), ("shuffled", SHUFFLED))
    ]
    rows += [
        (f"{name}, moved by {pixels} px", study.values(moved(pixels).of(arm)))
        for arm, name in NAMES.items()
        for pixels in DISTANCES
    ]
    return Table(
        ("network and digits", "mean accuracy, %", "95 % interval from", "to"),
        [(words, *_three(values)) for words, values in rows],
    )


def _three(values: list[float]) -> tuple[float, float, float]:
    """Mean and interval in percent, which no accuracy can exceed."""
    found = Interval.of(values)
    return found.mean, max(0.0, found.low), min(100.0, found.high)


def _draw(canvas: Canvas, layout: Layout, study: FlatteningStudy) -> None:
    shape = (1, 2) if layout == "wide" else (2, 1)
    ratios = {"width_ratios": [1, 1.25]} if layout == "wide" else {"height_ratios": [1, 1.9]}
    left, right = canvas.subplots(*shape, gridspec_kw=ratios).flat
    _order(left, study)
    _distance(right, study)


def _order(axes: Axes, study: FlatteningStudy) -> None:
    """Accuracy of both networks with the pixels in order, and shuffled."""
    sides = {"in order": IN_ORDER, "shuffled": SHUFFLED}
    rows = {
        f"{NAMES[arm]},\n{words}": study.values(ACCURACY.of(side[arm]))
        for arm in NAMES
        for words, side in sides.items()
    }
    looks = [(LOOKS[arm]["colour"], LOOKS[arm]["marker"]) for arm in NAMES for _ in sides]
    interval_rows(axes, rows, looks)
    axes.set_title("accuracy, %")


def _distance(axes: Axes, study: FlatteningStudy) -> None:
    """Accuracy over the distance by which digits were moved."""
    for arm in NAMES:
        above = arm == CNN
        places = [pixels + (SHIFT if above else -SHIFT) for pixels in DISTANCES]
        stages = [study.values(moved(pixels).of(arm)) for pixels in DISTANCES]
        interval_path(axes, places, stages, **LOOKS[arm])
        axes.annotate(
            NAMES[arm],
            (2, mean(stages[2])),
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
        xticks=DISTANCES,
    )
    axes.grid(axis="y")
    axes.set_axisbelow(True)
