"""The measured receptive field against the theory of Luo et al."""

from __future__ import annotations

import numpy as np
import pytest

from cnnfilters.analysis.receptive_gradient import effective_width, gradient_power


def linear_profile(depth: int) -> np.ndarray:
    """Mean squared gradient along one axis of linear layers with independent weights."""
    profile = np.ones(1)
    for _ in range(depth):
        profile = np.convolve(profile, np.ones(3) / 3)
    return profile


@pytest.mark.parametrize("depth", [1, 3, 6])
def test_every_pixel_of_the_theoretical_field_moves_the_unit(depth: int) -> None:
    power = gradient_power(depth)
    assert power.shape == (2 * depth + 1,) * 2
    assert power.min() > 0
    assert power.sum() == pytest.approx(1)


@pytest.mark.parametrize("depth", [4, 10])
def test_the_bell_is_as_wide_as_independent_weights_make_it(depth: int) -> None:
    profile = linear_profile(depth)
    expected = effective_width(np.outer(profile, profile))
    assert abs(effective_width(gradient_power(depth, networks=12)) - expected) <= 2


def test_the_bell_grows_slower_than_the_field() -> None:
    narrow, wide = (effective_width(gradient_power(depth)) for depth in (3, 12))
    assert narrow < wide < 4 * narrow * 0.75


def test_the_smallest_square_that_holds_everything_is_the_whole() -> None:
    assert effective_width(np.ones((7, 7)) / 49, share=1.0) == 7


def test_a_point_needs_one_pixel() -> None:
    power = np.zeros((5, 5))
    power[2, 2] = 1
    assert effective_width(power) == 1
