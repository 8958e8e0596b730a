"""The slow gradient against the fast ones."""

import numpy as np
import pytest

from cnnfilters.analysis.operation import finite_differences
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import cross_correlate, input_gradient, kernel_gradient

RNG = np.random.default_rng(0)
GEOMETRY = ConvGeometry((2, 3), stride=(2, 1), padding=((1, 0), (0, 2)))
IMAGE, KERNEL = RNG.normal(size=(2, 5, 4)), RNG.normal(size=(3, 2, 2, 3))


def loss(image, kernel):
    return float((cross_correlate(image, kernel, geometry=GEOMETRY) ** 2).sum() / 2)


def test_it_finds_both_gradients_of_a_convolution():
    upstream = cross_correlate(IMAGE, KERNEL, geometry=GEOMETRY)  # the slope of half the squares
    np.testing.assert_allclose(
        finite_differences(lambda kernel: loss(IMAGE, kernel), KERNEL),
        kernel_gradient(upstream, IMAGE, geometry=GEOMETRY),
        atol=1e-7,
    )
    np.testing.assert_allclose(
        finite_differences(lambda image: loss(image, KERNEL), IMAGE),
        input_gradient(upstream, KERNEL, input_size=(5, 4), geometry=GEOMETRY),
        atol=1e-7,
    )


@pytest.mark.parametrize("step", [0.0, -1.0, float("nan")])
def test_a_step_that_goes_nowhere_is_refused(step):
    with pytest.raises(ValueError, match=r"`step` .* must be above 0"):
        finite_differences(np.sum, [1.0], step=step)
