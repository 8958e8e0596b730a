"""What the flip does to a map."""

import numpy as np
import pytest
from scipy.signal import convolve2d, correlate2d

from cnnfilters.analysis.operation import flip_correlation
from cnnfilters.kernel_bank import family_bases

IMAGE = np.random.default_rng(0).normal(size=(1, 9, 12))


def test_it_is_the_correlation_of_scipys_two_maps():
    kernels = np.random.default_rng(1).normal(size=(4, 1, 3, 5))
    plane = IMAGE[0]
    expected = [
        np.corrcoef(
            correlate2d(plane, kernel, mode="valid").ravel(),
            convolve2d(plane, kernel, mode="valid").ravel(),
        )[0, 1]
        for (kernel,) in kernels
    ]
    np.testing.assert_allclose(flip_correlation(IMAGE, kernels), expected, atol=1e-12)


@pytest.mark.parametrize(("family", "sign"), [("edge", -1), ("line", 1), ("blob", 1)])
def test_the_flip_turns_the_sign_of_edges_alone(family, sign):
    kernels = family_bases(5)[family][:, None]
    np.testing.assert_allclose(flip_correlation(IMAGE, kernels), sign)


def test_a_constant_map_correlates_with_nothing():
    assert flip_correlation(np.zeros((1, 4, 4)), np.ones((1, 1, 2, 2))).tolist() == [0]
