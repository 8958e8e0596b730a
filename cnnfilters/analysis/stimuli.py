"""A step, a bar and a spot: patterns that tell edge, line and blob kernels apart."""

from __future__ import annotations

from typing import SupportsIndex

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from cnnfilters.arithmetic.sizes import Size, as_integer, as_pair
from cnnfilters.convolution import cross_correlate


def stimulus(kind: str, *, size: Size) -> Float[np.ndarray, "height width"]:
    """An upright step or bar, or a spot, in the middle of a picture: 0 is dark, 1 is bright.

    Args:
        kind: `step`, dark on the left and bright on the right; `bar`, one bright column; or
            `spot`, one bright pixel.
        size: Height and width; an even width for a step, odd ones for the others, keep it centred.

    Raises:
        TypeError: `size` is no size.
        ValueError: `kind` is unknown or `size` below 1.

    Example:
        >>> stimulus("bar", size=3)[0], stimulus("step", size=4)[0]
        (array([0., 1., 0.]), array([0., 0., 1., 1.]))
    """
    height, width = as_pair("size", size, least=1)
    rows, columns = np.indices((height, width))
    if kind == "step":
        bright = columns >= width / 2
    elif kind == "bar":
        bright = columns == width // 2
    elif kind == "spot":
        bright = (columns == width // 2) & (rows == height // 2)
    else:
        raise ValueError(f"`kind` (={kind!r}) must be one of step, bar, spot")
    return bright.astype(np.float64)


def response_profile(
    kernel: ArrayLike, kind: str, *, reach: SupportsIndex = 5
) -> Float[np.ndarray, " places"]:
    """What a kernel answers as it slides across a stimulus, from left to right.

    Args:
        kernel: One plane.
        kind: `step`, `bar` or `spot`.
        reach: How many places to go on each side of the middle.

    Returns:
        One response for each place: 2 · reach around a step, one more around a bar or a spot. An
        antisymmetric kernel peaks once on a step and swings both ways on a bar; a line kernel the
        other way round.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: `kind` is unknown, `reach` below 1, or the kernel no plane.

    Example:
        >>> response_profile([[-1, 0, 1]], "step", reach=2)
        array([0., 1., 1., 0.])
        >>> response_profile([[-1, 0, 1]], "bar", reach=2)
        array([ 0.,  1.,  0., -1.,  0.])
    """
    weights = np.asarray(kernel, dtype=np.float64)
    if weights.ndim != 2:
        raise ValueError(f"`kernel` (shape {weights.shape}) must have axes (height, width)")
    height, width = weights.shape
    places = 2 * as_integer("reach", reach, least=1) + (kind != "step")
    picture = stimulus(kind, size=(height, places + width - 1))  # as wide as the places ask for
    profile: Float[np.ndarray, " places"] = cross_correlate(picture, weights)[0]
    return profile
