"""Cross-correlation beside convolution: the flip, and what becomes of a map."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.analysis.flipping import flip_correlation
from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.convolution import convolve, cross_correlate
from cnnfilters.digits import MEAN, STD, Digits
from cnnfilters.facts.feature_maps import shown
from cnnfilters.figures.cells import TITLE, picture
from cnnfilters.figures.figure import Figure, plotted
from cnnfilters.figures.sheets import Box
from cnnfilters.figures.style import CATEGORIES, MARKERS, MUTED, SMALL, WIDTH, Layout
from cnnfilters.figures.table import Table
from cnnfilters.kernel_bank import named_kernel
from cnnfilters.run import Run
from cnnfilters.words import decimal, number

MARGIN, GAP = 0.05, 0.15
LETTER = np.array(  # an F: no flip or turn leaves it as it was
    [[1, 1, 1, 1, 0], [1, 0, 0, 0, 0], [1, 1, 1, 0, 0], [1, 0, 0, 0, 0], [1, 0, 0, 0, 0]], float
)
IMPULSE = 9  # pixels: room for the letter on all sides


def flip_impulse() -> Figure:
    """One dot through a kernel in the shape of an F, both ways.

    Returns:
        The figure.

    Example:
        >>> flip_impulse().table.rows[0]
        ('kernel, row 0', 1.0, 1.0, 1.0, 1.0, 0.0)
    """
    dot = np.zeros((IMPULSE, IMPULSE))
    dot[IMPULSE // 2, IMPULSE // 2] = 1
    pictures = {
        "kernel": LETTER,
        "image: one dot": dot,
        "cross-correlation": cross_correlate(dot, LETTER),
        "convolution": convolve(dot, LETTER),
    }
    turned = bool((pictures["cross-correlation"] == LETTER[::-1, ::-1]).all())
    height = {layout: _row_height(layout) for layout in ("wide", "narrow")}
    return Figure(
        plotted(
            lambda canvas, layout: _draw_impulse(canvas, layout, pictures),
            height=height["wide"],
            narrow_height=height["narrow"],
        ),
        alt=(
            "A kernel in the shape of an F and an image of one dot. Cross-correlation gives "
            f"{'the F turned by 180°' if turned else 'another picture'}; convolution gives the F "
            "as it stands."
        ),
        caption=(
            "An impulse shows what an operation does to its kernel. Convolution copies it to the "
            "place of the dot; cross-correlation, which does not flip, leaves it turned by 180°."
        ),
        table=Table(
            ("picture and row", *(f"column {column}" for column in range(len(LETTER)))),
            [
                (f"{name}, row {index}", *map(float, row))
                for name in ("kernel", "cross-correlation", "convolution")
                for index, row in enumerate(pictures[name])
            ],
        ),
    )


def _side(layout: Layout, columns: int) -> float:
    return (WIDTH[layout] - 2 * MARGIN - (columns - 1) * GAP) / columns


def _row_height(layout: Layout) -> float:
    columns = 4 if layout == "wide" else 2
    return (4 // columns) * (TITLE + _side(layout, columns) + GAP) + MARGIN


def _draw_impulse(
    canvas: Canvas, layout: Layout, pictures: dict[str, Float[np.ndarray, "_ _"]]
) -> None:
    columns = 4 if layout == "wide" else 2
    side = _side(layout, columns)
    for index, (title, values) in enumerate(pictures.items()):
        left = MARGIN + index % columns * (side + GAP)
        top = TITLE + index // columns * (TITLE + side + GAP)
        picture(canvas, Box(left, top, side, side), values, title=title)


class _Row(NamedTuple):
    """One kernel, its two maps, and how alike they are."""

    name: str
    kernel: Float[np.ndarray, "height width"]
    maps: tuple[Float[np.ndarray, "rows columns"], Float[np.ndarray, "rows columns"]]
    alike: float


HAND_MADE = {"edge": "sobel-x", "line": "line-upright", "spot": "laplacian"}


def flip_seven(run: Run, digits: Digits) -> Figure:
    """A 7 through three designed kernels and a learned one, each as it stands and flipped.

    Args:
        run: A training of `SmallCNN`; its kernel that the flip changes most is taken.
        digits: Where the 7 comes from.

    Returns:
        The figure.
    """
    image = (shown(digits).astype(np.float64) - MEAN) / STD
    learned = run.kernels().astype(np.float64)
    least = int(np.abs(flip_correlation(image[None], learned[:, None])).argmin())
    kernels = {name: named_kernel(kernel).weights for name, kernel in HAND_MADE.items()}
    kernels["learned"] = learned[least]
    rows = [
        _Row(
            name,
            kernel,
            (cross_correlate(image, kernel), convolve(image, kernel)),
            float(flip_correlation(image[None], kernel[None, None])[0]),
        )
        for name, kernel in kernels.items()
    ]
    words = {row.name: decimal(row.alike) for row in rows}
    height = {layout: _seven_height(layout, len(rows)) for layout in ("wide", "narrow")}
    return Figure(
        plotted(
            lambda canvas, layout: _draw_seven(canvas, layout, rows, words),
            height=height["wide"],
            narrow_height=height["narrow"],
        ),
        alt=(
            "A 7 through four kernels, with and without a flip. The correlation of the two maps is "
            f"{words['edge']} for an edge, {words['line']} for a line, {words['spot']} for a spot "
            f"and {words['learned']} for a learned kernel."
        ),
        caption=(
            "The flip turns the sign of an edge kernel and leaves a symmetric kernel alone. A "
            f"learned kernel is neither: here the two maps correlate by r = {words['learned']}."
        ),
        table=Table(
            ("kernel", "correlation of the two maps"), [(row.name, row.alike) for row in rows]
        ),
    )


def _seven_side(layout: Layout, rows: int) -> float:
    columns = rows if layout == "wide" else 3
    return _side(layout, columns)


def _seven_height(layout: Layout, rows: int) -> float:
    if layout == "wide":
        return 2 * TITLE + 0.95 + 2 * (TITLE + _seven_side(layout, rows) + 0.1)
    return 0.3 + rows * (TITLE + _seven_side(layout, rows) + 0.1)


def _draw_seven(canvas: Canvas, layout: Layout, rows: list[_Row], words: dict[str, str]) -> None:
    """Kernels side by side with their maps below; on a phone one kernel a row."""
    side = _seven_side(layout, len(rows))
    for index, row in enumerate(rows):
        limit = float(np.abs(row.maps).max())
        title = f"{row.name}, r = {words[row.name]}"
        weights = float(np.abs(row.kernel).max())
        if layout == "wide":
            left = MARGIN + index * (side + GAP)
            picture(canvas, Box(left, TITLE, 0.9, 0.9), row.kernel, limit=weights, title=title)
            boxes = [
                Box(left, 0.95 + (2 + line) * TITLE + line * (side + 0.1), side, side)
                for line in range(2)
            ]
            titles = ("cross-correlation", "convolution") if index == 0 else ("", "")
        else:
            top = 0.3 + TITLE + index * (TITLE + side + 0.1)
            small = Box(MARGIN, top, side, side)
            picture(canvas, small, row.kernel, limit=weights, title=title)
            boxes = [Box(MARGIN + k * (side + GAP), top, side, side) for k in (1, 2)]
            titles = ("cross-correlation", "convolution") if index == 0 else ("", "")
        for box, values, words_above in zip(boxes, row.maps, titles, strict=True):
            picture(canvas, box, values, limit=limit, title=words_above)


CLEAR, MORE = -0.5, ", the more the more of an edge they are"  # said only where it shows


def flip_learned(run: Run, digits: Digits) -> Figure:
    """How much the flip changes the map of each learned kernel, over how much of it is an edge.

    Args:
        run: A training of `SmallCNN`.
        digits: Where the 7 comes from.

    Returns:
        The figure.
    """
    image = ((shown(digits).astype(np.float64) - MEAN) / STD)[None]
    kernels = run.kernels().astype(np.float64)
    alike, edge = flip_correlation(image, kernels[:, None]), kernel_shares(kernels).edge
    least, most = (number(round(float(end), 6)) for end in (alike.min(), alike.max()))
    below, trend = int((alike < 0).sum()), float(np.corrcoef(edge, alike)[0, 1])
    return Figure(
        plotted(
            lambda canvas, _: _draw_learned(canvas, edge, alike), height=3.2, narrow_height=3.0
        ),
        alt=(
            f"Each of {len(kernels)} learned kernels as a dot: its edge share against the "
            f"correlation of its two maps, from {least} to {most}. Correlation of the two: "
            f"{number(round(trend, 2))}."
        ),
        caption=(
            f"For {below} of the {len(kernels)} learned kernels the flip turns the sign of the 7's "
            f"map on the whole{MORE if trend < CLEAR else ''}. A network that flips would have "
            "learned the flipped kernels, and would see the same maps."
        ),
        table=Table(
            ("kernel", "edge share", "correlation of the two maps"),
            [
                (f"kernel {index}", float(share), float(value))
                for index, (share, value) in enumerate(zip(edge, alike, strict=True))
            ],
        ),
    )


def _draw_learned(
    canvas: Canvas, edge: Float[np.ndarray, " n"], alike: Float[np.ndarray, " n"]
) -> None:
    axes = canvas.subplots()
    axes.plot(100 * edge, alike, MARKERS[0], color=CATEGORIES[0], markersize=7, clip_on=False)
    for level, words in ((1, "the flip changes nothing"), (-1, "the flip turns the sign")):
        axes.axhline(level, color=MUTED, linewidth=0.8, zorder=0)
        axes.annotate(words, (0, level), xytext=(0, 4), textcoords="offset points", fontsize=SMALL)
    axes.axhline(0, color=MUTED, linewidth=0.8, zorder=0)
    axes.set(xlim=(0, 100), ylim=(-1.05, 1.25), xlabel="edge share of the kernel, %")
    axes.set_title("correlation of the two maps")
    axes.set_yticks([-1, -0.5, 0, 0.5, 1], ["−1", "−0.5", "0", "0.5", "1"])
