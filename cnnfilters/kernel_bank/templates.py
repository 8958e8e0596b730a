"""Edges, lines and blobs wherever they lie: what a kernel is held against to be named."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from itertools import product
from math import hypot

import numpy as np
from jaxtyping import Float

from cnnfilters.arithmetic.sizes import as_integer
from cnnfilters.kernel_bank.grid import default_sigma, rotated_grid

# in pixels, but for the angles
ANGLES_DEG = tuple(np.arange(0, 180, 7.5))  # half a turn: the sign of a kernel does not matter
PLACE, BLOB_PLACE = 0.25, 0.5  # from one place to the next; blobs are placed in two directions
SOFTNESS = (0.3, 0.8, 1.5)  # of an edge, from a step to a slope
WIDTH, RADIUS = 0.5, 0.5  # from one width of a line, or radius of a blob, to the next
NARROWEST = 1.0  # line
SEEN = 0.5  # of the ground on either side of a line
FROM_THE_RIM = 1.0  # how far the middle of an edge or a blob stays; of a line a step farther, for
# a line that covers half of each outer pixel is an edge
ROUNDING = 1e-9

Field = Float[np.ndarray, "side side"]


@cache
def family_templates(side: int) -> Mapping[str, Float[np.ndarray, "_ side side"]]:
    """The edges, lines and blobs that a kernel is compared with: all angles, places and widths.

    An edge is a step or a slope between two levels, a line a bar on even ground, a blob a disc on
    it. Each is there twice: filling the kernel, as a piece of an image does, and fading from its
    place outwards, as a detector does. What does not show on both sides is left out: a bar that
    leaves the kernel is an edge in it.

    Args:
        side: Rows, and columns; at least 3.

    Returns:
        Mean-free kernels of length one; of two that differ in their sign alone, one is there.

    Raises:
        ValueError: `side` is below 3.

    Example:
        >>> blob, fading = family_templates(3)["blob"][4:6]  # in the middle
        >>> (blob / blob[0, 0]).round(6)
        array([[ 1.,  1.,  1.],
               [ 1., -8.,  1.],
               [ 1.,  1.,  1.]])
    """
    size = as_integer("side", side, least=3)
    drawn = {"edge": _edges(size), "line": _lines(size), "blob": _blobs(size)}
    return {family: _of_length_one(list(fields)) for family, fields in drawn.items()}


def _edges(side: int) -> Iterator[Field]:
    places = _up_to(side / 2 - FROM_THE_RIM, PLACE)
    for angle, softness, place in product(ANGLES_DEG, SOFTNESS, places):
        across, distance = _about(side, angle, place)
        yield from _filling_and_fading(np.tanh(across / softness), distance)


def _lines(side: int) -> Iterator[Field]:
    for angle, width in product(ANGLES_DEG, np.arange(NARROWEST, side / 2 + ROUNDING, WIDTH)):
        reach = min(side / 2 - FROM_THE_RIM - PLACE, side / 2 - SEEN - width / 2)
        for place in _up_to(reach, PLACE):
            across, distance = _about(side, angle, place)
            yield from _filling_and_fading(_covered(np.abs(across), width / 2), distance)


def _blobs(side: int) -> Iterator[Field]:
    x, y = rotated_grid(side, 0.0, least=3)
    reach = side / 2 - FROM_THE_RIM
    for right, down in product(_up_to(reach, BLOB_PLACE), repeat=2):
        for radius in np.arange(RADIUS, reach + ROUNDING, RADIUS):
            if hypot(right, down) <= min(reach, side / 2 - radius):  # all of it is in the kernel
                distance = np.hypot(x - right, y - down)
                yield from _filling_and_fading(_covered(distance, radius), distance)


def _about(side: int, angle_deg: float, place: float) -> tuple[Field, Field]:
    """Distances across a straight pattern, and from the point of it that is nearest the centre."""
    across, along = rotated_grid(side, angle_deg, least=3)
    return across - place, np.hypot(across - place, along)


def _filling_and_fading(field: Field, distance: Field) -> Iterator[Field]:
    """The pattern as it is, and under a bell about its place, where its ground fades to zero."""
    bell = np.exp(-(distance**2) / (2 * default_sigma(len(field)) ** 2))
    yield field
    yield (field - (field * bell).sum() / bell.sum()) * bell


def _covered(distance: Field, reach: float) -> Field:
    """How much of each pixel lies within reach of a middle, by its distance alone."""
    return np.clip(reach + 0.5 - distance, 0, 1)


def _up_to(reach: float, step: float) -> Float[np.ndarray, " places"]:
    """Places from minus to plus a reach, zero among them."""
    count = int(reach / step + ROUNDING)
    return step * np.arange(-count, count + 1)


def _of_length_one(fields: list[Field]) -> Float[np.ndarray, "templates side side"]:
    stack = np.array(fields)
    stack = stack - stack.mean(axis=(1, 2), keepdims=True)
    return np.asarray(stack / np.linalg.norm(stack, axis=(1, 2), keepdims=True))
