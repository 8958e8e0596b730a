"""Kernels being learned, and how well the network does meanwhile."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.kernels import orientation_deg
from cnnfilters.analysis.learning import distance_from_start, early, fits_over_time
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import mosaic, signed_image
from cnnfilters.figures.drawing.sheets import sheet_cells
from cnnfilters.figures.drawing.style import (
    CATEGORIES,
    DASHES,
    MARKERS,
    SMALL,
    WIDTH,
    Layout,
)
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import HEAD, MARGIN, Box, axes_in, scale_bar, write
from cnnfilters.run import Run
from cnnfilters.words import decimal, percent

FRAMES = {"wide": 8, "narrow": 5}  # snapshots shown as pictures; the curves have all
FRAME_COLUMNS = 2  # of kernels in one frame
FRAME_GAP = 2  # cells between frames
LEFT = 0.42  # inches beside the frames, for the curves' numbers
STEPS, CURVES, BOTTOM = 0.32, 1.15, 0.1  # inches between, of the curves, below
CURVE_STYLES = (2, 0, 3)  # of accuracy, cosine and edge fit
CURVE_WORDS = ("accuracy", "cosine with start", "edge fit")
LABEL_REACH, LABEL_AWAY = 2, 0.12  # snapshots that a name covers to each side, height above a curve


def film_strip(run: Run) -> Figure:
    """The kernels at log-spaced steps, over accuracy and likeness to the start.

    Args:
        run: A training of `SmallCNN`.

    Example:
        >>> from cnnfilters.kernel_bank import family_bases
        >>> line, edge = (family_bases(5)[family] for family in ("line", "edge"))  # two of each
        >>> weights = {"conv1.weight": np.stack([line, line + edge])[:, :, None]}  # two snapshots
        >>> run = Run(np.array([0, 9]), weights, np.ones(2), np.array([0.1, 0.95]), {}, {}, {})
        >>> print(film_strip(run).caption)
        At step 9 of 9 the network names 95.0 % of the held-out digits. The kernels' cosine with
        their start is 0.71 then, and 0.71 at the end.
    """
    cosine = distance_from_start(run).cosine
    edge = fits_over_time(run).edge.mean(axis=1)
    good = early(run)
    return Figure(
        plotted(
            _film,
            run,
            (run.accuracy, cosine, edge),
            height=lambda layout: HEAD + _strip_size(layout, run)[1] + STEPS + CURVES + BOTTOM,
        ),
        alt=(
            f"{len(run.kernels())} kernels from step 0 to step {run.steps[-1]:,}. "
            f"Accuracy is {percent(run.accuracy[good])} at step {run.steps[good]:,}, where the "
            f"kernels' cosine with their start is {decimal(cosine[good])}, and ends at "
            f"{percent(run.accuracy[-1])} and {decimal(cosine[-1])}. "
            f"Edge fit: {percent(edge[0], 0)}, then {percent(edge[-1], 0)}."
        ),
        caption=(
            f"At step {run.steps[good]:,} of {run.steps[-1]:,} the network names "
            f"{percent(run.accuracy[good])} of the held-out digits. The kernels' cosine with their "
            f"start is {decimal(cosine[good])} then, and {decimal(cosine[-1])} at the end."
        ),
        table=Table(
            ("step", "accuracy", "cosine with the start", "mean edge fit"),
            [
                (int(step), float(hits), float(like), float(share))
                for step, hits, like, share in zip(
                    run.steps, run.accuracy, cosine, edge, strict=True
                )
            ],
        ),
    )


def _frames(layout: Layout, run: Run) -> list[int]:
    """The snapshots that are shown as pictures: the first, the last, and evenly between."""
    count = min(FRAMES[layout], len(run.steps))
    return [round(at) for at in np.linspace(0, len(run.steps) - 1, count)]


def _strip_size(layout: Layout, run: Run) -> tuple[float, float, int]:
    """Inches of all frames together, across and down, and their columns of cells."""
    rows, columns = sheet_cells(len(run.kernels()), FRAME_COLUMNS)
    across = len(_frames(layout, run)) * (columns + FRAME_GAP) - FRAME_GAP
    width = WIDTH[layout] - LEFT - MARGIN
    return width, width * rows / across, across


def _film(
    canvas: Canvas, layout: Layout, run: Run, curves: Sequence[Float[np.ndarray, " snapshots"]]
) -> None:
    order = np.argsort(orientation_deg(run.kernels()))
    limit = float(np.abs(run.weights["conv1.weight"]).max())
    shown = _frames(layout, run)
    width, height, across = _strip_size(layout, run)

    frames = np.stack([mosaic(run.kernels(at)[order], columns=FRAME_COLUMNS) for at in shown])
    strip = mosaic(frames, columns=len(shown), gap=FRAME_GAP)
    signed_image(axes_in(canvas, Box(LEFT, HEAD, width, height)), strip, limit=limit)
    scale_bar(canvas, limit=limit, label="weight")

    columns = frames.shape[-1]
    centres = np.arange(len(shown)) * (columns + FRAME_GAP) + (columns - 1) / 2
    axes = axes_in(canvas, Box(LEFT, HEAD + height + STEPS, width, CURVES))
    axes.set(xlim=(-0.5, across - 0.5), ylim=(0, 1.03))
    _curves(axes, np.interp(np.arange(len(run.steps)), shown, centres), curves)
    axes.xaxis.tick_top()
    axes.set_xticks(centres, [f"{run.steps[at]:,}" for at in shown])
    axes.tick_params(axis="x", length=0, pad=3)
    write(canvas, LEFT - 0.06, HEAD + height + STEPS - 0.2, "step", align="right", fontsize=SMALL)


def _curves(
    axes: Axes,
    places: Float[np.ndarray, " snapshots"],
    curves: Sequence[Float[np.ndarray, " snapshots"]],
) -> None:
    """Accuracy, cosine with the start and mean edge fit, each a share of one."""
    axes.grid(axis="x")
    axes.spines["left"].set_visible(False)
    axes.set_yticks([0, 0.5, 1], ["0", "0.5", "1"])
    axes.tick_params(axis="y", length=0)
    for values, style, words in zip(curves, CURVE_STYLES, CURVE_WORDS, strict=True):
        look = {"linestyle": DASHES[style], "marker": MARKERS[style], "color": CATEGORIES[style]}
        axes.plot(places, values, clip_on=False, **look)
        at, height = _roomiest(values, [other for other in curves if other is not values])
        axes.text(places[at], height, words, fontsize=SMALL, ha="center", va="center")


def _roomiest(
    values: Float[np.ndarray, " snapshots"], others: Sequence[Float[np.ndarray, " snapshots"]]
) -> tuple[int, float]:
    """Where a curve's name stands clear of the other curves: a snapshot, and a height beside it."""
    free = []
    for at in range(LABEL_REACH, len(values) - LABEL_REACH):
        near = slice(at - LABEL_REACH, at + LABEL_REACH + 1)
        for height in (values[near].max() + LABEL_AWAY, values[near].min() - LABEL_AWAY):
            if LABEL_AWAY <= height <= 1 - LABEL_AWAY / 2:
                room = min(float(np.abs(other[near] - height).min()) for other in others)
                drift = float(np.ptp(values[near]))  # a name belongs to a level stretch
                free.append((room - drift, at, float(height)))
    _, at, height = max(free, default=(0.0, len(values) // 2, 0.5))
    return at, height
