"""Images written as sums of waves, so that a step changes coarse shapes as easily as fine ones."""

from __future__ import annotations

import torch
from torch import Tensor


def wave_frequencies(height: int, width: int) -> Tensor:
    """How fast the wave of each coefficient swings, in cycles for each pixel.

    Args:
        height: Pixels.
        width: Pixels.

    Returns:
        `(height, width // 2 + 1)`, laid out as `torch.fft.rfft2` has it; 0 for the mean.

    Example:
        >>> wave_frequencies(2, 4)
        tensor([[0.0000, 0.2500, 0.5000],
                [0.5000, 0.5590, 0.7071]])
    """
    rows = torch.fft.fftfreq(height)[:, None]
    columns = torch.fft.rfftfreq(width)[None]
    return torch.hypot(rows, columns)


def waves_to_pixels(waves: Tensor, width: int) -> Tensor:
    """Sum the waves, each as strong as photographs have it: in inverse proportion to its frequency.

    Args:
        waves: `(..., height, width // 2 + 1, 2)`, real and imaginary parts.
        width: Of the image in pixels, which the waves alone leave open.

    Returns:
        `(..., height, width)`. Waves drawn from a standard normal law give pixels of about unit
        variance.

    Example:
        >>> waves = torch.zeros(1, 3, 2)
        >>> waves[0, 1, 0] = 1.0  # of the wave that swings once in four pixels
        >>> pixels = waves_to_pixels(waves, 4)
        >>> (pixels / pixels.max()).round().int().tolist()
        [[1, 0, -1, 0]]

    Source: Olah, Mordvintsev & Schubert 2017, *Feature visualization*, on preconditioning.
    """
    height = waves.shape[-3]
    slowest = 1 / max(height, width)  # the mean, which swings not at all, counts like it
    strength = 1 / wave_frequencies(height, width).clamp(min=slowest).to(waves)
    strength = strength / (2 * strength.square().mean()).sqrt()  # two parts each
    spectrum = torch.view_as_complex(waves) * strength
    pixels: Tensor = torch.fft.irfft2(spectrum, s=(height, width), norm="ortho")
    return pixels
