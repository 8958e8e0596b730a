"""Any layer's answer by its name, one unit of it for each image, and nothing left behind."""

import pytest
import torch
from torch import nn

from analysis.network import random_network
from cnnfilters.analysis.layer_responses import (
    at_rest,
    layer_responses,
    only_units,
    unit_responses,
)

MAPS = torch.tensor([[[[1.0, 5.0], [2.0, 3.0]], [[0.0, -1.0], [9.0, 8.0]]]]).repeat(2, 1, 1, 1)


@pytest.fixture
def model():
    return random_network(0).model


def test_a_layer_answers_as_it_does_when_called_alone(model):
    images = torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(0))
    expected = model.conv1((images - 0.1307) / 0.3081)
    torch.testing.assert_close(layer_responses(model, "conv1", images), expected)


def test_the_last_layer_gives_what_the_network_gives(model):
    images = torch.rand(2, 1, 28, 28)
    torch.testing.assert_close(layer_responses(model, "fc", images), model(images))


def test_no_hook_stays_behind_even_after_a_failure(model):
    layer_responses(model, "conv2", torch.rand(1, 1, 28, 28))
    with pytest.raises(RuntimeError):
        layer_responses(model, "conv2", torch.rand(1, 3, 28, 28))
    assert not any(part._forward_hooks for part in model.modules())


def test_what_lies_above_the_layer_does_not_run(model):
    patch = torch.rand(1, 1, 14, 14)
    with pytest.raises(RuntimeError):
        model(patch)
    assert layer_responses(model, "conv2", patch).shape == (1, 32, 1, 1)


def test_a_response_that_is_changed_in_place_above_is_what_the_layer_gave():
    model = nn.Sequential(nn.Conv2d(1, 1, 1), nn.ReLU(inplace=True))
    nn.init.constant_(model[0].weight, -1.0)
    nn.init.zeros_(model[0].bias)
    assert layer_responses(model, "0", torch.ones(1, 1, 1, 1)).item() == -1


def test_an_unknown_layer_is_refused_with_the_names_that_there_are(model):
    with pytest.raises(ValueError, match=r"`layer` \(='conv9'\) must be one of conv1, conv2, fc"):
        layer_responses(model, "conv9", torch.rand(1, 1, 28, 28))


def test_many_names_are_cut_short():
    model = nn.Sequential(*[nn.ReLU() for _ in range(20)])
    with pytest.raises(ValueError, match=r"must be one of 0, 1, 2, 3, 4, 5, 6, 7, …$"):
        layer_responses(model, "conv", torch.rand(1))


def test_a_layer_that_is_never_called_is_refused():
    model = nn.Sequential(nn.ReLU())
    model[0].spare = nn.ReLU()
    with pytest.raises(ValueError, match="is not used by the network"):
        layer_responses(model, "0.spare", torch.rand(1))


def test_a_layer_that_gives_several_tensors_is_refused():
    model = nn.Sequential(nn.LSTM(2, 2))
    with pytest.raises(TypeError, match="gives a tuple, not one tensor"):
        layer_responses(model, "0", torch.rand(1, 1, 2))


@pytest.mark.parametrize(
    ("channel", "place", "expected"),
    [
        (0, None, [5, 5]),
        ([0, 1], None, [5, 9]),
        (1, (0, 1), [-1, -1]),
        ([1, 0], [(1, 1), (1, 0)], [8, 2]),
        (torch.tensor([1, 0]), torch.tensor([[1, 1], [0, 0]]), [8, 1]),
    ],
    ids=["strongest", "of each", "one place", "a place each", "as tensors"],
)
def test_the_unit_of_each_image_is_chosen(channel, place, expected):
    assert unit_responses(MAPS, channel, place).tolist() == expected
    alone = only_units(MAPS, channel, place)
    assert (alone * MAPS).sum((1, 2, 3)).tolist() == expected
    assert alone.sum((1, 2, 3)).tolist() == [1, 1]


@pytest.mark.parametrize(
    ("channel", "place", "problem"),
    [
        (2, None, r"`channel` \(=2\) must be from 0 to 1"),
        (-1, None, r"`channel` \(=-1\) must be from 0"),
        ([0, 1, 1], None, "must be one for all 2 images or for each"),
        (0, (0, 2), r"`place` \(=\(0, 2\)\) must be from 0 to 1, 1"),
    ],
    ids=["channel", "negative", "count", "place"],
)
def test_a_unit_outside_of_the_layer_is_refused(channel, place, problem):
    with pytest.raises(ValueError, match=problem):
        unit_responses(MAPS, channel, place)


def test_a_place_in_a_layer_without_places_is_refused():
    with pytest.raises(ValueError, match="has no rows and columns"):
        unit_responses(torch.rand(1, 3), 0, (0, 0))


def test_half_a_channel_is_refused(no_type_checker):
    with pytest.raises(TypeError, match="must be of whole numbers"):
        unit_responses(MAPS, 0.5)


def test_parts_that_were_learning_learn_again_and_only_those():
    model = nn.Sequential(nn.Dropout(), nn.BatchNorm2d(1))
    model[1].eval()
    with at_rest(model):
        assert not model[0].training
    assert [part.training for part in model.modules()] == [True, True, False]
