"""Climbing against responses whose maximum is known, and what each option must do to an image."""

import numpy as np
import pytest
import torch
from torch import nn

from analysis.network import random_network
from cnnfilters.analysis.layer_responses import layer_responses
from cnnfilters.analysis.maximization import maximise

DIGIT = (1, 28, 28)


def linear(weights):
    """A network of one weighted sum of the pixels."""
    model = nn.Sequential(nn.Flatten(), nn.Linear(weights.size, 1, bias=False))
    with torch.no_grad():
        model[1].weight.copy_(torch.from_numpy(weights).float().reshape(1, -1))
    return model


@pytest.fixture(scope="module")
def weights():
    return np.random.default_rng(0).normal(size=(6, 5))


@pytest.fixture(scope="module")
def model():
    return random_network(0).model


@pytest.mark.parametrize("bounds", [(0.0, 1.0), (-0.5, 2.0)], ids=["ink", "others"])
def test_of_a_weighted_sum_each_pixel_goes_to_the_bound_of_its_weights_sign(weights, bounds):
    found = maximise(linear(weights), "1", 0, shape=(1, 6, 5), bounds=bounds, steps=300, rate=0.3)
    expected = np.where(weights > 0, bounds[1], bounds[0])
    np.testing.assert_allclose(found[0, 0], expected, atol=0.05)


def test_with_a_price_on_ink_only_pixels_that_are_worth_it_are_inked(weights):
    price = 0.5  # for each pixel; the penalty is for the mean of all of them
    options = {"shape": (1, 6, 5), "steps": 300, "rate": 0.3, "l1": price * weights.size}
    found = maximise(linear(weights), "1", 0, **options)
    clear = np.abs(weights - price) > 0.1
    expected = np.where(weights > price, 1, 0)
    np.testing.assert_allclose(found[0, 0].numpy()[clear], expected[clear], atol=0.05)


def test_fourier_reaches_the_same_maximum(weights):
    options = {"shape": (1, 6, 5), "parameters": "fourier", "steps": 250, "rate": 0.3}
    found = maximise(linear(weights), "1", 0, **options)
    best = np.maximum(weights, 0).sum()
    assert (weights * found[0, 0].numpy()).sum() > 0.97 * best


@pytest.mark.parametrize("parameters", ["pixel", "fourier"])
@pytest.mark.parametrize(
    ("layer", "channel", "place"),
    [("conv2", 3, (4, 4)), ("conv2", 3, "everywhere"), ("fc", 3, "everywhere")],
    ids=["unit", "channel", "class"],
)
def test_the_response_that_was_asked_for_grows(model, parameters, layer, channel, place):
    def response(images):
        with torch.no_grad():
            maps = layer_responses(model, layer, images)[0, channel]
        return maps[place].item() if place != "everywhere" else maps.mean().item()

    options = {"shape": DIGIT, "place": place, "parameters": parameters}
    start = maximise(model, layer, channel, steps=0, **options)
    assert response(maximise(model, layer, channel, steps=20, **options)) > response(start) + 0.1


def test_pixels_stay_within_their_bounds(model):
    found = maximise(model, "fc", 0, shape=DIGIT, steps=20, rate=5.0, bounds=(0.2, 0.7))
    assert 0.2 <= found.min() < 0.21
    assert 0.69 < found.max() <= 0.7


def test_one_seed_gives_one_image_and_leaves_the_generator_alone(model):
    state = torch.get_rng_state()
    options = {"shape": DIGIT, "steps": 5, "jitter": 2}
    one, same = (maximise(model, "fc", 0, seed=1, **options) for _ in range(2))
    assert torch.equal(one, same)
    assert not torch.equal(one, maximise(model, "fc", 0, seed=2, **options))
    assert torch.equal(torch.get_rng_state(), state)


def test_images_of_several_channels_do_not_meet(model):
    together = maximise(model, "fc", [4, 7], shape=DIGIT, steps=10)
    other = maximise(model, "fc", [4, 1], shape=DIGIT, steps=10)
    torch.testing.assert_close(together[0], other[0])
    assert not torch.allclose(together[1], other[1])


def test_the_network_stays_as_it_was(model):
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    model.train()
    maximise(model, "conv2", 0, shape=DIGIT, steps=3)
    assert model.training
    assert all(weight.grad is None for weight in model.parameters())
    assert all(torch.equal(weight, before[name]) for name, weight in model.state_dict().items())


def test_total_variation_makes_neighbours_alike(model):
    rough, smooth = (
        maximise(model, "fc", 3, shape=DIGIT, steps=25, total_variation=price)[0, 0]
        for price in (0.0, 50.0)
    )
    assert smooth.diff(dim=1).abs().mean() < rough.diff(dim=1).abs().mean() / 2


def test_jitter_makes_an_image_that_keeps_its_response_when_it_is_moved():
    only_one_pixel = np.zeros((9, 9))
    only_one_pixel[4, 4] = 1.0
    options = {"shape": (1, 9, 9), "steps": 200, "l1": 2.0}
    still, moving = (
        maximise(linear(only_one_pixel), "1", 0, jitter=jitter, **options)[0, 0]
        for jitter in (0, 1)
    )
    neighbours = (3, 3, 3, 4, 4, 5, 5, 5), (3, 4, 5, 3, 5, 3, 4, 5)
    assert still[4, 4] > 0.9
    assert still[neighbours].max() < 0.1
    assert moving[neighbours].min() > 0.5


def test_a_network_of_torchvision_with_three_channels():
    from torchvision.models import squeezenet1_1

    model = squeezenet1_1(weights=None)
    options = {"shape": (3, 48, 48), "place": "everywhere", "parameters": "fourier"}
    options |= {"steps": 4, "jitter": 4, "total_variation": 0.1}
    found = maximise(model, "features.3.squeeze", [0, 5], **options)
    assert found.shape == (2, 3, 48, 48)
    assert 0 <= found.min() < found.max() <= 1
    start = maximise(model, "features.3.squeeze", [0, 5], **{**options, "steps": 0})
    assert not torch.allclose(found, start)


@pytest.mark.parametrize(
    ("option", "problem"),
    [
        ({"shape": (1, 0, 28)}, r"`shape` \(=\(1, 0, 28\)\) must be of channels, height and width"),
        ({"bounds": (1.0, 1.0)}, r"`bounds` \(=\(1.0, 1.0\)\) must be a lower and a higher number"),
        ({"parameters": "wavelet"}, r"`parameters` \(='wavelet'\) must be pixel or fourier"),
        ({"steps": -1}, r"`steps` \(=-1\) must be at least 0"),
        ({"jitter": -2}, r"`jitter` \(=-2\) must be at least 0"),
        ({"rate": 0.0}, r"`rate` \(=0.0\) must be above 0"),
        ({"channel": 10}, r"`channel` .* must be from 0 to 9"),
        ({"layer": "fc2"}, r"`layer` \(='fc2'\) must be one of conv1, conv2, fc"),
        ({"place": (0, 0)}, "has no rows and columns"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_an_option_out_of_range_is_refused(model, option, problem, no_type_checker):
    asked = {"layer": "fc", "channel": 0, "shape": DIGIT, **option}
    with pytest.raises(ValueError, match=problem):
        maximise(model, asked.pop("layer"), asked.pop("channel"), **asked)
