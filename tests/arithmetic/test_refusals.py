"""What PyTorch's convolution refuses, ours refuses; where it computes, ours gives its shape."""

from itertools import product

import numpy as np
import pytest
import torch
from torch.nn import functional

from arithmetic.geometry_cases import as_a_user, our_size
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import cross_correlate

pytestmark = pytest.mark.filterwarnings("ignore:Using padding='same' with even kernel:UserWarning")
KERNEL = (3, 2)
SIZES = [(7, 6), (5, 9), (2, 6), (1, 1)]  # into the last two the bare kernel does not fit
NUMBERS = [-(2**31), -2, -1, 0, 1, 2, 3, 4, 9, np.int64(2), np.uint8(3)]
NO_INTEGERS = [True, 3.0, 3.5, "3", None, 1 + 1j, float("nan"), float("inf"), {1: 1}, b"3"]
PAIRS = [(1, 2), [2, 1], torch.Size((3, 1)), (0, 1), (2, -1), (1, 2.0), ("1", 2), (1, None)]
OTHER_LENGTHS = [(), (1, 2, 3), (1, 1, 1, 1)]


def by_pytorch(size, **options):
    """The output's height and width; None where PyTorch refuses."""
    image = torch.zeros(1, 1, *size, dtype=torch.float64)
    try:
        output = functional.conv2d(
            image, torch.zeros(1, 1, *KERNEL, dtype=torch.float64), **options
        )
    except (RuntimeError, TypeError, ValueError):
        return None
    return tuple(output.shape[-2:])


def by_us(size, **options):
    """The same of ours."""
    try:
        geometry = as_a_user(ConvGeometry, kernel_size=KERNEL, **options)
    except (TypeError, ValueError):
        return None
    return our_size(geometry, size)


@pytest.mark.parametrize("name", ["stride", "padding", "dilation"])
@pytest.mark.parametrize("value", NUMBERS + NO_INTEGERS + PAIRS + OTHER_LENGTHS, ids=repr)
def test_a_value_is_taken_or_refused_as_pytorch_does(name, value):
    expected = [by_pytorch(size, **{name: value}) for size in SIZES]
    assert [by_us(size, **{name: value}) for size in SIZES] == expected


@pytest.mark.parametrize("stride", [1, 2, (1, 1), (1, 2)], ids=str)
@pytest.mark.parametrize("padding", ["same", "valid", "Same", "full", ""])
def test_padding_by_name_is_taken_or_refused_as_pytorch_does(padding, stride):
    options = {"padding": padding, "stride": stride, "dilation": (1, 3)}
    assert [by_us(size, **options) for size in SIZES] == [by_pytorch(n, **options) for n in SIZES]


def test_the_cases_hold_both_kinds():
    answers = [by_pytorch(SIZES[0], padding=value) for value in NUMBERS + NO_INTEGERS + PAIRS]
    assert answers.count(None) > 10
    assert len(answers) - answers.count(None) > 10


@pytest.mark.parametrize("name", ["stride", "padding", "dilation"])
def test_one_number_in_a_tuple_is_refused_though_pytorch_takes_it(name):
    """A forgotten number looks the same."""
    assert by_pytorch(SIZES[0], **{name: (1,)}) is not None
    with pytest.raises(ValueError, match=rf"`{name}` \(=\(1,\)\) must have two members"):
        as_a_user(ConvGeometry, kernel_size=KERNEL, **{name: (1,)})


def test_a_transposed_convolution_takes_no_padding_by_name():
    for name in ("same", "valid"):
        with pytest.raises(TypeError):
            functional.conv_transpose2d(
                torch.zeros(1, 1, 5, 5), torch.zeros(1, 1, 3, 3), padding=name
            )
        with pytest.raises(ValueError, match=rf"^`padding` \(='{name}'\) must be a number"):
            ConvGeometry(3, padding=name, transposed=True)


@pytest.mark.parametrize("groups", [-1, 0, 1, 2, 3, 4, 5])
def test_groups_divide_channels_and_filters_as_in_pytorch(groups):
    wrong = []
    for channels, filters, each in product(range(1, 7), range(1, 7), range(1, 5)):
        image, kernel = np.ones((channels, 4, 5)), np.ones((filters, each, *KERNEL))
        if grouped_by_us(image, kernel, groups) != grouped_by_pytorch(image, kernel, groups):
            wrong.append((channels, filters, each))
    assert wrong == []


def grouped_by_pytorch(image, kernel, groups):
    try:
        output = functional.conv2d(torch.tensor(image), torch.tensor(kernel), groups=groups)
    except RuntimeError:
        return None
    return tuple(output.shape)


def grouped_by_us(image, kernel, groups):
    try:
        return cross_correlate(image, kernel, geometry=ConvGeometry(KERNEL, groups=groups)).shape
    except ValueError:
        return None
