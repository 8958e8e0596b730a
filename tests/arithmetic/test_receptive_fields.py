"""The receptive field by formula against the pixels that really change a unit."""

import pytest
import torch
from hypothesis import assume, given
from hypothesis import strategies as st
from torch import nn

from arithmetic.geometry_cases import pairs, unhurried
from cnnfilters.arithmetic import (
    ConvGeometry,
    Convolution,
    Flatten,
    Linear,
    Pointwise,
    Pooling,
    receptive_field,
)

SIDE = 24
ODD = ConvGeometry((3, 2), stride=(2, 1), padding=((1, 0), (0, 2)), dilation=(1, 2))


@st.composite
def convolutions(draw):
    """One layer as PyTorch's module, all its weights 1, so that no two of them cancel."""
    options = {
        "kernel_size": draw(pairs(1, 3)),
        "stride": draw(pairs(1, 2)),
        "padding": draw(pairs(0, 2)),
        "dilation": draw(pairs(1, 2)),
    }
    layer = nn.Conv2d(1, 1, bias=False, dtype=torch.float64, **options)
    nn.init.ones_(layer.weight)
    return layer


def average_poolings():
    return st.builds(nn.AvgPool2d, st.integers(1, 3), stride=st.integers(1, 3))


def max_poolings():
    return st.builds(nn.MaxPool2d, st.just(3), stride=st.integers(1, 3), dilation=st.integers(1, 2))


def stacks(pooling):
    return st.lists(convolutions() | pooling, min_size=1, max_size=4).map(
        lambda layers: nn.Sequential(*layers, nn.ReLU())
    )


def unit_that_sees_no_padding(stack):
    """A unit whose whole box lies on the image, and its box; None where there is none."""
    field = receptive_field(stack)
    try:
        rows, columns = stack(torch.ones(1, 1, SIDE, SIDE + 3, dtype=torch.float64)).shape[-2:]
    except RuntimeError:
        return None  # the image is used up
    unit = rows // 2, columns // 2
    down, across = field.pixels(*unit)
    on_the_image = down[0] >= 0 and across[0] >= 0 and down[-1] < SIDE and across[-1] < SIDE + 3
    return (unit, (down, across)) if on_the_image else None


def box(mask):
    """First to last row and column that hold a True."""
    rows, columns = mask.nonzero().T
    return (
        range(int(rows.min()), int(rows.max()) + 1),
        range(int(columns.min()), int(columns.max()) + 1),
    )


@unhurried
@given(stack=stacks(average_poolings()))
def test_the_box_is_where_the_gradient_is_not_zero(stack):
    seen = unit_that_sees_no_padding(stack)
    assume(seen is not None)
    (row, column), expected = seen
    image = torch.ones(1, 1, SIDE, SIDE + 3, dtype=torch.float64, requires_grad=True)
    stack(image)[0, 0, row, column].backward()
    assert box(image.grad[0, 0] != 0) == expected


@unhurried
@given(stack=stacks(max_poolings()))
def test_the_box_is_where_a_bright_pixel_changes_a_max(stack):
    seen = unit_that_sees_no_padding(stack)
    assume(seen is not None)
    (row, column), expected = seen
    pixels = SIDE * (SIDE + 3)
    one_bright = torch.eye(pixels, dtype=torch.float64).reshape(pixels, 1, SIDE, SIDE + 3)
    with torch.no_grad():
        changed = stack(one_bright)[:, 0, row, column] != 0
    assert box(changed.reshape(SIDE, SIDE + 3)) == expected


def test_unequal_sides_move_the_start():
    field = receptive_field([ODD, ODD])
    assert (field.size, field.jump, field.start) == ((7, 5), (4, 1), (-3, 0))


def test_an_empty_stack_sees_one_pixel():
    field = receptive_field([])
    assert (field.size, field.jump, field.start) == ((1, 1), (1, 1), (0, 0))


@pytest.mark.parametrize(
    "layers",
    [
        [ConvGeometry(5, stride=2), Pooling(3)],
        (ConvGeometry(5, stride=2), nn.MaxPool2d(3)),
        [Convolution(1, 8, ConvGeometry(5, stride=2)), Pointwise("ReLU"), Pooling(3)],
        nn.Sequential(nn.Conv2d(1, 8, 5, stride=2), nn.ReLU(), nn.MaxPool2d(3)),
        [nn.Sequential(nn.Conv2d(1, 8, 5, 2)), nn.BatchNorm2d(8), nn.AvgPool2d(3)],
    ],
    ids=["geometries", "mixed", "described", "sequential", "nested"],
)
def test_a_stack_may_be_given_in_any_form(layers):
    assert receptive_field(layers).size == (9, 9)


def test_one_layer_is_a_stack():
    assert receptive_field(ConvGeometry(3)) == receptive_field(nn.Conv2d(1, 1, 3))


@pytest.mark.parametrize(
    "layer",
    [Flatten(), Linear(4, 2), ConvGeometry(3, transposed=True), nn.ConvTranspose2d(1, 1, 3)],
    ids=repr,
)
def test_a_layer_whose_units_see_different_boxes_is_refused(layer):
    with pytest.raises(ValueError, match="no receptive field of one size; stop before it"):
        receptive_field([ConvGeometry(3), layer])


def test_integers_of_any_size_are_exact():
    field = receptive_field([ConvGeometry(3, stride=2**40)] * 3)
    assert field.jump == (2**120, 2**120)


def test_what_is_no_layer_is_refused():
    with pytest.raises(TypeError, match="int is no layer that is known here"):
        receptive_field([3])
