"""How well digits can be read off by weighted sums, stage by stage, before and after training."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.experiments.hierarchy import HierarchyStudy
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import KEY, interval_path, mean
from cnnfilters.figures.drawing.style import CATEGORIES, DASHES, MARKERS, SMALL, Layout
from cnnfilters.figures.drawing.table import Table

TITLES = {"LeNet5": "LeNet-5, read today", "SmallCNN": "the smaller network"}
SIDES = {"trained": ("", CATEGORIES[0], -0.12), "untrained": (" untrained", CATEGORIES[2], 0.12)}


def probes_by_depth(study: HierarchyStudy) -> Figure:
    """A read-out of the pixels and of each stage, of trained and of untrained networks.

    Args:
        study: What `cnnfilters.experiments.hierarchy` measured.
    """
    arm = study.arms["LeNet5"]
    pixels, first, last = (mean(arm[name]) for name in ("pixels", "S2", "F6"))
    first_start, last_start = (mean(arm[f"{name} untrained"]) for name in ("S2", "F6"))
    count = len(arm["pixels"])
    return Figure(
        plotted(_draw, study, height=3.0, narrow_height=6.0),
        alt=(
            f"Accuracy of linear read-outs by depth, {count} networks. LeNet-5: pixels "
            f"{pixels:.1f} %; trained, it rises to {first:.1f} at S2 and {last:.1f} at F6; "
            f"untrained, it is {first_start:.1f} at S2 and falls to {last_start:.1f} at F6."
        ),
        caption=(
            f"Training adds {first - first_start:.1f} points to what can be read after LeNet-5's "
            f"first stage, and {last - last_start:.1f} after its last hidden layer. There, an "
            f"untrained network reads {abs(last_start - pixels):.1f} points "
            f"{'worse' if last_start < pixels else 'better'} than the pixels do. Below each stage: "
            f"how many numbers the read-out is given. {KEY}"
        ),
        table=Table(
            ("network and stage", "numbers read", "seed", "trained, %", "untrained, %"),
            [
                (f"{TITLES[arm]}, {stage}", width, seed, *pair)
                for arm, widths in study.features.items()
                for stage, width in widths.items()
                for seed, pair in enumerate(
                    zip(*(_values(study, arm, stage, side) for side in SIDES), strict=True)
                )
            ],
        ),
    )


def _values(study: HierarchyStudy, arm: str, stage: str, side: str) -> list[float]:
    ending = "" if stage == "pixels" else SIDES[side][0]
    return list(study.arms[arm][stage + ending])


def _draw(canvas: Canvas, layout: Layout, study: HierarchyStudy) -> None:
    widths = [len(stages) for stages in study.features.values()]
    if layout == "wide":
        panels = canvas.subplots(1, 2, sharey=True, width_ratios=widths)
    else:
        panels = canvas.subplots(2, 1, sharey=True)
    for axes, (arm, stages) in zip(panels, study.features.items(), strict=True):
        for side in SIDES:
            _path(axes, [_values(study, arm, stage, side) for stage in stages], side)
        labels = [f"{stage}\n{width:,}" for stage, width in stages.items()]
        axes.set_xticks(range(len(stages)), labels)
        axes.set(xlim=(-0.4, len(stages) - 0.6), title=TITLES[arm])
        axes.tick_params(axis="both", length=0)
        axes.grid(axis="y")
        axes.set_axisbelow(True)
        if layout == "narrow" or arm == "LeNet5":
            axes.set_ylabel("accuracy of the read-out, %")
    _name(panels[0], study)


def _path(axes: Axes, stages: list[list[float]], side: str) -> None:
    order = list(SIDES).index(side)
    _, colour, shift = SIDES[side]
    places = [place + shift * (place > 0) for place in range(len(stages))]  # pixels have no sides
    look = {"colour": colour, "marker": MARKERS[order], "dash": DASHES[order]}
    interval_path(axes, places, stages, **look)


def _name(axes: Axes, study: HierarchyStudy) -> None:
    """Names at the curves, where they are far apart."""
    arm, place = study.arms["LeNet5"], list(study.features["LeNet5"]).index("C5")
    for side, (ending, _, shift) in SIDES.items():
        axes.annotate(
            side,
            (place + shift, mean(arm[f"C5{ending}"])),
            xytext=(0, -16) if side == "trained" else (-10, -8),
            textcoords="offset points",
            ha="center" if side == "trained" else "right",
            va="center",
            fontsize=SMALL + 1,
        )
