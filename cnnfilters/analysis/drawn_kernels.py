"""Edges, lines, blobs and other patterns drawn as kernels, to see what a rule calls them.

Nothing here is shared with the templates that kernels are named by. A pattern is drawn on a grid of
10×10 points a pixel, and a weight is the mean over its pixel; angle, place, width and contrast
are continuous, and noise is added in a stated proportion.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Literal, NamedTuple

import numpy as np
from jaxtyping import Float
from numpy.random import Generator

from cnnfilters.kernel_bank.grid import above_zero

FINE = 10  # points along a pixel
AT_ONCE = 200  # kernels that are in memory in full detail
CONTRAST = (0.5, 2.0)  # between pattern and ground, of either sign
GROUND = (-1.0, 1.0)
BELL = 1.25  # pixels: of the envelope of Gabors, a quarter of a 5×5 kernel
BLUR = 1.0  # pixels: of smooth noise

Points = Float[np.ndarray, "kernels fine fine"]
Numbers = Float[np.ndarray, "kernels 1 1"]


class Drawn(NamedTuple):
    """A kind of pattern, and what it should be called.

    Attributes:
        words: What is drawn, with its sizes in pixels.
        right: Its name, or `open` where the kernel does not show enough to tell, or where no
            name is meant for it.
        pattern: Draws it over points right and down from the centre.
    """

    words: str
    right: Literal["edge", "line", "blob", "none", "open"]
    pattern: Callable[[Generator, Points, Points], Points]


def drawn_kernels(
    kind: str, *, count: int = 2_000, side: int = 5, snr: float | None = None, seed: int = 0
) -> Float[np.ndarray, "kernels side side"]:
    """Draw kernels of one kind, each at its own angle, place, width and contrast.

    Args:
        kind: One of `KINDS`.
        count: How many.
        side: Rows, and columns, of each.
        snr: Energy of the pattern, less its mean, over that of Gaussian noise; None: no noise.
        seed: Of the random numbers.

    Returns:
        Kernels.

    Raises:
        ValueError: There is no such kind, or `snr` is not above 0.

    Example:
        >>> drawn_kernels("edge", count=3).shape
        (3, 5, 5)
        >>> ramp = drawn_kernels("gradient", count=1)[0]  # a plane is even: its bend is zero
        >>> bool(np.allclose(np.diff(ramp, n=2, axis=0), 0))
        True
    """
    if kind not in KINDS:
        raise ValueError(f"`kind` (={kind!r}) must be one of {', '.join(KINDS)}")
    random = np.random.default_rng([seed, *kind.encode()])
    firsts = range(0, count, AT_ONCE)
    parts = [_drawn(kind, min(AT_ONCE, count - first), side, random) for first in firsts]
    kernels = np.concatenate([np.empty((0, side, side)), *parts])
    return kernels if snr is None else kernels + _noise(kernels, above_zero("snr", snr), random)


def _drawn(
    kind: str, count: int, side: int, random: Generator
) -> Float[np.ndarray, "kernels side side"]:
    """A few kernels: the pattern on a fine grid, then the mean over each pixel."""
    y, x = (np.mgrid[: side * FINE, : side * FINE] + 0.5) / FINE - side / 2
    shape = (count, *x.shape)
    fine = KINDS[kind].pattern(random, np.broadcast_to(x, shape), np.broadcast_to(y, shape))
    weights = fine.reshape(count, side, FINE, side, FINE).mean(axis=(2, 4))
    contrast = _between(random, count, *CONTRAST) * random.choice([-1, 1], (count, 1, 1))
    return np.asarray(_between(random, count, *GROUND) + contrast * weights)


def _noise(
    kernels: Float[np.ndarray, "kernels side side"], snr: float, random: Generator
) -> Float[np.ndarray, "kernels side side"]:
    """Gaussian noise; its energy, less its mean, is on average that of each kernel over `snr`."""
    variance = kernels.var(axis=(1, 2), ddof=1, keepdims=True) / snr
    return np.asarray(random.normal(size=kernels.shape) * np.sqrt(variance))


def _between(random: Generator, count: int, low: float, high: float) -> Numbers:
    return random.uniform(low, high, (count, 1, 1))


def _turned(random: Generator, x: Points, y: Points) -> tuple[Points, Points]:
    """Distances along two axes at right angles, at any angle to the kernel."""
    angle = _between(random, len(x), 0, 2 * np.pi)
    return x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)


def _edge(low: float, high: float) -> Callable[[Generator, Points, Points], Points]:
    def pattern(random: Generator, x: Points, y: Points) -> Points:
        across, _ = _turned(random, x, y)
        return np.asarray(across > _between(random, len(x), low, high), dtype=float)

    return pattern


def _line(
    narrow: float, wide: float, low: float, high: float
) -> Callable[[Generator, Points, Points], Points]:
    def pattern(random: Generator, x: Points, y: Points) -> Points:
        across, _ = _turned(random, x, y)
        across = across - _between(random, len(x), low, high)
        reach = _between(random, len(x), narrow, wide) / 2
        return np.asarray(np.abs(across) < reach, dtype=float)

    return pattern


def _blob(random: Generator, x: Points, y: Points) -> Points:
    """A disc whose middle is anywhere within a pixel of the centre, evenly by area."""
    angle, away = _between(random, len(x), 0, 2 * np.pi), np.sqrt(_between(random, len(x), 0, 1))
    distance = np.hypot(x - away * np.cos(angle), y - away * np.sin(angle))
    return np.asarray(distance < _between(random, len(x), 0.5, 1.5), dtype=float)


def _gabor(
    short: float, long: float, first: float, last: float
) -> Callable[[Generator, Points, Points], Points]:
    """Waves under a bell, up to half a pixel off; with a phase of 0 even about its middle."""

    def pattern(random: Generator, x: Points, y: Points) -> Points:
        across, along = _turned(random, x, y)
        across = across - _between(random, len(x), 0, 0.5)
        turns = across / _between(random, len(x), short, long)
        phase = _between(random, len(x), first, last)
        bell = np.exp(-(across**2 + along**2) / (2 * BELL**2))
        return np.asarray(np.cos(2 * np.pi * (turns + phase)) * bell)

    return pattern


def _corner(random: Generator, x: Points, y: Points) -> Points:
    one, other = _crossing(random, x, y)
    return np.asarray((one > 0) & (other > 0), dtype=float)


def _four_quarters(random: Generator, x: Points, y: Points) -> Points:
    one, other = _crossing(random, x, y)
    return np.asarray(one * other > 0, dtype=float)


def _crossing(random: Generator, x: Points, y: Points) -> tuple[Points, Points]:
    """Distances from two lines at right angles, which cross within half a pixel on either."""
    one, other = _turned(random, x, y)
    return one - _between(random, len(x), -0.5, 0.5), other - _between(random, len(x), -0.5, 0.5)


def _gradient(random: Generator, x: Points, y: Points) -> Points:
    across, _ = _turned(random, x, y)
    return across


def _noise_of_pixels(random: Generator, x: Points, y: Points) -> Points:
    rows, columns = y.shape[1] // FINE, x.shape[2] // FINE
    return _by_the_pixel(random.uniform(-1, 1, (len(x), rows, columns)))


def _smooth_noise(random: Generator, x: Points, y: Points) -> Points:
    """White noise blurred by a Gaussian, cut out of a field larger by three of its widths."""
    side, margin = y.shape[1] // FINE, round(3 * BLUR)
    away = np.arange(side)[:, None] + margin - np.arange(side + 2 * margin)
    blur = np.exp(-(away**2) / (2 * BLUR**2))  # (side, side + two margins)
    white = random.normal(size=(len(x), side + 2 * margin, side + 2 * margin))
    return _by_the_pixel(blur @ white @ blur.T)


def _by_the_pixel(weights: Float[np.ndarray, "kernels side side"]) -> Points:
    return np.asarray(weights.repeat(FINE, axis=1).repeat(FINE, axis=2))


KINDS = MappingProxyType(
    {
        "edge": Drawn("edge, up to 1 px off the centre", "edge", _edge(0, 1)),
        "far-edge": Drawn("edge, 1.5 px off", "edge", _edge(1.5, 1.5)),
        "rim-edge": Drawn("edge, 2 px off", "open", _edge(2, 2)),
        "gradient": Drawn("gradient, an even slope", "edge", _gradient),
        "line": Drawn("line, 1 to 2 px wide, up to 1 px off", "line", _line(1, 2, 0, 1)),
        "wide-line": Drawn("line, 3 px wide, up to 0.5 px off", "line", _line(3, 3, 0, 0.5)),
        "rim-line": Drawn("line, 3 px wide, 0.5 to 1 px off", "open", _line(3, 3, 0.5, 1)),
        "blob": Drawn("blob, 1 to 3 px wide, up to 1 px off", "blob", _blob),
        "odd-gabor": Drawn("odd Gabor, a wave in 4 to 5 px", "edge", _gabor(4, 5, 0.25, 0.25)),
        "even-gabor": Drawn("even Gabor, a wave in 4 to 5 px", "line", _gabor(4, 5, 0, 0)),
        "gabor": Drawn("Gabor of any phase, a wave in 3 to 6 px", "open", _gabor(3, 6, 0, 1)),
        "corner": Drawn("corner", "open", _corner),
        "quarters": Drawn("four quarters, bright and dark in turn", "none", _four_quarters),
        "smooth-noise": Drawn("noise blurred by 1 px", "open", _smooth_noise),
        "noise": Drawn("uniform noise", "none", _noise_of_pixels),
    }
)
"""What can be drawn, by name."""
