"""Sheets of kernels, placed to the hundredth of an inch so that every cell is square."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.panels import mosaic, signed_image
from cnnfilters.figures.drawing.tiles import Box, axes_in

DARK_TEXT, PALE_TEXT = "#000000", "#ffffff"  # on data colours, which no scheme changes
SAME_CONTRAST = 0.18  # relative luminance at which black and white are read equally well


def sheet_cells(count: int, columns: int, *, side: int = 5, gap: int = 1) -> tuple[int, int]:
    """Rows and columns of cells, gaps included, that `count` kernels take.

    Example:
        >>> sheet_cells(16, 8)
        (11, 47)
    """
    rows = -(-count // columns)
    return rows * (side + gap) - gap, columns * (side + gap) - gap


def sheet_height(count: int, columns: int, *, width: float, side: int = 5) -> float:
    """Inches that a sheet of kernels of `side` cells takes, drawn over `width` inches.

    Example:
        >>> sheet_height(16, 8, width=4.7)
        1.1
    """
    rows, cells = sheet_cells(count, columns, side=side)
    return width * rows / cells


def kernel_sheet(
    canvas: Canvas,
    box: Box,
    kernels: Float[np.ndarray, "n side side"],
    *,
    columns: int,
    limit: float,
) -> float:
    """Kernels in rows over the width of a box, on the scale of `limit`.

    Returns:
        The height that they took, in inches.

    Example:
        >>> kernels, box = np.zeros((16, 5, 5)), Box(left=0, top=0, width=4.7, height=2)
        >>> took = kernel_sheet(Canvas((5, 2)), box, kernels, columns=8, limit=1.0)
        >>> round(took, 6)  # 47 cells wide, so 11 high
        1.1
    """
    height = sheet_height(len(kernels), columns, width=box.width, side=kernels.shape[-1])
    axes = axes_in(canvas, box._replace(height=height))
    signed_image(axes, mosaic(kernels, columns=columns), limit=limit)
    return height


def readable_on(colour: Sequence[float]) -> str:
    """Dark or pale text, whichever stands out more from a data colour.

    Args:
        colour: Red, green, blue in [0, 1]; more is ignored.

    Returns:
        A colour of at least 4.5:1 contrast.

    Example:
        >>> readable_on((1, 1, 1)) == DARK_TEXT, readable_on((0.4, 0, 0.1)) == PALE_TEXT
        (True, True)

    Source: WCAG 2.2, relative luminance.
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour[:3]]
    luminance = float(np.dot([0.2126, 0.7152, 0.0722], linear))
    return DARK_TEXT if luminance > SAME_CONTRAST else PALE_TEXT
