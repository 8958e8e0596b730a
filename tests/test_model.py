"""The network against the same layers written down in their usual order."""

from __future__ import annotations

import pytest
import torch
from torch import nn

from cnnfilters.config import TrainConfig
from cnnfilters.model import SmallCNN, build_model


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


def test_an_unknown_network_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`model` \(='AlexNet'\) must be one of SmallCNN"):
        build_model(TrainConfig(model="AlexNet"))
