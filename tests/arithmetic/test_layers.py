"""Descriptions of layers, and how modules are read by their class names."""

import subprocess
import sys

import numpy as np
import pytest
import torch
from torch import nn

from cnnfilters.arithmetic import (
    ConvGeometry,
    Convolution,
    Flatten,
    Linear,
    count_parameters,
    trace,
)
from cnnfilters.arithmetic.modules import described


@pytest.mark.parametrize(
    ("in_channels", "out_channels", "name"), [(3, 4, "in_channels"), (4, 3, "out_channels")]
)
def test_groups_must_divide_the_channels_like_in_pytorch(in_channels, out_channels, name):
    with pytest.raises(ValueError, match=f"{name} must be divisible by groups"):
        nn.Conv2d(in_channels, out_channels, 3, groups=2)
    with pytest.raises(ValueError, match=rf"`groups` \(=2\) must divide `{name}` \(=3\)"):
        Convolution(in_channels, out_channels, ConvGeometry(3, groups=2))


@pytest.mark.parametrize("number", [0, -1])
def test_a_layer_has_at_least_one_channel_or_feature(number):
    with pytest.raises(ValueError, match=rf"`out_channels` \(={number}\) must be at least 1"):
        Convolution(1, number, ConvGeometry(3))
    with pytest.raises(ValueError, match=rf"`in_features` \(={number}\) must be at least 1"):
        Linear(number, 1)


@pytest.mark.parametrize(
    ("module", "text"),
    [
        (nn.Conv2d(1, 16, 5, padding=2), "Conv2d(1, 16, 5, padding=2)"),
        (nn.Conv2d(4, 4, 3, groups=4, bias=False), "Conv2d(4, 4, 3, groups=4, bias=False)"),
        (nn.ConvTranspose2d(2, 1, 3, stride=2), "ConvTranspose2d(2, 1, 3, stride=2)"),
        (nn.AvgPool2d(3, stride=2), "AvgPool2d(3, stride=2)"),
        (nn.BatchNorm2d(8), "BatchNorm2d(8)"),
        (nn.ReLU(), "ReLU()"),
        (nn.Linear(3, 2), "Linear(3, 2)"),
        (nn.Flatten(), "Flatten()"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_layer_is_written_as_in_pytorch(module, text):
    ((_, layer),) = described(module)
    assert str(layer) == text


def test_names_are_pytorchs():
    inner = nn.Sequential()
    inner.add_module("conv", nn.Conv2d(1, 1, 3))
    assert [name for name, _ in described(nn.Sequential(nn.ReLU(), inner))] == ["0", "1.conv"]


def test_a_class_derived_from_a_known_one_is_known():
    class MaxNormConv2d(nn.Conv2d):
        pass

    assert count_parameters(MaxNormConv2d(1, 16, 5)) == 416


@pytest.mark.parametrize(
    ("layers", "message"),
    [
        ([nn.LSTM(2, 2)], "LSTM can't be traced: it is recurrent: it takes a sequence"),
        ([nn.ReLU], r"ReLU is a class, not a layer; write ReLU\("),
        (["ReLU"], "str is no layer that is known here; give an nn.Sequential or a list"),
        (None, "NoneType is no layer"),
        ([ConvGeometry(3)], r"ConvGeometry\(3\) has no channels; write Convolution\("),
    ],
    ids=["LSTM", "class", "text", "None", "geometry"],
)
def test_what_is_no_layer_is_refused(layers, message):
    with pytest.raises(TypeError, match=message):
        count_parameters(layers)


def test_a_network_with_a_forward_of_its_own_is_refused():
    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(1, 1, 3)

    with pytest.raises(TypeError, match="Network is no layer that is known here"):
        trace(Network(), (1, 8, 8))


def test_a_partial_flatten_joins_some_axes_as_in_pytorch():
    module = nn.Flatten(2)
    assert trace(module, (2, 3, 4)).output_shape == module(torch.zeros(5, 2, 3, 4)).shape[1:]


def test_flatten_keeps_every_number():
    assert Flatten().output_shape((2, 3, 4)) == (24,)


def test_arithmetic_needs_no_torch():
    code = "import sys, cnnfilters.arithmetic; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_sizes_of_numpy_are_sizes():
    layers = [nn.Upsample(size=np.int64(5)), nn.MaxPool2d(np.int64(2))]
    assert trace(layers, (1, 9, 9)).output_shape == (1, 2, 2)
    with pytest.raises(TypeError, match="must be an integer or a tuple of them"):
        trace(nn.MaxPool2d(np.array([2, 2])), (1, 9, 9))  # as PyTorch
