"""The numpy network against PyTorch's, stage by stage."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from analysis.network import random_network
from cnnfilters.analysis.forward import (
    Network,
    accuracy,
    batches,
    correlate_batch,
    forward,
    max_pool,
)
from cnnfilters.run import Run


@pytest.fixture(params=[0, 2], ids=["no-padding", "padding-2"])
def both(request):
    return random_network(request.param)


@pytest.fixture
def images():
    return np.random.default_rng(3).random((7, 28, 28), dtype=np.float32)


def test_the_logits_are_those_of_pytorch(both, images):
    with torch.inference_mode():
        expected = both.model(torch.from_numpy(images)[:, None]).numpy()
    np.testing.assert_allclose(forward(both.network, images).logits, expected, atol=1e-5)


def test_every_stage_is_that_of_pytorch(both, images):
    stages = forward(both.network, images)
    with torch.inference_mode():
        conv1 = both.model.conv1(torch.from_numpy(stages.normalised))
        hidden1 = functional.max_pool2d(functional.relu(conv1), 2)  # the other order: same values
        conv2 = both.model.conv2(hidden1)
        hidden2 = functional.max_pool2d(functional.relu(conv2), 2)
    for ours, theirs in zip(stages[1:5], (conv1, hidden1, conv2, hidden2), strict=True):
        np.testing.assert_allclose(ours, theirs.numpy(), atol=1e-5)


def test_the_snapshot_chooses_the_weights(both, images):
    assert not forward(Network.of(both.run, 0), images).logits.any()


def test_accuracy_is_counted_over_all_batches(both):
    images = np.random.default_rng(4).random((503, 28, 28), dtype=np.float32)
    with torch.inference_mode():
        guesses = both.model(torch.from_numpy(images)[:, None]).argmax(1).numpy()
    labels = np.where(np.arange(503) % 3 == 0, (guesses + 1) % 10, guesses)
    assert accuracy(both.network, images, labels) == pytest.approx(335 / 503)


@pytest.mark.parametrize("count", [0, 1, 250, 251, 600])
def test_batches_cover_every_image_once(count):
    covered = [index for part in batches(count) for index in range(count)[part]]
    assert covered == list(range(count))


@pytest.mark.parametrize("padding", [0, 1, 3])
def test_the_batched_product_is_the_layer_of_pytorch(padding):
    rng = np.random.default_rng(6)
    maps, kernel, bias = rng.normal(size=(3, 2, 9, 9)), rng.normal(size=(4, 2, 5, 5)), rng.random(4)
    expected = functional.conv2d(*map(torch.from_numpy, (maps, kernel, bias)), padding=padding)
    ours = correlate_batch(maps, kernel, bias, padding=padding)
    np.testing.assert_allclose(ours, expected.numpy(), atol=1e-12)


def test_pooling_drops_an_odd_last_row_and_column():
    maps = np.random.default_rng(7).normal(size=(2, 3, 7, 7))
    expected = functional.max_pool2d(torch.from_numpy(maps), 2).numpy()
    np.testing.assert_array_equal(max_pool(maps), expected)


def test_another_network_is_refused():
    run = random_network(0).run
    other = Run(**{**vars(run), "config": {**run.config, "model": "LeNet5"}})
    with pytest.raises(ValueError, match=r"`run` \(of LeNet5\) must be of SmallCNN"):
        Network.of(other)
