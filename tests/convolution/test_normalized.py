"""The normalised response: against scikit-image, and indifferent to brightness and contrast."""

import numpy as np
import pytest
from skimage.feature import match_template

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import normalized_response
from convolution.cases import CASES, Case

RNG = np.random.default_rng(0)
IMAGE, KERNEL = RNG.normal(size=(9, 12)), RNG.normal(size=(3, 4))


def test_it_is_scikit_images_template_match():
    np.testing.assert_allclose(
        normalized_response(IMAGE, KERNEL), match_template(IMAGE, KERNEL), atol=1e-12
    )


@pytest.mark.parametrize("case", CASES[:20], ids=str)
def test_it_is_the_correlation_coefficient_of_each_window(case: Case):
    response = normalized_response(case.image, case.kernel, geometry=case.geometry)
    rows, columns = response.shape[1] - 1, response.shape[2] - 1  # the last position
    padded = np.pad(case.image, ((0, 0), *case.geometry.padding_pairs))
    (down, right), (height, width) = case.geometry.stride_pair, case.geometry.extent_pair
    gap_down, gap_right = case.geometry.dilation_pair
    window = padded[:, rows * down :, columns * right :][:, :height:gap_down, :width:gap_right]
    group = window[-case.kernel.shape[1] :]  # the last filter sees the last group of channels
    if np.ptp(group) == 0 or np.ptp(case.kernel[-1]) == 0:
        assert response[-1, -1, -1] == 0
    else:
        expected = np.corrcoef(group.ravel(), case.kernel[-1].ravel())[0, 1]
        assert np.isclose(response[-1, -1, -1], expected, atol=1e-12)


def test_brightness_and_contrast_change_nothing():
    np.testing.assert_allclose(
        normalized_response(40 * IMAGE + 7, 0.1 * KERNEL - 3),
        normalized_response(IMAGE, KERNEL),
        atol=1e-9,
    )


def test_the_pattern_itself_scores_one_and_its_negative_minus_one():
    assert np.isclose(normalized_response(KERNEL, KERNEL), 1)
    assert np.isclose(normalized_response(-KERNEL, KERNEL), -1)


@pytest.mark.parametrize("level", [0.0, 0.1, 1e6], ids=str)
@pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])
def test_a_flat_patch_scores_zero_however_bright(level, dtype):
    flat = np.full((5, 6), level, dtype)
    response = normalized_response(flat, KERNEL.astype(dtype))
    assert response.dtype == dtype
    np.testing.assert_array_equal(response, 0)


def test_a_flat_kernel_scores_zero():
    np.testing.assert_array_equal(normalized_response(IMAGE, np.full((3, 3), 0.1)), 0)


def test_padding_counts_as_black_pixels():
    geometry = ConvGeometry((1, 2), padding=((0, 0), (1, 0)))
    np.testing.assert_allclose(
        normalized_response([[5, 5]], [[-1, 1]], geometry=geometry), [[1, 0]]
    )
