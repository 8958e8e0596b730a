"""Moved digits, and what a classifier makes of them."""

import numpy as np
import pytest
from scipy import ndimage

from cnnfilters.analysis.operation import accuracy_when_moved, ink_kept, moved

RNG = np.random.default_rng(2)


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
