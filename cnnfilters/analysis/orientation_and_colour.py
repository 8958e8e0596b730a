"""Whether a filter has a direction, and whether it has a colour, beyond what chance would give."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Shaped

from cnnfilters.analysis.independent_components import Filters, random_mixtures

LEVEL = 0.99  # of chance filters stay below a limit
FINER = 4  # times as many frequencies as pixels: the spectrum between them
HIGHEST = 0.5  # cycles a pixel: higher ones exist on the diagonals alone
TINY = 1e-12  # energy of a filter that is zero, but for rounding
KINDS = ("edge", "other", "colour edge", "colour blob")


class Limits(NamedTuple):
    """What one filter in a hundred passes by chance.

    Attributes:
        orientation: From here on a filter has a direction.
        chroma: From here on it is coloured.
        grey: Below this chroma it is greyer than 99 of 100 chance filters.
    """

    orientation: float
    chroma: float
    grey: float


def orientation(filters: Filters) -> Float[np.ndarray, " components"]:
    """How much of a filter's energy runs in one direction.

    The filter's own colour axis is the mix of channels that holds most of its energy; the profile
    is the filter along it. Of the profile's power spectrum P over the frequencies, each at its
    angle a, this is |sum P exp(2ia)| / sum P: opposite angles agree, perpendicular ones cancel. The
    flat part of the profile has no angle and counts below the line alone.

    Args:
        filters: Of any number of channels.

    Returns:
        In [0, 1]: near 1 for many stripes, 0 for a blob, a checkerboard or a flat filter. A single
        edge across a small window has about 0.6: its ends have directions, too.

    Example:
        >>> edge = np.repeat([[[[-1.0, -1.0, 1.0, 1.0]]]], 4, axis=2)
        >>> checks = np.indices((4, 4)).sum(axis=0)[None, None] % 2 - 0.5
        >>> orientation(np.concatenate([edge, checks])).round(2)
        array([0.6, 0. ])
    """
    one_way, total = _doubled(filters)
    share = np.divide(np.abs(one_way), total, out=np.zeros(len(filters)), where=total > TINY)
    return np.asarray(share)


def chroma(filters: Filters) -> Float[np.ndarray, " components"]:
    """The share of a filter's energy that answers to colour and not to brightness.

    The grey part of a filter is its mean over the channels, at each place.

    Args:
        filters: Of any number of channels.

    Returns:
        In [0, 1]: 0 for a grey filter, and for every filter of one channel; 1 for one that answers
        only to differences between channels.

    Example:
        >>> red_less_green, red = [1.0, -1.0, 0.0], [1.0, 0.0, 0.0]
        >>> chroma(np.array([red_less_green, red]).reshape(2, 3, 1, 1)).round(2)
        array([1.  , 0.67])
    """
    energy = (filters**2).sum(axis=(1, 2, 3))
    grey = filters.shape[1] * (filters.mean(axis=1) ** 2).sum(axis=(1, 2))
    share = 1 - np.divide(grey, energy, out=np.ones(len(filters)), where=energy > 0)
    return np.asarray(np.clip(share, 0, 1))


def direction_deg(filters: Filters) -> Float[np.ndarray, " components"]:
    """Along which line a filter's stripes run.

    Args:
        filters: Of any number of channels.

    Returns:
        Degrees in [0, 180), counter-clockwise: 0 for level stripes, 90 for upright ones. It means
        little for a filter without orientation.

    Example:
        >>> upright = np.repeat([[[[-1.0, -1.0, 1.0, 1.0]]]], 4, axis=2)
        >>> direction_deg(np.concatenate([upright, upright.swapaxes(2, 3)])).round(6)
        array([90.,  0.])
    """
    one_way, _ = _doubled(filters)
    across = np.degrees(np.angle(one_way)) / 2  # the way on which the filter changes
    return np.asarray(np.round(across + 90, 6) % 180)


def chance_limits(filters: Filters, *, seed: int = 0) -> Limits:
    """The limits for one fit: what random mixtures of its own filters seldom pass.

    Args:
        filters: Of one fit, or of its Gaussian twin.
        seed: Of the random mixtures.

    Returns:
        The 99 % points of orientation and chroma, and the 1 % point of chroma.

    Example:
        >>> grey, coloured = [1.0, 1.0, 1.0], [1.0, 1.0, -2.0]
        >>> limits = chance_limits(np.array([grey, coloured]).reshape(2, 3, 1, 1))
        >>> [round(limit, 1) for limit in limits]  # no direction; from all colour to none
        [0.0, 1.0, 0.0]
    """
    mixed = random_mixtures(filters, seed=seed)
    colours = chroma(mixed)
    return Limits(
        float(np.quantile(orientation(mixed), LEVEL)),
        float(np.quantile(colours, LEVEL)),
        float(np.quantile(colours, 1 - LEVEL)),
    )


def kinds(filters: Filters, limits: Limits) -> Shaped[np.ndarray, " components"]:
    """Sort filters by direction and colour.

    Args:
        filters: Of one fit.
        limits: From `chance_limits`.

    Returns:
        One of `KINDS` each. An *edge* has a direction; a filter with a colour and no direction is
        a *blob*. What is not called coloured need not be grey, only no more coloured than chance.

    Example:
        >>> blob = np.array([1.0, 0.0, -1.0]).reshape(1, 3, 1, 1) * np.ones((4, 4))
        >>> [str(kind) for kind in kinds(blob, Limits(0.5, 0.5, 0.1))]
        ['colour blob']
    """
    coloured = chroma(filters) > limits.chroma
    oriented = orientation(filters) > limits.orientation
    return np.asarray(np.array(KINDS)[2 * coloured + ~oriented])


def _doubled(
    filters: Filters,
) -> tuple[Shaped[np.ndarray, " components"], Float[np.ndarray, " components"]]:
    """The sum of P exp(2ia) over the frequencies, counter-clockwise, and the sum of P."""
    profiles = _profiles(filters)
    side = profiles.shape[-1]
    points = FINER * side
    flat = profiles.mean(axis=(1, 2))
    profiles = profiles - flat[:, None, None]
    frequency = np.fft.fftfreq(points)
    down, across = np.meshgrid(frequency, frequency, indexing="ij")
    round_part = np.hypot(down, across) < HIGHEST
    power = np.abs(np.fft.fft2(profiles, (points, points))) ** 2 * round_part
    angles = np.arctan2(-down, across)  # rows are counted downwards
    total = power.sum(axis=(1, 2)) + (points * side * flat) ** 2  # Parseval's theorem
    return (power * np.exp(2j * angles)).sum(axis=(1, 2)), total


def _profiles(filters: Filters) -> Float[np.ndarray, "components side side"]:
    """Each filter along its own colour axis."""
    channels = filters.reshape(*filters.shape[:2], -1)
    _, vectors = np.linalg.eigh(channels @ channels.swapaxes(1, 2))
    axis = vectors[:, :, -1]  # of the largest eigenvalue
    return np.asarray(np.einsum("fc,fchw->fhw", axis, filters))
