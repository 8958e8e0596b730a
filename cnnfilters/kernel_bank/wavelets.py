"""Kernels that a formula draws at any size: Gabor, and the derivatives of a Gaussian."""

from __future__ import annotations

from math import log, pi, sqrt
from typing import SupportsFloat, SupportsIndex

import numpy as np
from jaxtyping import Float

from cnnfilters.arithmetic.sizes import as_integer
from cnnfilters.kernel_bank.grid import above_zero, at_least, default_sigma, finite, rotated_grid

ONE_OCTAVE = 3 / pi * sqrt(log(2) / 2)  # sigma / wavelength of a Gabor kernel one octave wide


def gabor(
    size: SupportsIndex,
    *,
    wavelength: SupportsFloat,
    angle_deg: SupportsFloat = 0.0,
    phase_deg: SupportsFloat = 0.0,
    sigma: SupportsFloat | None = None,
    aspect: SupportsFloat = 1.0,
) -> Float[np.ndarray, "size size"]:
    """A wave under a bell: exp(-(u² + aspect² v²) / 2σ²) cos(2πu / wavelength + phase).

    u runs along the wave, v across it. Phase 0 is symmetric, a line; phase 90 is antisymmetric, an
    edge. An even Gabor kernel does not quite sum to zero: subtract its mean where that matters.

    Args:
        size: Rows, and columns.
        wavelength: In pixels, at least 2, since a grid cannot hold shorter waves.
        angle_deg: Direction in which the wave runs: 0 to the right (it answers to upright lines),
            90 down.
        phase_deg: Where in its period the wave is at the centre.
        sigma: Width of the bell in pixels. None: 0.56 wavelengths, which makes it one octave wide.
        aspect: Below 1 stretches the bell along the line that it finds.

    Returns:
        The kernel, 1 at the centre of an odd size at phase 0.

    Raises:
        ValueError: A size, length or ratio is out of range.

    Example:
        >>> gabor(3, wavelength=2)[1].round(3)  # one row: minus, plus, minus
        array([-0.673,  1.   , -0.673])

    Source: Gabor 1946; Daugman 1985, J. Opt. Soc. Am. A 2, 1160.
    """
    length = at_least("wavelength", wavelength, 2)
    width = ONE_OCTAVE * length if sigma is None else above_zero("sigma", sigma)
    u, v = rotated_grid(size, angle_deg, least=1)
    bell = np.exp(-(u**2 + (above_zero("aspect", aspect) * v) ** 2) / (2 * width**2))
    phase = np.deg2rad(finite("phase_deg", phase_deg))
    kernel: Float[np.ndarray, "size size"] = bell * np.cos(2 * pi * u / length + phase)
    return kernel


def gaussian_derivative(
    size: SupportsIndex,
    *,
    order: SupportsIndex,
    angle_deg: SupportsFloat = 0.0,
    sigma: SupportsFloat | None = None,
) -> Float[np.ndarray, "size size"]:
    """The n-th derivative of a Gaussian in one direction; order 0 is the Gaussian itself.

    `convolve` an image with it to differentiate the smoothed image. `cross_correlate` does not
    flip, so it gives odd orders the opposite sign.

    Args:
        size: Rows, and columns.
        order: How often to differentiate: 1 is an edge, 2 a line.
        angle_deg: Direction of the derivative: 0 to the right, 90 down.
        sigma: Width in pixels. None: a quarter of the size, so that the bell fills the kernel.

    Returns:
        The derivative of a bell whose own samples sum to one.

    Raises:
        ValueError: A number is out of range.

    Example:
        >>> bool(np.isclose(gaussian_derivative(5, order=0).sum(), 1))
        True
        >>> np.sign(gaussian_derivative(3, order=1))[1]  # rises, then falls
        array([ 1.,  0., -1.])

    Source: Freeman & Adelson 1991, IEEE Trans. PAMI 13, 891.
    """
    times = as_integer("order", order, least=0)
    u, v = rotated_grid(size, angle_deg, least=1)
    width = default_sigma(size) if sigma is None else above_zero("sigma", sigma)
    bell = np.exp(-(u**2 + v**2) / (2 * width**2))
    # each derivative brings down one Hermite polynomial (the probabilists' He) and a factor -1/σ
    hermite = np.polynomial.hermite_e.hermeval(u / width, [0.0] * times + [1.0])
    kernel: Float[np.ndarray, "size size"] = (-1 / width) ** times * hermite * bell / bell.sum()
    return kernel
