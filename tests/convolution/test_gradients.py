"""Both gradients against PyTorch's, and the law that ties them to the forward pass."""

import numpy as np
import pytest

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import cross_correlate, input_gradient, kernel_gradient
from convolution.cases import CASES, Case, assert_close, by_torch, in_type

each_case = pytest.mark.parametrize("case", CASES, ids=str)
each_dtype = pytest.mark.parametrize("dtype", [np.float32, np.float64], ids=["float32", "float64"])


@each_dtype
@each_case
def test_the_gradient_of_the_image_is_pytorchs(case: Case, dtype):
    case = in_type(case, dtype)
    _, pixels, _ = by_torch(case)
    ours = input_gradient(
        case.upstream(), case.kernel, input_size=case.size, geometry=case.geometry
    )
    assert_close(ours, pixels)


@each_dtype
@each_case
def test_the_gradient_of_the_kernel_is_pytorchs(case: Case, dtype):
    case = in_type(case, dtype)
    _, _, weights = by_torch(case)
    assert_close(kernel_gradient(case.upstream(), case.image, geometry=case.geometry), weights)


@each_case
def test_going_forward_and_going_back_are_adjoint(case: Case):
    upstream, geometry = case.upstream(), case.geometry
    forward = cross_correlate(case.image, case.kernel, geometry=geometry)
    to_pixels = input_gradient(upstream, case.kernel, input_size=case.size, geometry=geometry)
    to_weights = kernel_gradient(upstream, case.image, geometry=geometry)
    product = (forward * upstream).sum()
    assert np.isclose((case.image * to_pixels).sum(), product, rtol=1e-9, atol=1e-9)
    assert np.isclose((case.kernel * to_weights).sum(), product, rtol=1e-9, atol=1e-9)


def test_a_shared_weight_gets_the_sum_over_all_its_uses():
    geometry = ConvGeometry((2, 3))
    gradient = kernel_gradient(np.ones((3, 4)), np.ones((4, 6)), geometry=geometry)
    np.testing.assert_array_equal(gradient, np.full((2, 3), 12.0))


def test_a_pixel_that_the_stride_leaves_out_gets_no_gradient():
    geometry = ConvGeometry(1, stride=2)
    gradient = input_gradient(np.ones((2, 2)), [[3.0]], input_size=(3, 4), geometry=geometry)
    np.testing.assert_array_equal(gradient, [[3, 0, 3, 0], [0, 0, 0, 0], [3, 0, 3, 0]])


def test_planes_give_planes():
    assert input_gradient(np.ones((2, 2)), [[1.0, 2.0]], input_size=(2, 3)).shape == (2, 3)
    plane = kernel_gradient(np.ones((2, 2)), np.ones((2, 3)), geometry=ConvGeometry((1, 2)))
    assert plane.shape == (1, 2)
