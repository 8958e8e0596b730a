"""What a high sum means: the pattern, or brightness, or contrast."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.dot_product import shared_top
from cnnfilters.convolution import cross_correlate, normalized_response
from cnnfilters.digits import Digits
from cnnfilters.figures.cells import TITLE, note, numbered, picture
from cnnfilters.figures.figure import Figure, plotted
from cnnfilters.figures.sheets import Box, scale_bar, write
from cnnfilters.figures.style import WIDTH, Layout
from cnnfilters.figures.table import Table
from cnnfilters.run import Run
from cnnfilters.words import percent, short

MARGIN, GAP = 0.05, 0.1
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

    Returns:
        The figure.

    Example:
        >>> sum_or_match().table.rows[0]
        ('the pattern', 2.0, 1.0, 1.0)
    """
    scores = _scores()
    flat, faint = scores["all ink"], scores["fainter"]
    return Figure(
        plotted(
            lambda canvas, layout: _draw_scores(canvas, layout, scores),
            height=_scores_height("wide"),
            narrow_height=_scores_height("narrow"),
        ),
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


def _across(layout: Layout) -> bool:
    """Windows side by side, or one below the other."""
    return layout == "wide"


def _scores_height(layout: Layout) -> float:
    return 2.55 if _across(layout) else 0.35 + len(WINDOWS) * 1.05


def _draw_scores(canvas: Canvas, layout: Layout, scores: dict[str, tuple[float, ...]]) -> None:
    if not _across(layout):
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


STEP = 5  # every fifth held-out digit: enough windows to rank
BEST = 200  # windows in each ranking
ROW = {"wide": 12, "narrow": 6}  # windows in a row


class _Top(NamedTuple):
    """The kernel, and the best windows by each score, each from another digit."""

    kernel: Float[np.ndarray, "side side"]
    by_sum: Float[np.ndarray, "n side side"]
    by_match: Float[np.ndarray, "n side side"]


def top_windows(run: Run, digits: Digits) -> Figure:
    """The windows that one learned kernel answers most strongly, and those that match it best.

    The kernel is the one whose two rankings agree least.

    Args:
        run: A training of `SmallCNN`.
        digits: Where the windows come from.

    Returns:
        The figure.
    """
    images = digits.held_out_images[::STEP].astype(np.float64)
    kernels = run.kernels().astype(np.float64)
    sums, matches = (
        np.stack([score(image[None], kernels[:, None]) for image in images], axis=1)
        for score in (cross_correlate, normalized_response)
    )  # each (kernels, digits, rows, columns)
    pairs = list(zip(sums, matches, strict=True))
    agree = [shared_top(*pair, count=BEST) for pair in pairs]
    chosen = int(np.argmin(agree))
    top = _Top(kernels[chosen], *(_best(images, maps, len(kernels[0])) for maps in pairs[chosen]))
    ink = [float(part.mean()) for part in (top.by_sum, top.by_match)]
    return Figure(
        plotted(
            lambda canvas, layout: _draw_top(canvas, layout, top),
            height=_top_height("wide"),
            narrow_height=_top_height("narrow"),
        ),
        alt=(
            f"Kernel {chosen}, and two rows of {len(top.by_sum)} windows of digits: those with the "
            f"highest sums, {percent(ink[0], 0)} ink, and those that match it best, "
            f"{percent(ink[1], 0)} ink."
        ),
        caption=(
            f"Of the {BEST} windows with the highest sums, {percent(agree[chosen], 0)} are among "
            f"the {BEST} best matches of this kernel, the least of all {len(kernels)}; for the "
            f"median kernel it is {percent(float(np.median(agree)), 0)}."
        ),
        table=Table(
            ("kernel", f"share of the {BEST} highest sums that are among the best matches, %"),
            [(f"kernel {index}", 100 * share) for index, share in enumerate(agree)],
        ),
    )


def _best(
    images: Float[np.ndarray, "n 28 28"], maps: Float[np.ndarray, "n rows columns"], size: int
) -> Float[np.ndarray, "shown size size"]:
    """The best window of each digit, and of these the first few."""
    order = np.argsort(-maps.max(axis=(1, 2)), kind="stable")[: ROW["wide"]]
    windows = []
    for index in order:
        row, column = np.unravel_index(maps[index].argmax(), maps[index].shape)
        windows.append(images[index, row : row + size, column : column + size])
    return np.stack(windows)


def _top_side(layout: Layout) -> float:
    return (WIDTH[layout] - 2 * MARGIN - (ROW[layout] - 1) * GAP) / ROW[layout]


def _top_height(layout: Layout) -> float:
    return 1.25 + 2 * (TITLE + _top_side(layout) + 0.12) + MARGIN


def _draw_top(canvas: Canvas, layout: Layout, top: _Top) -> None:
    limit = float(np.abs(top.kernel).max())
    scale_bar(canvas, right=WIDTH[layout] - MARGIN, top=0.05, limit=limit, label="weight")
    picture(
        canvas, Box(MARGIN, TITLE + MARGIN, 0.85, 0.85), top.kernel, limit=limit, title="kernel"
    )
    side, place = _top_side(layout), 1.25
    rows = {"highest sums": top.by_sum, "best matches": top.by_match}
    for title, windows in rows.items():
        write(canvas, MARGIN, place, title)
        for index, window in enumerate(windows[: ROW[layout]]):
            left = MARGIN + index * (side + GAP)
            picture(canvas, Box(left, place + TITLE, side, side), window)
        place += TITLE + side + 0.12
