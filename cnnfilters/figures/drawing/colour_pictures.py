"""Filters of three channels as pictures in red, green and blue, and photographs as they are."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float
from matplotlib.figure import Figure as Canvas

from cnnfilters.figures.drawing.panels import bare, mosaic
from cnnfilters.figures.drawing.tiles import Box, axes_in

GREY = 0.5  # where a weight is zero
STEPS = 64  # of brightness: nobody sees more in so few pixels, and a page is 10 kB lighter


def as_rgb(
    filters: Float[np.ndarray, "n 3 height width"],
) -> Float[np.ndarray, "n 3 height width"]:
    """Weights as brightness, each filter on its own symmetric scale: zero is middle grey.

    Args:
        filters: Weights on red, green and blue.

    Returns:
        In [0, 1]; the weight of largest size is 0 or 1 in its channel. A filter of zeros is grey.

    Example:
        >>> as_rgb(np.array([2.0, 0.0, -1.0]).reshape(1, 3, 1, 1)).ravel()
        array([1.  , 0.5 , 0.25])
    """
    largest = np.abs(filters).max(axis=(1, 2, 3), keepdims=True)
    return np.asarray(GREY + np.divide(filters, 2 * largest, out=0 * filters, where=largest > 0))


def colour_sheet(
    canvas: Canvas, filters: Float[np.ndarray, "n 3 side side"], box: Box, *, columns: int
) -> None:
    """Filters in rows, as `as_rgb` draws them; the page shows through the gaps.

    Example:
        >>> canvas = Canvas()
        >>> colour_sheet(canvas, np.eye(3)[:2].reshape(2, 3, 1, 1), Box(1, 1, 3, 1), columns=2)
        >>> canvas.axes[0].images[0].get_array()[0, :, 3].tolist()  # opaque, but for the gap
        [1.0, 0.0, 1.0]
    """
    coloured = np.round(STEPS * as_rgb(filters)) / STEPS
    planes = [mosaic(channel, columns=columns) for channel in coloured.swapaxes(0, 1)]
    seen = np.isfinite(planes[0]).astype(float)
    sheet = np.stack([*np.nan_to_num(planes, nan=GREY), seen], axis=-1)
    axes = axes_in(canvas, box)
    axes.imshow(sheet, interpolation="none", aspect="auto")
    bare(axes)


def colour_photograph(
    canvas: Canvas, pixels: Float[np.ndarray, "3 height width"], box: Box
) -> None:
    """A photograph in its own colours, framed.

    Example:
        >>> canvas = Canvas()
        >>> pixel = np.array([1.5, 0.5, 0.0]).reshape(3, 1, 1)
        >>> colour_photograph(canvas, pixel, Box(1, 1, 2, 2))
        >>> canvas.axes[0].images[0].get_array()[0, 0].tolist()  # red, green, blue
        [1.0, 0.5, 0.0]
    """
    axes = axes_in(canvas, box)
    axes.imshow(np.clip(pixels.transpose(1, 2, 0), 0, 1), interpolation="none", aspect="auto")
    bare(axes, frame=True)
