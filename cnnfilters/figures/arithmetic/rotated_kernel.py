"""Why a transposed convolution, done directly, needs its kernel turned round."""

from __future__ import annotations

import numpy as np
from jaxtyping import Int

from cnnfilters.arithmetic import ConvGeometry, rotated
from cnnfilters.convolution import cross_correlate, input_gradient
from cnnfilters.figures.drawing.figure import Figure
from cnnfilters.figures.drawing.number_grid import Grid, number_grids
from cnnfilters.figures.drawing.table import Table

INPUT = np.array([[1, 10]])
KERNEL = np.arange(1, 10).reshape(3, 3)
STRIDE = 2


def rotated_kernel() -> Figure:
    """Two pixels painted through a kernel of nine different numbers, and two ways to imitate it.

    Example:
        >>> rotated_kernel().table.rows[0]
        ('input, row 0', '1 10')
    """
    painted = _painted()
    right, wrong = _direct(rotated(KERNEL)), _direct(KERNEL)
    if not (painted == right).all():
        raise ValueError("the direct convolution must give what the transposed one paints")
    grids = [
        Grid(("input",), INPUT),
        Grid(("kernel",), KERNEL),
        Grid((f"transposed, stride {STRIDE}",), painted),
        Grid(("direct, kernel rotated",), right),
        Grid(("direct, kernel as it is",), wrong),
    ]
    differ = int((right != wrong).sum())
    return Figure(
        lambda layout: number_grids(grids, layout, columns={"wide": 3, "narrow": 2}),
        alt=(
            f"The pixels 1 and 10 each paint one copy of a kernel of the numbers 1 to 9, "
            f"{STRIDE} columns apart. Stretching, padding and convolving with the rotated kernel "
            f"gives the same {right.size} numbers; without the rotation {differ} differ."
        ),
        caption=(
            "Each pixel paints one copy of the kernel, times its own value; copies add where they "
            "meet. The direct convolution gives the same only with the kernel rotated by 180°: as "
            f"it is, {differ} of {right.size} numbers are wrong."
        ),
        table=Table(
            ("row", "numbers, from left to right"),
            [
                (f"{grid.title[0]}, row {row}", " ".join(map(str, line)))
                for grid in grids
                for row, line in enumerate(grid.values)
            ],
        ),
    )


def _painted() -> Int[np.ndarray, "rows columns"]:
    geometry = ConvGeometry(KERNEL.shape, stride=STRIDE)
    transposed = ConvGeometry(KERNEL.shape, stride=STRIDE, transposed=True)
    size = transposed.output_size(INPUT.shape)
    return input_gradient(INPUT, KERNEL, input_size=size, geometry=geometry).astype(int)


def _direct(kernel: Int[np.ndarray, "3 3"]) -> Int[np.ndarray, "rows columns"]:
    transposed = ConvGeometry(KERNEL.shape, stride=STRIDE, transposed=True)
    stretch, direct = transposed.equivalent_direct()
    return cross_correlate(stretch(INPUT), kernel, geometry=direct).astype(int)
