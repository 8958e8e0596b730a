"""A transposed convolution is a direct one of the stretched input with the rotated kernel."""

import numpy as np
import pytest
import torch
from hypothesis import assume, given
from torch.nn import functional

from arithmetic.geometry_cases import (
    input_sizes,
    our_size,
    torch_convolution,
    transposed_geometries,
    unhurried,
)
from cnnfilters.arithmetic import ConvGeometry, Stretch, rotated

IN_CHANNELS, OUT_CHANNELS = 2, 3  # of each group


def equivalent(geometry):
    """Stretch and direct geometry, or None where the input would have to be cropped."""
    try:
        return geometry.equivalent_direct()
    except ValueError:
        return None


def whole_numbers(*shape):
    """Exact in float64, so that equal sums are equal to the last digit."""
    return torch.randint(-9, 10, shape, generator=torch.Generator().manual_seed(0)).double()


def images_and_weights(geometry, size):
    channels = IN_CHANNELS * geometry.groups
    images = whole_numbers(2, channels, *size)
    return images, whole_numbers(channels, OUT_CHANNELS, *geometry.kernel_pair)


@unhurried
@given(geometry=transposed_geometries(), size=input_sizes())
def test_values_are_those_of_the_direct_convolution(geometry, size):
    assume(our_size(geometry, size) is not None)
    assume(equivalent(geometry) is not None)
    images, weights = images_and_weights(geometry, size)
    stretch, direct = geometry.equivalent_direct()
    turned = torch.tensor(rotated(weights, groups=geometry.groups).copy())
    stretched = torch.tensor(stretch(images))
    expected = torch_convolution(geometry, images, weights)
    assert torch.equal(torch_convolution(direct, stretched, turned), expected)


def test_values_differ_without_the_rotation():
    images, weights = images_and_weights(ConvGeometry(3, transposed=True), (4, 5))
    unturned = weights.swapaxes(0, 1)
    stretch, direct = ConvGeometry(3, transposed=True).equivalent_direct()
    expected = functional.conv_transpose2d(images, weights)
    assert not torch.equal(
        torch_convolution(direct, torch.tensor(stretch(images)), unturned), expected
    )


@unhurried
@given(geometry=transposed_geometries(), size=input_sizes())
def test_sizes_are_those_of_the_direct_convolution(geometry, size):
    assume(our_size(geometry, size) is not None)
    assume(equivalent(geometry) is not None)
    stretch, direct = geometry.equivalent_direct()
    assert direct.output_size(stretch.output_size(size)) == geometry.output_size(size)


def test_unequal_padding_is_cut_off_a_transposed_output():
    sides = ((1, 0), (2, 1))
    geometry = ConvGeometry((3, 4), stride=2, padding=sides, transposed=True)
    images, weights = images_and_weights(geometry, (3, 4))
    stretch, direct = geometry.equivalent_direct()
    ours = torch_convolution(
        direct, torch.tensor(stretch(images)), torch.tensor(rotated(weights).copy())
    )
    whole = functional.conv_transpose2d(images, weights, stride=2)
    assert torch.equal(ours, whole[:, :, 1:, 2:-1])
    assert geometry.output_size((3, 4)) == ours.shape[-2:]


@unhurried
@given(geometry=transposed_geometries(), size=input_sizes())
def test_contributions_are_the_visits_of_the_direct_convolution(geometry, size):
    assume(our_size(geometry, size) is not None)
    direct = ConvGeometry(
        geometry.kernel_size,
        stride=geometry.stride,
        padding=geometry.padding,
        dilation=geometry.dilation,
        groups=geometry.groups,
    )
    output = geometry.output_size(size)
    assume(our_size(direct, output) == size)  # more output padding than the direct one leaves over
    assert np.array_equal(geometry.contributions(size), direct.visits(output))


def test_a_direct_geometry_has_no_direct_equivalent():
    with pytest.raises(ValueError, match=r"`transposed` \(=False\) must be True"):
        ConvGeometry(3).equivalent_direct()


def test_padding_that_cuts_into_the_input_has_no_direct_equivalent():
    with pytest.raises(ValueError, match=r"`padding` \(=\(3, 3\) rows\) must be at most 2"):
        ConvGeometry(3, padding=3, transposed=True).equivalent_direct()


def test_stretching_keeps_dtype_and_leading_axes():
    stretched = Stretch((1, 2))(np.ones((4, 5, 2, 3), np.float32))
    assert (stretched.shape, stretched.dtype, stretched.sum()) == ((4, 5, 3, 7), np.float32, 120)


def test_a_row_of_numbers_cannot_be_stretched():
    with pytest.raises(
        ValueError, match=r"`images` \(of shape \(3,\)\) must have at least two axes"
    ):
        Stretch((1, 1))([1, 2, 3])


@pytest.mark.parametrize(
    ("shape", "groups", "message"),
    [
        ((3,), 1, r"`weights` \(of shape \(3,\)\) must have two or four axes"),
        ((3, 1, 2, 2), 2, r"`groups` \(=2\) must divide the 3 input channels"),
        ((3, 1, 2, 2), 0, r"`groups` \(=0\) must be at least 1"),
    ],
    ids=str,
)
def test_weights_that_cannot_be_rotated_are_refused(shape, groups, message):
    with pytest.raises(ValueError, match=message):
        rotated(np.zeros(shape), groups=groups)
