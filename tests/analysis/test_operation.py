"""A dot product, a flip, a move and a slow gradient, each against somebody else's."""

import numpy as np
import pytest
import torch
from scipy import ndimage
from scipy.signal import convolve2d, correlate2d
from torch.nn import functional

from cnnfilters.analysis.operation import (
    accuracy_when_moved,
    dot_product_at,
    finite_differences,
    flip_correlation,
    ink_kept,
    moved,
    shared_top,
)
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import cross_correlate, input_gradient, kernel_gradient
from cnnfilters.kernel_bank import family_bases

RNG = np.random.default_rng(0)
PLANE, WEIGHTS = RNG.normal(size=(5, 7)), RNG.normal(size=(2, 3))
WIDE = RNG.normal(size=(1, 9, 12))
GEOMETRY = ConvGeometry((2, 3), stride=(2, 1), padding=((1, 0), (0, 2)))
IMAGE, KERNEL = RNG.normal(size=(2, 5, 4)), RNG.normal(size=(3, 2, 2, 3))


@pytest.mark.parametrize(("row", "column"), [(0, 0), (3, 4), (1, 2)])
def test_the_products_add_up_to_pytorchs_output(row, column):
    image, kernel = (torch.tensor(x)[None, None] for x in (PLANE, WEIGHTS))
    expected = functional.conv2d(image, kernel)[0, 0, row, column]
    dot = dot_product_at(PLANE, WEIGHTS, row=row, column=column)
    assert dot.total == pytest.approx(float(expected))
    np.testing.assert_array_equal(dot.products, dot.window * dot.kernel)


@pytest.mark.parametrize(
    ("place", "message"),
    [
        ({"row": 4}, r"`row` \(=4\) must be below 4"),
        ({"column": 5}, r"`column` \(=5\) must be below 5"),
        ({"row": -1}, r"`row` \(=-1\) must be at least 0"),
    ],
)
def test_a_place_off_the_output_is_refused(place, message):
    with pytest.raises(ValueError, match=message):
        dot_product_at(PLANE, WEIGHTS, **{"row": 0, "column": 0, **place})


def test_an_image_with_channels_is_refused():
    with pytest.raises(ValueError, match="must be one plane"):
        dot_product_at(PLANE[None], WEIGHTS[None, None], row=0, column=0)


def test_the_top_of_everything_is_everything():
    assert shared_top(PLANE, -PLANE, count=PLANE.size) == 1


def test_opposite_rankings_share_nothing_at_the_top():
    assert shared_top(np.arange(9.0), -np.arange(9.0), count=4) == 0


@pytest.mark.parametrize("count", [0, 36])
def test_a_count_that_is_not_there_is_refused(count):
    with pytest.raises(ValueError, match=rf"`count` \(={count}\) must be at (least 1|most 35)"):
        shared_top(PLANE, PLANE, count=count)


def test_it_is_the_correlation_of_scipys_two_maps():
    kernels = np.random.default_rng(1).normal(size=(4, 1, 3, 5))
    plane = WIDE[0]
    expected = [
        np.corrcoef(
            correlate2d(plane, kernel, mode="valid").ravel(),
            convolve2d(plane, kernel, mode="valid").ravel(),
        )[0, 1]
        for (kernel,) in kernels
    ]
    np.testing.assert_allclose(flip_correlation(WIDE, kernels), expected, atol=1e-12)


@pytest.mark.parametrize(("family", "sign"), [("edge", -1), ("line", 1), ("blob", 1)])
def test_the_flip_turns_the_sign_of_edges_alone(family, sign):
    kernels = family_bases(5)[family][:, None]
    np.testing.assert_allclose(flip_correlation(WIDE, kernels), sign)


def test_a_constant_map_correlates_with_nothing():
    assert flip_correlation(np.zeros((1, 4, 4)), np.ones((1, 1, 2, 2))).tolist() == [0]


@pytest.mark.parametrize(("down", "right"), [(0, 0), (2, -1), (-3, 4), (1, 0), (9, -9)], ids=str)
def test_a_move_is_what_scipy_makes_of_it(down, right):
    images = RNG.random((2, 5, 7))
    expected = ndimage.shift(images, (0, down, right), order=0, prefilter=False)
    np.testing.assert_array_equal(moved(images, down=down, right=right), expected)


def test_moving_there_and_back_keeps_what_stayed_inside():
    images = np.zeros((1, 6, 6))
    images[0, 2:4, 2:4] = RNG.random((2, 2))
    back = moved(moved(images, down=2, right=-2), down=-2, right=2)
    np.testing.assert_array_equal(back, images)


def test_accuracy_counts_each_of_the_four_directions_once():
    images, labels = np.zeros((1, 7, 7)), np.array([1])
    images[0, 3, 3] = 1

    def is_in_the_right_half(batch):
        right = batch[:, :, 4:].sum(axis=(1, 2))
        return np.stack([0.5 - right, right - 0.5], axis=1)

    assert accuracy_when_moved(is_in_the_right_half, images, labels, pixels=1) == 0.25


def test_more_images_than_a_batch_count_alike():
    images, labels = RNG.random((601, 3, 3)), RNG.integers(0, 2, 601)

    def coin(batch):
        return batch.reshape(len(batch), -1)[:, :2]

    expected = (coin(images).argmax(1) == labels).mean()
    assert accuracy_when_moved(coin, images, labels, pixels=0) == pytest.approx(expected)


def test_ink_that_leaves_the_picture_is_not_kept():
    corner = np.zeros((1, 4, 4))
    corner[0, 0, 0] = 1  # leaves to the left and upwards
    assert ink_kept(corner, pixels=1) == 0.5
    assert ink_kept(corner, pixels=0) == 1


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
