"""Waves summed by PyTorch against waves summed by hand, and the law that photographs follow."""

import numpy as np
import pytest
import torch

from cnnfilters.analysis.fourier_image import wave_frequencies, waves_to_pixels


@pytest.mark.parametrize("size", [(6, 8), (5, 7), (1, 4)], ids=["even", "odd", "one row"])
def test_an_image_is_the_sum_of_its_waves(size):
    height, width = size
    waves = torch.randn(height, width // 2 + 1, 2, generator=torch.Generator().manual_seed(0))
    found = waves_to_pixels(waves, width)
    strength = 1 / np.maximum(wave_frequencies(height, width).numpy(), 1 / max(size))
    strength /= np.sqrt(2 * np.mean(strength**2))
    spectrum = strength * (waves[..., 0].numpy() + 1j * waves[..., 1].numpy())
    expected = np.fft.irfft2(spectrum, s=size, norm="ortho")
    np.testing.assert_allclose(found.numpy(), expected, atol=1e-5)


def test_one_coefficient_is_one_wave():
    waves = torch.zeros(8, 5, 2)
    waves[0, 2, 0] = 1.0  # two swings across the width, none down
    found = waves_to_pixels(waves, 8)
    wave = torch.cos(2 * torch.pi * 2 * torch.arange(8) / 8)
    torch.testing.assert_close(found / found.max(), wave.expand(8, 8), atol=1e-6, rtol=1e-5)


def test_fast_waves_are_weak_in_inverse_proportion_to_their_frequency():
    waves = torch.randn(200, 32, 17, 2, generator=torch.Generator().manual_seed(1))
    spectrum = np.abs(np.fft.rfft2(waves_to_pixels(waves, 32).numpy()))
    amplitude = np.sqrt((spectrum**2).mean(0))
    assert amplitude[0, 2] / amplitude[0, 8] == pytest.approx(4, rel=0.15)
    assert amplitude[3, 4] / amplitude[6, 8] == pytest.approx(2, rel=0.15)


def test_random_waves_give_pixels_of_about_unit_spread():
    waves = torch.randn(300, 28, 15, 2, generator=torch.Generator().manual_seed(2))
    assert waves_to_pixels(waves, 28).std().item() == pytest.approx(1, abs=0.15)
