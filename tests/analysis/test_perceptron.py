"""The numpy perceptron against PyTorch's."""

import numpy as np
import pytest
import torch

from analysis.network import random_network
from cnnfilters.analysis.perceptron import Perceptron
from cnnfilters.config import TrainConfig
from cnnfilters.model import MLP
from cnnfilters.run import Run


@pytest.fixture
def both() -> tuple[MLP, Run]:
    torch.manual_seed(4)
    model = MLP()
    now = {name: value.numpy() for name, value in model.state_dict().items()}
    return model, Run(
        steps=np.array([0, 1]),
        weights={name: np.stack([np.zeros_like(value), value]) for name, value in now.items()},
        loss=np.ones(2),
        accuracy=np.ones(2),
        config=TrainConfig(model="MLP").to_mapping(),
        data={},
        machine={},
    )


def test_the_logits_are_those_of_pytorch(both: tuple[MLP, Run]) -> None:
    model, run = both
    images = np.random.default_rng(3).random((7, 28, 28), dtype=np.float32)
    with torch.inference_mode():
        expected = model(torch.from_numpy(images)[:, None]).numpy()
    np.testing.assert_allclose(Perceptron.of(run).logits(images), expected, atol=1e-5)


def test_shuffled_weights_make_up_for_shuffled_pixels(both: tuple[MLP, Run]) -> None:
    rng = np.random.default_rng(5)
    order, images = rng.permutation(28 * 28), rng.random((3, 28, 28), dtype=np.float32)
    network = Perceptron.of(both[1])
    shuffled = network._replace(hidden_weight=network.hidden_weight[:, order])
    pixels = images.reshape(3, -1)[:, order].reshape(images.shape)
    np.testing.assert_allclose(shuffled.logits(pixels), network.logits(images), atol=1e-5)


def test_another_network_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`run` \(of SmallCNN\) must be of MLP"):
        Perceptron.of(random_network(0).run)
