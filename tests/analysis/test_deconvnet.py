"""Its steps against PyTorch's, the whole against the rule that it amounts to, and one by hand."""

import pytest
import torch
from torch import nn
from torch.nn import functional

from analysis.network import random_network
from cnnfilters.analysis.deconvnet import deconvnet, pool, transposed_filters, unpool
from cnnfilters.digits import MEAN, STD

IMAGES = torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(1))


@pytest.fixture(params=[0, 2], ids=["no-padding", "padding-2"])
def model(request):
    return random_network(request.param).model


@pytest.mark.parametrize("size", [(6, 8), (5, 7)], ids=["even", "odd"])
def test_unpooling_is_pytorchs(size):
    numbers = torch.Generator().manual_seed(3)
    maps = torch.randn(2, 3, *size, generator=numbers)
    largest, pooling = pool(maps)
    torch.testing.assert_close(largest, functional.max_pool2d(maps, 2))
    other = torch.randn(largest.shape, generator=numbers)
    expected = functional.max_unpool2d(other, pooling.switches, 2, output_size=size)
    torch.testing.assert_close(unpool(other, pooling), expected)


@pytest.mark.parametrize("padding", [0, 1, (2, 0)], ids=["none", "one", "two down"])
def test_transposed_filters_are_pytorchs(padding):
    layer = nn.Conv2d(2, 4, kernel_size=(5, 3), padding=padding)
    maps = torch.randn(2, 4, 9, 7, generator=torch.Generator().manual_seed(4))
    expected = functional.conv_transpose2d(maps, layer.weight, padding=padding)
    torch.testing.assert_close(transposed_filters(maps, layer), expected, atol=1e-5, rtol=1e-5)


class PositiveOnTheWayBack(torch.autograd.Function):
    """ReLU as the deconvnet has it: what is positive on the way back passes, whatever came up."""

    @staticmethod
    def forward(_context, signal):
        return signal.clamp(min=0)

    @staticmethod
    def backward(_context, upstream):
        return upstream.clamp(min=0)


@pytest.mark.parametrize("layer", ["conv1", "conv2", "fc"])
def test_it_is_backpropagation_with_another_rule_at_relu(model, layer):
    images = IMAGES.clone().requires_grad_()
    relu = PositiveOnTheWayBack.apply
    first = model.conv1((images - MEAN) / STD)
    second = model.conv2(relu(functional.max_pool2d(first, 2)))
    logits = model.fc(relu(functional.max_pool2d(second, 2)).flatten(1))
    responses = {"conv1": first, "conv2": second, "fc": logits}[layer]
    (expected,) = torch.autograd.grad(responses[:, 6].reshape(3, -1).amax(1).sum(), images)
    torch.testing.assert_close(deconvnet(model, layer, IMAGES, 6), expected, atol=1e-5, rtol=1e-4)


def test_a_unit_of_the_first_layer_shows_its_own_kernel():
    model = random_network(0).model
    found = deconvnet(model, "conv1", IMAGES[:1], 9, place=(4, 6))[0, 0]
    torch.testing.assert_close(found[4:9, 6:11], model.conv1.weight[9, 0] / STD)
    found[4:9, 6:11] = 0
    assert found.abs().max() == 0


def test_a_unit_of_the_second_layer_by_hand():
    model = random_network(0).model
    with torch.no_grad():
        for layer in (model.conv1, model.conv2):
            layer.weight.zero_()
            layer.bias.zero_()
        model.conv1.weight[0, 0, 2, 2] = 1.0  # two first kernels hand the middle pixel on,
        model.conv1.weight[1, 0, 2, 2] = 1.0
        model.conv2.weight[0, 0, 0, 0] = 3.0  # and the unit likes one of them,
        model.conv2.weight[0, 1, 4, 4] = -3.0  # not the other
    image = torch.zeros(1, 1, 28, 28)
    image[0, 0, 3, 2] = 1.0  # conv1 sees it at (1, 0), the largest of its block (0, 0)
    found = deconvnet(model, "conv2", image, 0, place=(0, 0))
    assert found[0, 0, 3, 2].item() == pytest.approx(3 / STD)  # unpooled to where it came from
    assert found.count_nonzero() == 1  # what spoke against the unit was rectified away


def test_images_do_not_meet(model):
    together = deconvnet(model, "conv2", IMAGES, [1, 2, 3], place=[(0, 1), (2, 3), (4, 4)])
    alone = [
        deconvnet(model, "conv2", IMAGES[[i]], i + 1, place=place)
        for i, place in enumerate([(0, 1), (2, 3), (4, 4)])
    ]
    torch.testing.assert_close(together, torch.cat(alone))


def test_a_patch_as_large_as_the_receptive_field_is_enough():
    model = random_network(0).model
    patch = IMAGES[:1, :, 4:18, 6:20]
    whole = deconvnet(model, "conv2", IMAGES[:1], 11, place=(2, 3))
    torch.testing.assert_close(
        deconvnet(model, "conv2", patch, 11), whole[:, :, 4:18, 6:20], atol=1e-6, rtol=1e-4
    )


def test_an_unknown_layer_is_refused(no_type_checker):
    with pytest.raises(ValueError, match=r"`layer` \(='pool'\) must be one of conv1, conv2, fc"):
        deconvnet(random_network(0).model, "pool", IMAGES, 0)
