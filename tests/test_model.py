"""The network against the same layers written down in their usual order."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from cnnfilters.arithmetic import trace
from cnnfilters.config import BLOCKS, TrainConfig
from cnnfilters.experiments import small_kernels
from cnnfilters.model import BlockCNN, SmallCNN, build_model


def in_usual_order(model: SmallCNN) -> nn.Sequential:
    """The same weights, with ReLU before pooling, for images that are normalised already."""
    return nn.Sequential(
        model.conv1, nn.ReLU(), nn.MaxPool2d(2),
        model.conv2, nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), model.fc,
    )  # fmt: skip


@pytest.mark.parametrize("padding", [0, 1, 2])
def test_pooling_before_relu_gives_the_same_values(padding: int) -> None:
    torch.manual_seed(3)
    model, images = SmallCNN(padding=padding), torch.rand(7, 1, 28, 28)
    expected = in_usual_order(model)((images - 0.1307) / 0.3081)
    torch.testing.assert_close(model(images), expected)


@pytest.mark.parametrize(("padding", "sides"), [(0, 4 * 4), (2, 7 * 7)])
def test_the_parameters_are_those_that_one_counts_by_hand(padding: int, sides: int) -> None:
    convolutions = (5 * 5 + 1) * 16 + (16 * 5 * 5 + 1) * 32
    count = sum(weight.numel() for weight in SmallCNN(padding=padding).parameters())
    assert count == convolutions + (32 * sides + 1) * 10


def test_the_layers_have_the_names_that_runs_and_figures_use() -> None:
    names = [f"{layer}.{part}" for layer in ("conv1", "conv2", "fc") for part in ("weight", "bias")]
    assert list(SmallCNN().state_dict()) == names


def test_a_config_names_its_network_and_padding() -> None:
    model = build_model(TrainConfig(padding=2))
    assert isinstance(model, SmallCNN)
    assert model.conv2.padding == (2, 2)


@pytest.mark.parametrize("model", ["SmallCNN", "LeNet5", "MLP", *BLOCKS])
def test_every_network_that_a_config_can_name_is_built(model: str) -> None:
    assert build_model(TrainConfig(model=model))(torch.rand(2, 1, 28, 28)).shape == (2, 10)


@pytest.mark.parametrize("block", BLOCKS)
def test_the_network_is_the_one_whose_parameters_and_products_are_counted(block):
    model = BlockCNN(BLOCKS[block])
    layers = [model.conv1, nn.ReLU(), *model.block, nn.MaxPool2d(2), nn.Flatten(), model.fc]
    built = trace(nn.Sequential(*layers), small_kernels.IMAGE)
    counted = trace(small_kernels.network(block), small_kernels.IMAGE)
    assert [row.output_shape for row in built.rows] == [row.output_shape for row in counted.rows]
    assert built.macs == counted.macs
    assert built.parameters == counted.parameters == sum(w.numel() for w in model.parameters())


@pytest.mark.parametrize("block", BLOCKS)
def test_a_block_sees_as_far_as_its_formula_says(block):
    model = BlockCNN(BLOCKS[block])
    for layer in model.block:
        if isinstance(layer, nn.Conv2d):
            nn.init.ones_(layer.weight)
    image = torch.ones(1, 8, 15, 15, requires_grad=True)
    model.block(image)[0, 0, 7, 7].backward()
    seen = image.grad[0, 0].nonzero()
    reach = seen.amax(0) - seen.amin(0) + 1
    assert reach.tolist() == [{"7x7": 7, "5x5": 5, "3x3-3x3": 5}.get(block, 7)] * 2
