"""How alike the strongest patches of a unit are, in several networks."""

from __future__ import annotations

from collections.abc import Mapping

from matplotlib.figure import Figure as Canvas

from cnnfilters.experiments.study import Study
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.intervals import KEY, interval_rows, mean
from cnnfilters.figures.drawing.style import (
    CATEGORIES,
    MARKERS,
)
from cnnfilters.figures.drawing.table import Table
from cnnfilters.words import decimal

ROWS = {  # of the strip plot: what the study calls them
    "trained": "trained",
    "untrained": "untrained",
    "same places,\nother digits": "same places",
    "random patches": "random",
}


def patches_coherence(study: Study) -> Figure:
    """The coherence of several networks, trained, untrained, and of patches that no unit chose.

    Args:
        study: What `cnnfilters.experiments.units` measured.
    """
    rows = {name: study.arms[arm]["coherence"] for name, arm in ROWS.items()}
    trained, untrained, same, random = (decimal(mean(values)) for values in rows.values())
    count = len(rows["trained"])
    return Figure(
        plotted(lambda canvas, _: _strip(canvas, rows), height=2.5, narrow_height=2.7),
        alt=(
            f"Coherence of a unit's nine patches, means of {count} networks: trained {trained}, "
            f"untrained {untrained}, patches from the same places of other digits {same}, random "
            f"patches {random}."
        ).replace(" -", " −"),
        caption=(
            f"Training raises the coherence of a unit's strongest patches from {untrained} to "
            f"{trained}. Random patches have {random}, so much of it is there untrained. "
            f"{KEY}"
        ).replace(" -", " −"),
        table=Table(
            ("patches", "network", "coherence"),
            [
                (name.replace("\n", " "), seed, value)
                for name, values in rows.items()
                for seed, value in enumerate(values)
            ],
        ),
    )


def _strip(canvas: Canvas, rows: Mapping[str, list[float]]) -> None:
    axes = canvas.subplots()
    interval_rows(axes, rows, list(zip(CATEGORIES, MARKERS, strict=True)))
    least = min(0.0, *(min(values) for values in rows.values()))
    axes.set(xlim=(least, 1), xlabel="coherence of nine patches")
    axes.set_xticks([0, 0.25, 0.5, 0.75, 1])
