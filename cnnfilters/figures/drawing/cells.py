"""Small grids whose cells carry their number, and the signs between them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.patches import Rectangle

from cnnfilters.figures.drawing.panels import bare, pixel_image, signed_image
from cnnfilters.figures.drawing.sheets import readable_on
from cnnfilters.figures.drawing.style import INK, MUTED, RULE, SMALL
from cnnfilters.figures.drawing.tiles import Box, axes_in, write
from cnnfilters.words import short

Grid = Float[np.ndarray, "rows columns"]
TITLE = 0.22  # inches above a grid
SIGN_SIZE = 16.0  # points, of what stands between two grids


def picture(
    canvas: Canvas, box: Box, values: Grid, *, limit: float | None = None, title: str = ""
) -> Axes:
    """Ink in [0, 1], or, where `limit` is given, signed values on its scale; framed.

    Example:
        >>> axes = picture(Canvas((4, 2)), Box(1, 0.5, 2, 1), np.array([[0.0, 1.0]]))
        >>> [float(part) for part in axes.get_position().bounds]  # left, bottom, width, height
        [0.25, 0.25, 0.5, 0.5]
    """
    axes = axes_in(canvas, box)
    if limit is None:
        pixel_image(axes, values)
    else:
        signed_image(axes, values, limit=limit)
        bare(axes, frame=True)
    axes.set_aspect("auto")
    if title:
        write(canvas, box.left, box.top - TITLE, title)
    return axes


def numbered(
    canvas: Canvas,
    box: Box,
    values: Grid,
    *,
    limit: float | None = None,
    title: str = "",
    words: Callable[[float], str] = short,
    size: float = SMALL,
) -> Axes:
    """The same with every value written on its colour, and lines between the cells.

    Example:
        >>> axes = numbered(Canvas(), Box(1, 1, 2, 1), np.array([[0.5, -1.0]]), limit=1)
        >>> [text.get_text() for text in axes.texts]
        ['0.5', '−1']
    """
    axes = picture(canvas, box, values, limit=limit, title=title)
    colours = axes.images[0].to_rgba
    for (row, column), value in np.ndenumerate(values):
        ink = readable_on([*colours(value)])
        place: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": size}
        axes.text(column, row, words(float(value)), color=ink, **place)
    rows, columns = values.shape
    lines: dict[str, Any] = {"color": RULE, "linewidth": 0.6}
    for row in range(1, rows):
        axes.axhline(row - 0.5, **lines)
    for column in range(1, columns):
        axes.axvline(column - 0.5, **lines)
    return axes


def photograph(canvas: Canvas, box: Box, brightness: Grid, *, title: str = "") -> Axes:
    """Brightness in [0, 1], black to white; what lies outside is cut off.

    Example:
        >>> axes = photograph(Canvas(), Box(1, 1, 2, 1), np.array([[0.0, 0.5]]))
        >>> axes.images[0].to_rgba(np.array([0.0, 2.0]))[:, 0].tolist()  # black, white: of red
        [0.0, 1.0]
    """
    axes = axes_in(canvas, box)
    axes.imshow(brightness, cmap="gray", vmin=0, vmax=1, interpolation="none", aspect="auto")
    bare(axes, frame=True)
    if title:
        write(canvas, box.left, box.top - TITLE, title)
    return axes


def frame(axes: Axes, *, row: int, column: int, height: int, width: int) -> None:
    """A window's outline: ink with paper inside it, seen on any colour.

    Example:
        >>> axes = Canvas().add_subplot()
        >>> frame(axes, row=1, column=2, height=3, width=3)  # corners lie between the cells
        >>> [(patch.get_xy(), patch.get_width()) for patch in axes.patches]
        [((1.5, 0.5), 3), ((1.5, 0.5), 3)]
    """
    for colour, line in (("#ffffff", 3.2), (OUTLINE, 1.6)):
        axes.add_patch(
            Rectangle(
                (column - 0.5, row - 0.5),
                width,
                height,
                fill=False,
                edgecolor=colour,
                linewidth=line,
                clip_on=False,
            )
        )


OUTLINE = "#785a87"  # the first category; neither scale has it


def sign(canvas: Canvas, box: Box, text: str) -> None:
    """An operator in the middle of the gap left of a box that is `gap` wide.

    Example:
        >>> canvas = Canvas((4, 2))
        >>> sign(canvas, Box(1, 0.5, 2, 1), "=")
        >>> [float(part) for part in canvas.texts[0].get_position()]  # the middle
        [0.5, 0.5]
    """
    width, height = canvas.get_size_inches()
    canvas.text(
        (box.left + box.width / 2) / width,
        1 - (box.top + box.height / 2) / height,
        text,
        ha="center",
        va="center",
        fontsize=SIGN_SIZE,
        color=INK,
    )


def note(canvas: Canvas, left: float, top: float, text: str, *, align: str = "left") -> None:
    """Small, secondary words.

    Example:
        >>> canvas = Canvas((4, 2))
        >>> note(canvas, 1, 0.5, "nine products")  # a quarter from the left and from the top
        >>> canvas.texts[0].get_text(), [float(part) for part in canvas.texts[0].get_position()]
        ('nine products', [0.25, 0.75])
    """
    write(canvas, left, top, text, align=align, fontsize=SMALL, color=MUTED)
