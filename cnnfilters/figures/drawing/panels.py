"""The few things that figures are drawn from."""

from __future__ import annotations

from typing import Any

import numpy as np
from jaxtyping import Float
from matplotlib.axes import Axes
from matplotlib.figure import Figure as Canvas
from matplotlib.image import AxesImage

from cnnfilters.figures.drawing.style import PIXELS, RULE, SIGNED, SMALL, Layout


def mosaic(
    images: Float[np.ndarray, "n height width"], *, columns: int, gap: int = 1
) -> Float[np.ndarray, "rows_px columns_px"]:
    """Images side by side in one array, NaN between them: one picture draws faster than sixteen.

    Example:
        >>> mosaic(np.ones((3, 1, 1)), columns=2, gap=1)
        array([[ 1., nan,  1.],
               [nan, nan, nan],
               [ 1., nan, nan]])
    """
    count, height, width = images.shape
    rows = -(-count // columns)
    sheet = np.full((rows * (height + gap) - gap, columns * (width + gap) - gap), np.nan)
    for index, image in enumerate(images):
        top, left = index // columns * (height + gap), index % columns * (width + gap)
        sheet[top : top + height, left : left + width] = image
    return sheet


def bare(axes: Axes, *, frame: bool = False) -> None:
    """Take away ticks and frame: a picture has no axes.

    Example:
        >>> from matplotlib.figure import Figure
        >>> axes = Figure().subplots()
        >>> bare(axes)
        >>> list(axes.get_xticks())
        []
    """
    axes.set(xticks=[], yticks=[])
    for spine in axes.spines.values():
        spine.set(visible=frame, color=RULE)


def signed_image(
    axes: Axes, values: Float[np.ndarray, "height width"], *, limit: float
) -> AxesImage:
    """Signed values, white at zero; `limit` is shared by everything that is to be compared.

    Example:
        >>> from matplotlib.figure import Figure
        >>> signed_image(Figure().subplots(), np.eye(2), limit=3).get_clim()
        (-3.0, 3.0)
    """
    bare(axes)
    return axes.imshow(values, cmap=SIGNED, vmin=-limit, vmax=limit, interpolation="none")


def shaded(
    values: Float[np.ndarray, "height width"], *, limit: float, levels: int = 20
) -> Float[np.ndarray, "height width"]:
    """Signed values in so many shades on each side of zero: a photograph's map takes fewer bytes.

    Example:
        >>> shaded(np.array([[0.3, -0.9]]), limit=1, levels=2)
        array([[ 0.5, -1. ]])
    """
    return np.asarray(np.round(values / limit * levels) / levels * limit)


def key_below(canvas: Canvas, layout: Layout, handles: list[Any]) -> None:
    """What marks mean, in a line below all panels; on a phone in two.

    Example:
        >>> canvas = Canvas()
        >>> key_below(canvas, "wide", canvas.add_subplot().plot([0, 1], label="trained"))
        >>> [text.get_text() for text in canvas.legends[0].get_texts()]
        ['trained']
    """
    canvas.legend(
        handles=handles,
        loc="outside lower left",
        ncols=3 if layout == "wide" else 2,
        fontsize=SMALL,
        handlelength=1.2,
        columnspacing=1.4,
    )


def pixel_image(axes: Axes, pixels: Float[np.ndarray, "height width"]) -> AxesImage:
    """Ink in [0, 1] on white paper, framed, since paper may lie on paper.

    Example:
        >>> from matplotlib.figure import Figure
        >>> pixel_image(Figure().subplots(), np.eye(2)).get_clim()
        (0.0, 1.0)
    """
    bare(axes, frame=True)
    return axes.imshow(pixels, cmap=PIXELS, vmin=0, vmax=1, interpolation="none")
