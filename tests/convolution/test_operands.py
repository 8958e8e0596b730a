"""What the doors refuse, and in which words."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import (
    as_matrix,
    cross_correlate,
    flipped,
    input_gradient,
    kernel_gradient,
    normalized_response,
)

IMAGE, KERNEL = np.ones((4, 5, 6)), np.ones((2, 4, 2, 3))
NAN = np.where(np.arange(30).reshape(5, 6) == 8, np.nan, 1.0)


@pytest.mark.parametrize("operation", [cross_correlate, normalized_response])
@pytest.mark.parametrize(
    ("image", "kernel", "geometry", "message"),
    [
        (np.ones(3), KERNEL, None, r"`image` \(shape \(3,\)\) must have axes \(height, width\)"),
        (np.ones((1, 4, 5, 6)), KERNEL, None, r"`image` \(shape \(1, 4, 5, 6\)\) must have axes"),
        (IMAGE, np.ones((2, 2, 3)), None, r"`kernel` \(shape \(2, 2, 3\)\) must have axes"),
        (IMAGE, np.ones((2, 3)), None, r"`kernel` \(shape \(2, 3\)\) must have axes \(filters, "),
        (IMAGE[0], KERNEL, None, r"must have axes \(height, width\) beside `image` of shape"),
        (IMAGE[:0], KERNEL, None, r"`image` \(shape \(0, 5, 6\)\) must not be empty"),
        (NAN, KERNEL[0, 0], None, r"`image` \(=nan at \(1, 2\)\) must be finite everywhere"),
        (IMAGE[0], [[1, np.inf]], None, r"`kernel` \(=inf at \(0, 1\)\) must be finite"),
        (IMAGE[:3], KERNEL, None, r"`image` \(=3 channels\) must have 4 channels"),
        (IMAGE, KERNEL, ConvGeometry((2, 3), groups=2), r"must have 8 channels: .* `groups` is 2"),
        (IMAGE, KERNEL[:, :1], ConvGeometry((2, 3), groups=4), r"`groups` \(=4\) must divide .* 2"),
        (IMAGE, KERNEL, ConvGeometry(3), r"`kernel` \(=2×3\) must have the size .* 3×3"),
        (IMAGE, KERNEL, ConvGeometry((2, 3), transposed=True), r"`geometry` \(transposed=True\)"),
        (IMAGE[:, :1], KERNEL, None, r"`kernel_size` .* must fit into the padded input"),
        (IMAGE, KERNEL, ConvGeometry((2, 3), dilation=5), r"reaches over 6 rows and must fit"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_rule(operation, image, kernel, geometry, message):
    with pytest.raises(ValueError, match=message):
        operation(image, kernel, geometry=geometry)


@pytest.mark.parametrize(
    ("image", "message"),
    [
        (np.ones((5, 6), complex), r"`image` \(of complex128\) must hold real numbers"),
        ("seven", r"`image` \(of <U5\) must hold real numbers"),
        ([[1, 2], [3]], r"`image` must be readable as an array of numbers"),
        (torch.ones(5, 6, requires_grad=True), r"`image` must be readable .* grad"),
    ],
    ids=["complex", "text", "ragged", "tensor with gradient"],
)
def test_a_wrong_type_is_refused_by_name_and_rule(image, message):
    with pytest.raises(TypeError, match=message):
        cross_correlate(image, [[1, 2]])


def test_an_unknown_method_is_refused_with_the_known_ones():
    with pytest.raises(ValueError, match=r"`method` \(='magic'\) must be one of loops, windows"):
        cross_correlate(IMAGE, KERNEL, method="magic")


def test_a_kernel_of_three_axes_cannot_be_flipped():
    with pytest.raises(ValueError, match=r"`kernel` \(shape \(1, 1, 1\)\) must have axes"):
        flipped([[[1]]])


def test_a_matrix_too_large_for_memory_is_refused_before_it_is_made():
    with pytest.raises(ValueError, match=r"`input_size` \(=512×512\) must be smaller: .* 6.,"):
        as_matrix(np.ones((3, 3)), input_size=512)
    with pytest.raises(ValueError, match=r"`image` \(=512×512\) must be smaller"):
        cross_correlate(np.ones((512, 512)), np.ones((3, 3)), method="matrix")


@pytest.mark.parametrize("size", [0, -1, (3, 0)], ids=str)
def test_an_input_size_below_one_is_refused(size):
    with pytest.raises(ValueError, match=r"`input_size` .* must be at least 1"):
        as_matrix([[1]], input_size=size)
    with pytest.raises(ValueError, match=r"`input_size` .* must be at least 1"):
        input_gradient([[1]], [[1]], input_size=size)


def test_an_upstream_gradient_of_another_shape_is_refused():
    message = r"`upstream` \(shape \(1, 2, 3\)\) must have the output's shape \(1, 2, 2\)"
    with pytest.raises(ValueError, match=message):
        input_gradient(np.ones((2, 3)), np.ones((2, 2)), input_size=3)
    with pytest.raises(ValueError, match=message):
        kernel_gradient(np.ones((2, 3)), np.ones((3, 3)), geometry=ConvGeometry(2))


@pytest.mark.parametrize(
    ("filters", "channels", "message"),
    [
        (3, 4, r"`groups` \(=2\) must divide the number of filters, 3"),
        (4, 3, r"`groups` \(=2\) must divide the number of channels, 3"),
    ],
)
def test_groups_that_do_not_divide_are_refused_backwards_too(filters, channels, message):
    geometry = ConvGeometry(2, groups=2)
    with pytest.raises(ValueError, match=message):
        kernel_gradient(np.ones((filters, 2, 2)), np.ones((channels, 3, 3)), geometry=geometry)


UNCHECKED = """
from cnnfilters.convolution import cross_correlate, kernel_gradient
for call in (
    lambda: cross_correlate([[1]], [[1]], geometry=3),
    lambda: kernel_gradient([[1]], [[1]], geometry=None),
    lambda: cross_correlate(None, [[1]]),
):
    try:
        call()
    except TypeError as error:
        print(error)
"""


def test_without_a_type_checker_a_wrong_type_is_still_named():
    command = [sys.executable, "-c", UNCHECKED]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines() == [
        "`geometry` (=3) must be a ConvGeometry",
        "`geometry` (=None) must be a ConvGeometry",
        "`image` (of object) must hold real numbers",
    ]
