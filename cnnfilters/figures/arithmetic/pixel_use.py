"""How often each pixel is read, and from how many pixels each output is made."""

from __future__ import annotations

import numpy as np

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.figures.drawing.figure import Figure
from cnnfilters.figures.drawing.number_grid import Grid, number_grids
from cnnfilters.figures.drawing.table import Table

IMAGE = 9  # pixels: every number can be read
READ = {  # title, geometry
    "5×5, no padding": ConvGeometry(5),
    "5×5, padding 2 (half)": ConvGeometry(5, padding=2),
    "5×5, padding 4 (full)": ConvGeometry(5, padding=4),
    "3×3, stride 2, padding 1": ConvGeometry(3, stride=2, padding=1),
    "4×4, stride 3": ConvGeometry(4, stride=3),
    "2×2, stride 3": ConvGeometry(2, stride=3),
}
SMALL_IMAGE = 4
PAINTED = {
    "3×3, stride 2": ConvGeometry(3, stride=2, transposed=True),
    "4×4, stride 2, padding 1": ConvGeometry(4, stride=2, padding=1, transposed=True),
    "2×2, stride 2": ConvGeometry(2, stride=2, transposed=True),
}


def pixel_use() -> Figure:
    """How many windows read each pixel, for six convolutions over one small image.

    Example:
        >>> pixel_use().table.rows[0]
        ('5×5, no padding, row 0', '1 2 3 4 5 4 3 2 1')
    """
    counts = {title: geometry.visits(IMAGE) for title, geometry in READ.items()}
    bare, half, full, *_, skipping = counts.values()
    unread = int((skipping == 0).sum())
    grids = [
        Grid((title, f"makes {_square(READ[title].output_size(IMAGE)[0])}"), visits)
        for title, visits in counts.items()
    ]
    middle = IMAGE // 2
    return Figure(
        lambda layout: number_grids(grids, layout, columns={"wide": 3, "narrow": 2}),
        alt=(
            f"How often each of {IMAGE}×{IMAGE} pixels is read. 5×5 kernel: the corner "
            f"{_times(int(bare[0, 0]))}, the centre {bare[middle, middle]} times; with padding "
            f"2 the corner {half[0, 0]} times, with 4 all {full.min()}. 2×2 at stride 3 misses "
            f"{unread}."
        ),
        caption=(
            f"Without padding the corner is read {_times(int(bare[0, 0]))} and the centre "
            f"{bare[middle, middle]} times; half padding lifts the corner to {half[0, 0]}, full "
            f"padding makes all equal. Only a step larger than the kernel skips pixels: here "
            f"{unread} of {skipping.size}, hatched. A ragged margin can be left over, too."
        ),
        table=_table(counts),
    )


def checkerboards() -> Figure:
    """How many inputs each output of a transposed convolution is the sum of.

    Example:
        >>> checkerboards().table.rows[0]
        ('3×3, stride 2, row 0', '1 1 2 1 2 1 2 1 1')
    """
    counts = {title: geometry.contributions(SMALL_IMAGE) for title, geometry in PAINTED.items()}
    uneven, even, *_ = counts.values()
    grids = [Grid((title,), values) for title, values in counts.items()]
    inner = slice(1, -1)
    return Figure(
        lambda layout: number_grids(grids, layout, columns={"wide": 3, "narrow": 2}),
        alt=(
            f"Inputs that each output of a transposed convolution sums. 3×3 at stride 2: "
            f"{uneven[inner, inner].min()}, 2 and {uneven.max()} alternate, a checkerboard. 4×4 "
            f"at stride 2: {even[inner, inner].min()} everywhere inside."
        ),
        caption=(
            f"A 3×3 kernel at stride 2 makes neighbouring outputs from 1, 2 or {uneven.max()} "
            "inputs: a checkerboard before anything is learned. A kernel whose size is a multiple "
            "of its stride covers evenly."
        ),
        table=_table(counts),
    )


def _table(counts: dict[str, np.ndarray]) -> Table:
    rows = [
        (f"{title}, row {row}", " ".join(map(str, line)))
        for title, values in counts.items()
        for row, line in enumerate(values)
    ]
    return Table(("row", "counts, from left to right"), rows)


def _times(count: int) -> str:
    return "once" if count == 1 else f"{count} times"


def _square(side: int) -> str:
    return f"{side}×{side}"
