"""The matrix of a convolution: its product, its transpose, its shape."""

import numpy as np
import pytest

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import as_matrix, input_gradient
from convolution.cases import CASES, Case, assert_close, by_torch

each_case = pytest.mark.parametrize("case", CASES, ids=str)


@each_case
def test_the_matrix_times_the_image_is_pytorchs_value(case: Case):
    value, _, _ = by_torch(case)
    matrix = as_matrix(case.kernel, input_size=case.size, geometry=case.geometry)
    assert_close((matrix @ case.image.ravel()).reshape(value.shape), value)


@each_case
def test_its_transpose_takes_a_gradient_back_to_the_pixels(case: Case):
    _, pixels, _ = by_torch(case)
    matrix = as_matrix(case.kernel, input_size=case.size, geometry=case.geometry)
    back = (matrix.T @ case.upstream().ravel()).reshape(pixels.shape)
    assert_close(back, pixels)
    assert_close(
        input_gradient(case.upstream(), case.kernel, input_size=case.size, geometry=case.geometry),
        back,
    )


def test_it_is_a_toeplitz_matrix_in_one_dimension():
    from scipy.linalg import toeplitz

    matrix = as_matrix([[1, 2, 3]], input_size=(1, 6))
    np.testing.assert_array_equal(matrix, toeplitz([1, 0, 0, 0], [1, 2, 3, 0, 0, 0]))


def test_groups_stand_on_the_diagonal():
    geometry = ConvGeometry(1, groups=2)
    matrix = as_matrix([[[[2]]], [[[3]]]], input_size=(1, 2), geometry=geometry)
    np.testing.assert_array_equal(matrix, np.diag([2, 2, 3, 3]))


def test_float32_stays_float32():
    assert as_matrix(np.ones((2, 2), np.float32), input_size=3).dtype == np.float32
