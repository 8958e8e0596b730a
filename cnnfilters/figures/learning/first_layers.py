"""Learned, random and hand-made first layers: how well each reads digits."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import MaxNLocator

from cnnfilters.experiments.frozen_filters import FrozenFiltersStudy
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import KEY, interval_rows, mean
from cnnfilters.figures.drawing.style import CATEGORIES, MARKERS, Layout
from cnnfilters.figures.drawing.table import Table

LAYERS = ("learned", "random", "bank")
NAMES = {"learned": "learned", "random": "random, frozen", "bank": "edges and lines, fixed"}


def first_layers(study: FrozenFiltersStudy) -> Figure:
    """Accuracy of networks with three kinds of first layer, on all digits and on few.

    Args:
        study: What `cnnfilters.experiments.frozen_filters` measured.
    """
    panels = {
        study.train_words[ending[0]]: {
            NAMES[layer]: study.arms[arm]["accuracy"]
            for layer, arm in zip(LAYERS, ending, strict=True)
        }
        for ending in (LAYERS, tuple(f"{layer}, few" for layer in LAYERS))
    }
    many, few = ([f"{mean(values):.1f}" for values in rows.values()] for rows in panels.values())
    words = list(panels)
    return Figure(
        plotted(_draw, panels, height=2.2, narrow_height=3.6),
        alt=(
            f"Accuracy with a learned, a random and a fixed first layer: {', '.join(many)} % from "
            f"{words[0]}; {', '.join(few)} % from {words[1]}; means of "
            f"{len(study.arms['learned']['accuracy'])} networks each."
        ),
        caption=(
            f"From {words[0]}: {many[0]} % with a learned first layer, {many[1]} % with a random "
            f"one that is never trained, {many[2]} % with edges and lines made by hand. From "
            f"{words[1]}: {few[0]}, {few[1]} and {few[2]} %. {KEY}"
        ),
        table=Table(
            ("learned from and first layer", "network", "accuracy, %"),
            [
                (f"{words}, {layer}", seed, round(value, 3))
                for words, rows in panels.items()
                for layer, values in rows.items()
                for seed, value in enumerate(values)
            ],
        ),
    )


def _draw(canvas: Canvas, layout: Layout, panels: Mapping[str, Mapping[str, list[float]]]) -> None:
    shape = (1, 2) if layout == "wide" else (2, 1)
    looks = list(zip(CATEGORIES, MARKERS, strict=True))[: len(LAYERS)]
    for axes, (words, rows) in zip(
        canvas.subplots(*shape, sharey=layout == "wide").flat, panels.items(), strict=True
    ):
        interval_rows(axes, rows, looks)
        axes.set_title(f"learned from {words}")
        axes.xaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10]))
        axes.set_xlabel("accuracy, %")
