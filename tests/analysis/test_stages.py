"""What is caught on its way into a layer, against the network computed by hand."""

import numpy as np
import pytest
import torch
from torch import nn

from cnnfilters.analysis.forward import Network, forward
from cnnfilters.analysis.stages import BATCH, what_reaches
from cnnfilters.trained import trained_network
from figures.runs import made_up

IMAGES = np.random.default_rng(0).random((7, 28, 28), dtype=np.float32)


@pytest.mark.parametrize("snapshot", [0, -1])
def test_what_reaches_the_layers_is_what_numpy_computes(snapshot):
    run = made_up()
    found = what_reaches(trained_network(run, snapshot), ["conv1", "conv2", "fc"], IMAGES)
    stages = forward(Network.of(run, snapshot), IMAGES)
    for layer, stage in {
        "conv1": stages.normalised,
        "conv2": stages.hidden1,
        "fc": stages.hidden2,
    }.items():
        np.testing.assert_allclose(found[layer], stage.reshape(7, -1), atol=1e-4)


def test_images_with_channels_and_more_than_one_batch_keep_their_order():
    stack = nn.Sequential(nn.Flatten(), nn.Linear(3 * 4, 1))
    images = np.random.default_rng(1).random((2 * BATCH + 1, 3, 2, 2), dtype=np.float32)
    np.testing.assert_array_equal(what_reaches(stack, ["1"], images)["1"], images.reshape(-1, 12))


def test_a_foreign_network_is_asked_by_the_names_of_its_layers():
    torchvision = pytest.importorskip("torchvision")
    model = torchvision.models.squeezenet1_1(weights=None).eval()
    found = what_reaches(model, ["features.3"], np.zeros((1, 3, 64, 64), np.float32))
    with torch.inference_mode():
        expected = model.features[:3](torch.zeros(1, 3, 64, 64))
    np.testing.assert_allclose(found["features.3"], expected.flatten(1).numpy(), atol=1e-5)


def test_the_network_is_left_without_hooks():
    model = trained_network(made_up())
    what_reaches(model, ["fc"], IMAGES)
    assert not model.fc._forward_pre_hooks


@pytest.mark.parametrize(
    ("layers", "message"),
    [(["conv9"], r"`layers` \(=\['conv9'\]\) must be of conv1"), (["1"], "that the network uses")],
    ids=["unknown", "unused"],
)
def test_a_layer_that_is_not_there_is_refused(layers, message):
    class Idle(nn.Module):
        def __init__(self):
            super().__init__()
            self.layers = nn.ModuleDict({"1": nn.Linear(1, 1)})

        def forward(self, images):
            return images

    model = Idle() if layers == ["1"] else trained_network(made_up())
    names = ["layers.1"] if layers == ["1"] else layers
    with pytest.raises(ValueError, match=message):
        what_reaches(model, names, IMAGES)
