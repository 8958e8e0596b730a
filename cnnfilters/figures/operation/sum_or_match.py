"""What a high sum means: the pattern, or brightness, or contrast."""

from __future__ import annotations

import numpy as np
from matplotlib.figure import Figure as Canvas

from cnnfilters.convolution import cross_correlate, normalized_response
from cnnfilters.figures.drawing.cells import TITLE, note, numbered
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.style import WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import MARGIN, Box, write
from cnnfilters.words import short

EDGE = np.array([[0.0, 1.0], [0.0, 1.0]])  # a pattern that does not sum to zero
WINDOWS = {
    "the pattern": EDGE,
    "fainter": EDGE / 2,
    "on grey": EDGE / 2 + 0.5,
    "all ink": np.ones((2, 2)),
    "the opposite": 1 - EDGE,
}
SCORES = ("sum", "mean-free", "normalised")


def sum_or_match() -> Figure:
    """Five windows under one kernel: its sum, its mean-free sum, and its normalised response.

    Example:
        >>> sum_or_match().table.rows[0]
        ('the pattern', 2.0, 1.0, 1.0)
    """
    scores = _scores()
    flat, faint = scores["all ink"], scores["fainter"]
    return Figure(
        plotted(_draw_scores, scores, height=2.55, narrow_height=0.35 + len(WINDOWS) * 1.05),
        alt=(
            f"Five windows of 2×2 pixels. The one full of ink has a sum of {short(flat[0])}, more "
            f"than the faint pattern's {short(faint[0])}. Mean-free, they give {short(flat[1])} "
            f"and {short(faint[1])}; normalised, {short(flat[2])} and {short(faint[2])}."
        ),
        caption=(
            f"The kernel is the pattern itself. A window full of ink scores {short(flat[0])}, as "
            "much as the pattern, until the kernel loses its mean; a faint pattern scores half "
            "until the window is normalised as well."
        ),
        table=Table(("window", *SCORES), [(name, *row) for name, row in scores.items()]),
    )


def _scores() -> dict[str, tuple[float, ...]]:
    return {
        name: (
            float(cross_correlate(window, EDGE)[0, 0]),
            float(cross_correlate(window, EDGE - EDGE.mean())[0, 0]),
            round(float(normalized_response(window, EDGE)[0, 0]), 12),
        )
        for name, window in WINDOWS.items()
    }


def _draw_scores(canvas: Canvas, layout: Layout, scores: dict[str, tuple[float, ...]]) -> None:
    """Windows side by side; on a phone one below the other."""
    if layout == "narrow":
        _draw_below(canvas, scores)
        return
    left, side, step = 1.2, 0.95, (WIDTH[layout] - 1.2 - MARGIN) / len(WINDOWS)
    for line, score in enumerate(SCORES):
        write(canvas, MARGIN, 1.55 + 0.3 * line, score)
    for index, (name, window) in enumerate(WINDOWS.items()):
        place = left + index * step
        box = Box(place, MARGIN + TITLE + 0.05, side, side)
        numbered(canvas, box, window, title=name)
        for line, value in enumerate(scores[name]):
            middle = place + side / 2
            write(canvas, middle, 1.55 + 0.3 * line, short(value), align="center")


def _draw_below(canvas: Canvas, scores: dict[str, tuple[float, ...]]) -> None:
    side, columns = 0.7, [1.2, 2.0, 2.9]
    for score, place in zip(SCORES, columns, strict=True):
        note(canvas, place, MARGIN, score, align="center")
    for index, (name, window) in enumerate(WINDOWS.items()):
        top = 0.6 + index * 1.05
        numbered(canvas, Box(MARGIN, top, side, side), window, title=name)
        for value, place in zip(scores[name], columns, strict=True):
            write(canvas, place, top + side / 2 - 0.07, short(value), align="center")
