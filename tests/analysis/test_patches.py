"""Patches come from where they are said to come from, and their twin shares pairs and no more."""

import numpy as np
import pytest

from cnnfilters.analysis.patches import (
    colour_photographs,
    contrast_normalised,
    gaussian_twin,
    photograph_patches,
    sample_patches,
)
from cnnfilters.photographs import load_photograph, photographs

NUMBERED = np.arange(2 * 5 * 7, dtype=float).reshape(2, 5, 7)


def test_every_patch_is_a_window_of_its_image() -> None:
    patches = sample_patches([NUMBERED], count=200, side=3)
    tops_left = {(patch[0, 0, 0] // 7, patch[0, 0, 0] % 7) for patch in patches}
    assert tops_left == {(row, column) for row in range(3) for column in range(5)}
    for patch in patches:
        row, column = int(patch[0, 0, 0] // 7), int(patch[0, 0, 0] % 7)
        np.testing.assert_array_equal(patch, NUMBERED[:, row : row + 3, column : column + 3])


def test_images_of_any_size_give_about_as_many_patches() -> None:
    small, large = np.zeros((1, 4, 4)), np.ones((1, 40, 40))
    share = sample_patches([small, large], count=2_000, side=3).mean()
    assert share == pytest.approx(0.5, abs=0.05)


@pytest.mark.parametrize("side", [0, 6], ids=["none", "larger than the image"])
def test_a_window_that_does_not_fit_is_refused(side: int) -> None:
    with pytest.raises(ValueError, match=rf"`side` \(={side}\) must be 1 to 5"):
        sample_patches([NUMBERED], count=1, side=side)


def test_no_image_is_refused() -> None:
    with pytest.raises(ValueError, match="`side`"):
        sample_patches([], count=1, side=3)


def test_a_seed_gives_the_same_patches_and_another_gives_others() -> None:
    first, again, other = (photograph_patches(count=20, seed=seed) for seed in (3, 3, 4))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_patches_of_a_photograph_lie_in_it() -> None:
    (patch,) = photograph_patches(["coffee"], count=1, side=4, shrink=5)
    windows = np.lib.stride_tricks.sliding_window_view(
        load_photograph("coffee", shrink=5), (4, 4), axis=(1, 2)
    )
    assert (windows == patch[:, None, None].astype(np.float32)).all(axis=(0, 3, 4)).any()


def test_only_colour_photographs_with_a_stated_licence_are_taken() -> None:
    assert set(colour_photographs()) <= set(photographs())
    assert all(photographs()[name].colour for name in colour_photographs())
    assert "motorcycle" not in colour_photographs()


def test_normalised_rows_have_no_mean_and_forget_contrast() -> None:
    patches = np.random.default_rng(0).uniform(size=(50, 3, 4, 4))
    rows = contrast_normalised(patches)
    np.testing.assert_allclose(rows.mean(axis=1), 0, atol=1e-12)
    brighter = contrast_normalised(0.9 * patches + 0.1)
    np.testing.assert_allclose(brighter, rows, rtol=0.02)


def test_a_faint_window_is_not_blown_up() -> None:
    faint = contrast_normalised(np.array([[[[0.500, 0.502], [0.500, 0.502]]]]))
    assert np.abs(faint).max() < 0.02


def test_the_twin_has_the_mean_and_covariance_and_no_sparseness() -> None:
    rng = np.random.default_rng(0)
    rows = rng.laplace(size=(40_000, 3)) @ np.array([[2.0, 1.0, 0], [0, 1, 0.5], [0, 0, 1]]) + 1
    twin = gaussian_twin(rows, seed=1)
    np.testing.assert_allclose(np.cov(twin.T), np.cov(rows.T), atol=0.15)
    np.testing.assert_allclose(twin.mean(axis=0), rows.mean(axis=0), atol=0.05)
    centred = [each - each.mean(axis=0) for each in (rows, twin)]
    real, made = ((each**4).mean(axis=0) / (each**2).mean(axis=0) ** 2 - 3 for each in centred)
    assert real.min() > 0.5
    assert np.abs(made).max() < 0.15
