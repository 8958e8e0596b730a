"""Gradients of the first layer, against PyTorch's."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from analysis.network import random_network
from cnnfilters.analysis.backward import backward, through_pooling


@pytest.mark.parametrize("padding", [0, 2])
def test_the_gradients_are_those_of_pytorch(padding):
    known = random_network(padding)
    image = np.random.default_rng(3).uniform(0, 1, (28, 28))
    ours = backward(known.network, image, 7)
    maps = known.model.conv1((torch.from_numpy(image[None, None]).float() - 0.1307) / 0.3081)
    maps.retain_grad()
    hidden = functional.relu(functional.max_pool2d(maps, 2))
    hidden = functional.relu(functional.max_pool2d(known.model.conv2(hidden), 2))
    loss = functional.cross_entropy(known.model.fc(hidden.flatten(1)), torch.tensor([7]))
    loss.backward()
    assert ours.loss == pytest.approx(loss.item(), abs=1e-5)
    np.testing.assert_allclose(ours.maps, maps.grad[0], atol=1e-6)
    np.testing.assert_allclose(ours.kernels, known.model.conv1.weight.grad, atol=1e-5)


def test_what_pooling_leaves_out_gets_no_gradient():
    maps = np.arange(9.0).reshape(1, 3, 3)
    expected = np.zeros((1, 3, 3))
    expected[0, 1, 1] = 2
    np.testing.assert_array_equal(through_pooling(maps, np.full((1, 1, 1), 2.0)), expected)


def test_a_block_without_a_positive_number_gets_no_gradient():
    assert not through_pooling(-np.ones((1, 2, 2)), np.ones((1, 1, 1))).any()
