"""First-layer maps against PyTorch, the padding frame by hand, ablation against zeroed weights."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from analysis.network import random_network
from cnnfilters.analysis.feature_maps import (
    ablation,
    brightness,
    first_layer_maps,
    padding_frame,
)
from cnnfilters.analysis.forward import forward
from cnnfilters.digits import MEAN, STD


@pytest.fixture(params=[0, 2], ids=["no-padding", "padding-2"])
def both(request):
    return random_network(request.param)


@pytest.fixture
def image():
    return np.random.default_rng(2).random((28, 28), dtype=np.float32)


def test_the_maps_are_what_the_layer_of_pytorch_gives(both, image):
    maps = first_layer_maps(both.network, image)
    with torch.inference_mode():
        expected = both.model.conv1((torch.from_numpy(image)[None, None] - MEAN) / STD)[0]
    np.testing.assert_allclose(maps.before, expected.numpy(), atol=1e-5)
    np.testing.assert_allclose(maps.after, expected.relu().numpy(), atol=1e-5)


def test_one_image_gives_what_the_batch_gives(both, image):
    maps = first_layer_maps(both.network, image)
    np.testing.assert_allclose(maps.before, forward(both.network, image[None]).conv1[0], atol=1e-5)


def test_padding_can_be_had_from_a_network_without(image):
    network = random_network(0).network
    padded = first_layer_maps(network, image, padding=2).before
    assert padded.shape == (16, 28, 28)
    np.testing.assert_allclose(padded[:, 2:-2, 2:-2], first_layer_maps(network, image).before)


def test_the_frame_of_a_box_kernel_can_be_worked_out_by_hand(image):
    network = random_network(0).network._replace(
        conv1_weight=np.ones((1, 1, 5, 5)), conv1_bias=np.array([0.7])
    )
    dot = np.zeros((28, 28))
    dot[14, 14] = 1.0
    # a corner window holds 9 of its 25 pixels, so 16 are 0 instead of paper; the dot is one pixel
    expected = 16 * (MEAN / STD) / (1 / STD)
    assert padding_frame(network, dot) == pytest.approx(expected)


def test_the_frame_does_not_depend_on_bias_or_scale(image):
    network = random_network(0).network
    changed = network._replace(
        conv1_weight=-3 * network.conv1_weight, conv1_bias=network.conv1_bias + 5
    )
    frame = padding_frame(network, image)
    np.testing.assert_allclose(padding_frame(changed, image), frame, rtol=1e-4)


def test_a_frame_without_padding_is_refused(image):
    with pytest.raises(ValueError, match=r"`padding` \(=0\) must be at least 1"):
        padding_frame(random_network(0).network, image, padding=0)


def pytorch_accuracy(model, images, labels):
    with torch.inference_mode():
        return (model(images[:, None]).argmax(1) == labels).double().mean().item()


def test_brightness_is_that_of_the_maps_of_all_digits(both):
    images = np.random.default_rng(3).random((260, 28, 28), dtype=np.float32)  # over one batch
    with torch.inference_mode():
        inputs = (torch.from_numpy(images)[:, None] - MEAN) / STD
        maps = both.model.conv1(inputs).relu()
    found = brightness(both.network, images)
    np.testing.assert_allclose(found.peak, maps.amax((2, 3)).mean(0).numpy(), rtol=1e-4)
    np.testing.assert_allclose(found.mean, maps.mean((0, 2, 3)).numpy(), rtol=1e-4)


def test_silencing_a_kernel_is_setting_its_weights_and_bias_to_zero(both):
    rng = np.random.default_rng(8)
    images = torch.from_numpy(rng.random((300, 28, 28), dtype=np.float32))
    labels = torch.from_numpy(rng.integers(0, 10, 300))
    found = ablation(both.network, images.numpy(), labels.numpy())
    intact = pytorch_accuracy(both.model, images, labels)
    assert found.intact == pytest.approx(intact)
    for silenced in (0, 7, 15):
        other = random_network(both.network.padding).model
        with torch.no_grad():
            other.conv1.weight[silenced] = 0
            other.conv1.bias[silenced] = 0
        lost = intact - pytorch_accuracy(other, images, labels)
        assert found.lost[silenced] == pytest.approx(lost, abs=1.5 / 300)  # a tie may break apart


def test_a_kernel_that_is_already_silent_costs_nothing(both):
    rng = np.random.default_rng(9)
    images = rng.random((40, 28, 28), dtype=np.float32)
    weight, bias = both.network.conv1_weight.copy(), both.network.conv1_bias.copy()
    weight[3], bias[3] = 0, 0
    network = both.network._replace(conv1_weight=weight, conv1_bias=bias)
    labels = forward(network, images).logits.argmax(axis=1)
    found = ablation(network, images, labels)
    assert found.intact == 1
    assert found.lost[3] == 0
    assert found.lost.max() > 0


def test_relu_after_the_pool_is_the_same_as_before_it(both, image):
    stages = forward(both.network, image[None])
    relu_first = functional.max_pool2d(torch.from_numpy(stages.conv1).relu(), 2).numpy()
    np.testing.assert_array_equal(stages.hidden1, relu_first)
