"""Sheets of kernels, placed to the hundredth of an inch so that every cell is square."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.colors import Normalize
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.panels import bare, mosaic, signed_image
from cnnfilters.figures.drawing.style import SIGNED, SMALL

DARK_TEXT, PALE_TEXT = "#000000", "#ffffff"  # on data colours, which no scheme changes
SAME_CONTRAST = 0.18  # relative luminance at which black and white are read equally well


class Box(NamedTuple):
    """A place on a canvas, in inches from its top left corner.

    Attributes:
        left: Inches from the left edge of the canvas.
        top: Inches from its top edge.
        width: Inches.
        height: Inches.
    """

    left: float
    top: float
    width: float
    height: float


def axes_in(canvas: Canvas, box: Box) -> Axes:
    """Axes that fill a box exactly."""
    canvas.set_layout_engine("none")  # every place is given
    width, height = canvas.get_size_inches()
    bottom = height - box.top - box.height
    return canvas.add_axes(
        (box.left / width, bottom / height, box.width / width, box.height / height)
    )


def write(
    canvas: Canvas, left: float, top: float, text: str, *, align: str = "left", **style: Any
) -> None:
    """A line of text, its top at `top`, in inches from the top left corner."""
    width, height = canvas.get_size_inches()
    canvas.text(left / width, 1 - top / height, text, ha=align, va="top", **style)


def sheet_cells(count: int, columns: int, *, side: int = 5, gap: int = 1) -> tuple[int, int]:
    """Rows and columns of cells, gaps included, that `count` kernels take.

    Example:
        >>> sheet_cells(16, 8)
        (11, 47)
    """
    rows = -(-count // columns)
    return rows * (side + gap) - gap, columns * (side + gap) - gap


def kernel_sheet(
    canvas: Canvas,
    kernels: Float[np.ndarray, "n side side"],
    *,
    left: float,
    top: float,
    width: float,
    columns: int,
    limit: float,
) -> float:
    """Kernels in rows, on the scale of `limit`, over a given width.

    Returns:
        The height that they took, in inches.
    """
    rows, cells = sheet_cells(len(kernels), columns, side=kernels.shape[-1])
    height = width * rows / cells
    axes = axes_in(canvas, Box(left, top, width, height))
    signed_image(axes, mosaic(kernels, columns=columns), limit=limit)
    return height


def scale_bar(
    canvas: Canvas, *, right: float, top: float, limit: float, label: str, width: float = 1.1
) -> None:
    """The colours of signed values with their numbers, in one line that ends at `right`."""
    box = Box(right - width - 0.38, top + 0.02, width, 0.1)
    axes = axes_in(canvas, box)
    colours = ScalarMappable(Normalize(-limit, limit), SIGNED)
    bar = canvas.colorbar(colours, cax=axes, orientation="horizontal")
    bar.outline.set_visible(False)
    bar.set_ticks([])
    bare(axes)
    middle: dict[str, Any] = {"va": "center", "fontsize": SMALL, "transform": axes.transAxes}
    axes.text(-0.05, 0.5, f"{label}  −{limit:.2f}", ha="right", **middle)
    axes.text(1.05, 0.5, f"+{limit:.2f}", ha="left", **middle)


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
