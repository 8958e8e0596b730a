"""What excites the best single unit for each digit, from its strongest downwards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from cnnfilters.digits import Digits
from cnnfilters.experiments.hierarchy import HierarchyStudy
from cnnfilters.figures.drawing.figure import Figure, plotted
from cnnfilters.figures.drawing.panels import bare, mosaic
from cnnfilters.figures.drawing.style import CATEGORIES, MUTED, PIXELS, SMALL, WIDTH, Layout
from cnnfilters.figures.drawing.table import Table
from cnnfilters.figures.drawing.tiles import Box, axes_in, write

SIDE, GAP = 28, 3  # pixels
LEFT, RIGHT, HEAD = 0.34, 0.72, 0.25  # inches
SHOWN = {"wide": slice(None), "narrow": slice(None, None, 2)}  # a phone shows every second one


def best_unit_digits(study: HierarchyStudy, digits: Digits) -> Figure:
    """Held-out digits that excite ten units of C5, one row for each digit.

    Args:
        study: What `cnnfilters.experiments.hierarchy` measured.
        digits: Where the pictures come from.
    """
    best = study.best["LeNet5"]
    counted = best["counted"]
    right = [round(share * n / 100) for share, n in zip(best["purity"], counted, strict=True)]
    worst, finest = (int(pick(best["purity"])) for pick in (np.argmin, np.argmax))
    return Figure(
        plotted(
            _draw,
            best,
            digits,
            right,
            height=lambda layout: HEAD + 10 * (SIDE + GAP) * _geometry(layout)[1],
        ),
        alt=(
            f"Ten rows of digits, each from the strongest answer of one unit downwards. The unit "
            f"for {finest} takes {right[finest]} of {counted[finest]} correctly, the unit "
            f"for {worst} takes {right[worst]} of {counted[worst]}; other digits are framed."
        ),
        caption=(
            f"The best unit of C5 for each digit, in one trained network: on average "
            f"{np.mean(best['purity']):.0f} % of the digits that excite it most are that digit. "
            f"The ten output units reach {np.mean(best['output']):.0f} %. Digits that the row does "
            "not ask for are framed."
        ),
        table=Table(
            ("digit", "unit of C5", "counted", "of them that digit", "output unit, %"),
            [
                (str(digit), unit, count, right[digit], output)
                for digit, (unit, count, output) in enumerate(
                    zip(best["units"], counted, best["output"], strict=True)
                )
            ],
        ),
    )


def _geometry(layout: Layout) -> tuple[int, float]:
    """How many digits stand in a row, and inches for each of the sheet's pixels."""
    columns = len(range(12)[SHOWN[layout]])
    return columns, (WIDTH[layout] - LEFT - RIGHT) / (columns * (SIDE + GAP) - GAP)


def _draw(
    canvas: Canvas, layout: Layout, best: Mapping[str, Any], digits: Digits, right: list[int]
) -> None:
    columns, inch = _geometry(layout)
    shown = np.array(best["shown"])[:, SHOWN[layout]]
    sheet = mosaic(digits.held_out_images[shown.ravel()], columns=columns, gap=GAP)
    rows, width = sheet.shape
    axes = axes_in(canvas, Box(LEFT, HEAD, width * inch, rows * inch))
    bare(axes)
    axes.imshow(sheet, cmap=PIXELS, vmin=0, vmax=1, interpolation="none")
    wrong = digits.held_out_labels[shown] != np.arange(10)[:, None]
    for row, column in np.argwhere(wrong):
        corner = (column * (SIDE + GAP) - 1.5, row * (SIDE + GAP) - 1.5)
        frame: dict[str, Any] = {"edgecolor": CATEGORIES[1], "linewidth": 1.4, "clip_on": False}
        axes.add_patch(Rectangle(corner, SIDE + 2, SIDE + 2, fill=False, **frame))
    write(canvas, LEFT, 0.03, "strongest", fontsize=SMALL, color=MUTED)
    weakest = "weakest of those counted" if layout == "wide" else "weakest counted"
    end = LEFT + width * inch
    write(canvas, end, 0.03, weakest, align="right", fontsize=SMALL, color=MUTED)
    for digit, count in enumerate(right):
        middle = HEAD + (digit * (SIDE + GAP) + SIDE / 2) * inch - 0.06
        write(canvas, 0.05, middle, str(digit))
        words = f"{count} of {best['counted'][digit]}"
        write(canvas, WIDTH[layout], middle, words, align="right", fontsize=SMALL)
