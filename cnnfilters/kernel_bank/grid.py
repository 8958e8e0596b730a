"""The pixel grid that kernels are sampled on, and the checks of their parameters."""

from __future__ import annotations

from math import isfinite
from typing import SupportsFloat, SupportsIndex

import numpy as np
from jaxtyping import Float

from cnnfilters.arithmetic.sizes import as_integer


def rotated_grid(
    size: SupportsIndex, angle_deg: SupportsFloat, *, least: int
) -> tuple[Float[np.ndarray, "size size"], Float[np.ndarray, "size size"]]:
    """Pixel distances from the centre along a direction, and at right angles to it."""
    side = as_integer("size", size, least=least)
    angle = np.deg2rad(finite("angle_deg", angle_deg))
    y, x = np.mgrid[:side, :side] - (side - 1) / 2
    return x * np.cos(angle) + y * np.sin(angle), y * np.cos(angle) - x * np.sin(angle)


def default_sigma(size: SupportsIndex) -> float:
    """A quarter of the size: the bell has fallen to 0.14 at the border and fills the kernel."""
    return size.__index__() / 4


def finite(name: str, value: SupportsFloat) -> float:
    """The number, refused where it is NaN or infinite."""
    if not isfinite(number := float(value)):
        raise ValueError(f"`{name}` (={value}) must be a finite number")
    return number


def at_least(name: str, value: SupportsFloat, least: int) -> float:
    """The number, refused below `least`."""
    if (number := finite(name, value)) < least:
        raise ValueError(f"`{name}` (={value}) must be at least {least}")
    return number


def above_zero(name: str, value: SupportsFloat) -> float:
    """The number, refused at or below zero."""
    if (number := finite(name, value)) <= 0:
        raise ValueError(f"`{name}` (={value}) must be above 0")
    return number
