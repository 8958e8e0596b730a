"""How well digits can be read off by weighted sums, stage by stage, beside matched controls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import product
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from cnnfilters.experiments.hierarchy import F6, LENET, PIXELS, S2, S4, SMALL, HierarchyStudy
from cnnfilters.experiments.hierarchy_probes import (
    EQUAL_WIDTH,
    at_equal_width,
    by_ridge,
    random_sums_of_pixels,
    untrained,
)
from cnnfilters.experiments.study import Arm, Quantity
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import KEY, interval_path, mean
from cnnfilters.figures.drawing.panels import key_below
from cnnfilters.figures.drawing.style import CATEGORIES, DASHES, INK, MARKERS, Layout
from cnnfilters.figures.drawing.table import Cell, Table

THIN = 0.7  # points: lines of the read-out that is not the main one
TITLES = {LENET: "LeNet-5, read today", SMALL: "the smaller network"}
Naming = Callable[[Quantity], Quantity]


class Curve(NamedTuple):
    """What is read off after every stage, and how it looks.

    Attributes:
        words: For the key and the table.
        named: From a stage to what is measured of it.
        colour: Of dots and line.
        marker: Of the dots.
        dash: Of the line.
        shift: Of its dots to the right, so that none hides another's.
    """

    words: str
    named: Naming
    colour: str
    marker: str
    dash: Any
    shift: float


TRAINED = Curve("trained", lambda stage: stage, CATEGORIES[0], MARKERS[0], DASHES[0], -0.17)
UNTRAINED = Curve("untrained", untrained, CATEGORIES[2], MARKERS[1], DASHES[1], 0.0)
SUMS = Curve(
    "random sums of the pixels", random_sums_of_pixels, CATEGORIES[1], MARKERS[2], DASHES[2], 0.17
)


class Row(NamedTuple):
    """A row of panels.

    Attributes:
        words: What a read-out is given there.
        named: From a stage to the quantity that is measured of it there.
        curves: Which it has.
    """

    words: str
    named: Naming
    curves: tuple[Curve, ...]


ROWS = (
    Row("as many numbers as the stage has", lambda stage: stage, (TRAINED, UNTRAINED, SUMS)),
    Row(f"{EQUAL_WIDTH} random sums of each", at_equal_width, (TRAINED, UNTRAINED)),
)


def probes_by_depth(study: HierarchyStudy) -> Figure:
    """Read-outs of the pixels and of each stage, trained and not, at their width and at one width.

    Args:
        study: What `cnnfilters.experiments.hierarchy` measured.
    """

    def of(quantity: Quantity) -> float:
        return mean(study.values(quantity.of(LENET)))

    pixels, narrow = of(PIXELS), of(at_equal_width(PIXELS))
    s4, f6 = (of(untrained(at_equal_width(stage))) for stage in (S4, F6))
    first, last = (of(untrained(stage)) for stage in (S2, F6))
    return Figure(
        plotted(_draw, study, height=5.6, narrow_height=10.4),
        alt=(
            f"Accuracy of read-outs by depth. Pixels {pixels:.1f} %. Trained, LeNet-5 has "
            f"{of(S2):.1f} at S2 and {of(F6):.1f} at F6; untrained {first:.1f} and {last:.1f}. "
            f"With {EQUAL_WIDTH} numbers each, untrained: pixels {narrow:.1f}, S4 {s4:.1f}, F6 "
            f"{f6:.1f}."
        ),
        caption=(
            f"Untrained, F6 reads {_apart(last, pixels)} than the pixels do; but it has fewer "
            f"numbers. With {EQUAL_WIDTH} random sums of each (below), an untrained S4 reads "
            f"{_apart(s4, narrow)} than the pixels, F6 {_apart(f6, narrow)}. Training adds "
            f"{of(S2) - first:.1f} points at S2, {of(F6) - last:.1f} at F6. Under each stage: how "
            f"many numbers it has. {KEY} Thin lines are ridge read-outs of the same."
        ),
        table=_table(study),
    )


def _apart(value: float, other: float) -> str:
    return f"{abs(value - other):.1f} points {'worse' if value < other else 'better'}"


def _arms(study: HierarchyStudy) -> list[tuple[Arm, dict[Quantity, int]]]:
    """Each network with the stages that its panels show, and their widths."""
    return [
        (arm, {Quantity(name, "%"): width for name, width in study.features[arm.name].items()})
        for arm in TITLES
    ]


def _read(row: Row, curve: Curve, stage: Quantity) -> Quantity:
    """What a curve shows at a stage; the pixels have no training, and are no sums of themselves."""
    return row.named(stage) if stage == PIXELS else curve.named(row.named(stage))


def _shown(arm: Arm, curve: Curve, stages: dict[Quantity, int]) -> list[Quantity]:
    """The stages at which a curve has a value; sums of the pixels stand beside LeNet-5 alone."""
    if curve is not SUMS:
        return list(stages)
    return [stage for stage in stages if stage != PIXELS and arm == LENET]


def _table(study: HierarchyStudy) -> Table:
    """What is drawn, each once: one value for each network."""
    rows = [
        _values(study, arm, row, curve, stage, width)
        for arm, stages in _arms(study)
        for row in ROWS
        for curve in row.curves
        for stage, width in stages.items()
        if stage in _shown(arm, curve, stages)
        and (stage != PIXELS or (arm, curve) == (LENET, TRAINED))  # the same for all
        and (row is ROWS[0] or width != EQUAL_WIDTH)  # the same in both rows
    ]
    seeds = (f"seed {seed}, %" for seed in range(len(study.values(PIXELS.of(LENET)))))
    return Table(("what is read off", "numbers", *seeds, "ridge, mean, %"), rows)


def _values(
    study: HierarchyStudy, arm: Arm, row: Row, curve: Curve, stage: Quantity, width: int
) -> tuple[Cell, ...]:
    quantity = _read(row, curve, stage)
    what = "" if stage == PIXELS else f", {curve.words}"
    ridge = mean(study.values(by_ridge(quantity).of(arm)))
    given = width if row is ROWS[0] else EQUAL_WIDTH
    return f"{TITLES[arm]}, {stage.name}{what}", given, *study.values(quantity.of(arm)), ridge


def _draw(canvas: Canvas, layout: Layout, study: HierarchyStudy) -> None:
    arms = _arms(study)
    wide = layout == "wide"
    shape = (len(ROWS), len(arms)) if wide else (len(ROWS) * len(arms), 1)
    widths = [len(stages) for _, stages in arms] if wide else None
    panels = canvas.subplots(*shape, sharey=True, width_ratios=widths, squeeze=False).flat
    for axes, (row, (arm, stages)) in zip(panels, product(ROWS, arms), strict=True):
        for curve in row.curves:
            if shown := _shown(arm, curve, stages):
                _path(axes, study, arm, row, curve, shown, list(stages))
        numbers = stages.values() if row is ROWS[0] else [EQUAL_WIDTH] * len(stages)
        labels = [f"{stage.name}\n{n:,}" for stage, n in zip(stages, numbers, strict=True)]
        axes.set_xticks(range(len(stages)), labels)
        axes.set(xlim=(-0.4, len(stages) - 0.6), title=_title(row, arm, layout))
        axes.tick_params(axis="both", length=0)
        axes.grid(axis="y")
        axes.set_axisbelow(True)
        if not wide or arm is LENET:
            axes.set_ylabel("accuracy of the read-out, %")
    key_below(canvas, layout, _key())


def _title(row: Row, arm: Arm, layout: Layout) -> str:
    """A row is named once where its panels stand side by side."""
    if layout == "wide" and arm is not LENET:
        return TITLES[arm]
    return (": " if layout == "wide" else ":\n").join((TITLES[arm], row.words))


def _path(
    axes: Axes,
    study: HierarchyStudy,
    arm: Arm,
    row: Row,
    curve: Curve,
    shown: Sequence[Quantity],
    stages: Sequence[Quantity],
) -> None:
    """Softmax with its dots and intervals, and ridge as a thin line through its means."""
    read = [_read(row, curve, stage) for stage in shown]
    look = {"colour": curve.colour, "marker": curve.marker, "dash": curve.dash}
    places = [stages.index(stage) + curve.shift * (stage != PIXELS) for stage in shown]
    interval_path(axes, places, [study.values(each.of(arm)) for each in read], **look)
    ridge = [mean(study.values(by_ridge(each).of(arm))) for each in read]
    axes.plot(places, ridge, color=curve.colour, linestyle=curve.dash, linewidth=THIN)


def _key() -> list[Line2D]:
    """Each curve once; thin is ridge, whatever its colour."""
    curves = [
        Line2D([], [], color=c.colour, marker=c.marker, linestyle=c.dash, label=c.words)
        for c in (TRAINED, UNTRAINED, SUMS)
    ]
    return [*curves, Line2D([], [], color=INK, linewidth=THIN, label="thin: the same by ridge")]
