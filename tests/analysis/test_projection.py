"""Three ways back against autograd, a network worked out by hand, and laws that they obey."""

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from analysis.network import random_network
from cnnfilters.analysis.projection import gradient, guided_backpropagation, project
from cnnfilters.digits import MEAN, STD
from cnnfilters.model import SmallCNN

IMAGES = torch.rand(3, 1, 28, 28, generator=torch.Generator().manual_seed(1))


@pytest.fixture(params=[0, 2], ids=["no-padding", "padding-2"])
def model(request):
    return random_network(request.param).model


def by_hand():
    """Two hidden ReLUs that see x: one adds 2x, one takes 3(1 - x) away; both are on at x = 0.5."""
    network = nn.Sequential(nn.Linear(1, 2), nn.ReLU(), nn.Linear(2, 1))
    with torch.no_grad():
        network[0].weight.copy_(torch.tensor([[1.0], [-1.0]]))
        network[0].bias.copy_(torch.tensor([0.0, 1.0]))
        network[2].weight.copy_(torch.tensor([[2.0, -3.0]]))
        network[2].bias.zero_()
    return network


def test_the_gradient_is_that_of_a_loss_written_out(model):
    images = IMAGES.clone().requires_grad_()
    hidden = functional.relu(functional.max_pool2d(model.conv1((images - MEAN) / STD), 2))
    response = model.conv2(hidden)[:, 7, 2, 3]
    (expected,) = torch.autograd.grad(response.sum(), images)
    torch.testing.assert_close(gradient(model, "conv2", IMAGES, 7, place=(2, 3)), expected)


def test_the_gradient_of_the_strongest_place_is_that_of_the_channels_maximum(model):
    images = IMAGES.clone().requires_grad_()
    strongest = model.conv1((images - MEAN) / STD)[:, 5].flatten(1).max(1).values
    (expected,) = torch.autograd.grad(strongest.sum(), images)
    torch.testing.assert_close(gradient(model, "conv1", IMAGES, 5), expected)


def test_the_gradient_agrees_with_finite_differences():
    model = random_network(0).model.double()
    image, step = IMAGES[:1].double(), 1e-6
    found = gradient(model, "fc", image, 3)
    for row, column in ((9, 14), (20, 11)):
        moved = image.clone()
        moved[0, 0, row, column] += step
        slope = (model(moved)[0, 3] - model(image)[0, 3]).item() / step
        assert found[0, 0, row, column].item() == pytest.approx(slope, abs=1e-5)


@pytest.mark.parametrize("way", [gradient, guided_backpropagation], ids=["gradient", "guided"])
def test_images_do_not_meet(model, way):
    together = way(model, "conv2", IMAGES, [1, 2, 3])
    alone = [way(model, "conv2", IMAGES[[i]], i + 1) for i in range(3)]
    torch.testing.assert_close(together, torch.cat(alone))


@pytest.mark.parametrize("way", [gradient, guided_backpropagation], ids=["gradient", "guided"])
def test_the_network_and_its_images_stay_as_they_were(way):
    model, images = random_network(0).model.train(), IMAGES.clone()
    way(model, "fc", images, 0)
    assert model.training
    assert all(weight.grad is None and weight.requires_grad for weight in model.parameters())
    assert torch.equal(images, IMAGES)
    assert images.grad is None
    assert not images.requires_grad


def test_a_gradient_can_be_had_where_gradients_are_switched_off(model):
    with torch.no_grad():
        found = gradient(model, "conv1", IMAGES, 0)
    assert found.abs().sum() > 0


def test_the_three_ways_by_hand():
    network, at = by_hand(), torch.tensor([[0.5]])
    # up: the hidden units are 0.5 and 0.5; back: 2 through +1, and -3 through -1
    assert gradient(network, "2", at, 0).item() == 2 * 1 + -3 * -1
    # guided: -3 is negative when it reaches its ReLU, and is dropped
    assert guided_backpropagation(network, "2", at, 0).item() == 2


def test_guided_drops_what_the_signal_never_passed():
    network, at = by_hand(), torch.tensor([[-1.0]])  # the first hidden unit is off
    assert guided_backpropagation(network, "2", at, 0).item() == 0
    assert gradient(network, "2", at, 0).item() == 3


def test_guided_is_the_gradient_where_all_signals_and_gradients_are_positive():
    model = random_network(0).model
    with torch.no_grad():
        for layer in (model.conv1, model.conv2, model.fc):
            layer.weight.abs_()
            layer.bias.fill_(2.0)  # more than blank paper, which is negative, can take away
    torch.testing.assert_close(
        guided_backpropagation(model, "fc", IMAGES, 4), gradient(model, "fc", IMAGES, 4)
    )
    with torch.no_grad():
        model.fc.weight[4, ::2] *= -1  # one negative gradient is enough to part them
    assert not torch.allclose(
        guided_backpropagation(model, "fc", IMAGES, 4), gradient(model, "fc", IMAGES, 4)
    )


SPELLINGS = {
    "nn.ReLU": nn.ReLU(),
    "in place": nn.ReLU(inplace=True),
    "functional": functional.relu,
    "torch": torch.relu,
    "method": lambda signal: signal.relu(),
    "method in place": lambda signal: signal.relu_(),
    "named": lambda signal: functional.relu(input=signal),
}


@pytest.mark.parametrize("spelling", SPELLINGS)
def test_every_spelling_of_relu_is_guided(spelling):
    first, _, last = by_hand()

    class Network(nn.Module):
        def __init__(self):
            super().__init__()
            self.first, self.last = first, last

        def forward(self, signal):
            return self.last(SPELLINGS[spelling](self.first(signal)))

    assert guided_backpropagation(Network(), "last", torch.tensor([[0.5]]), 0).item() == 2


def test_relu_is_itself_again_afterwards():
    guided_backpropagation(by_hand(), "2", torch.tensor([[0.5]]), 0)
    signal = torch.tensor([1.0], requires_grad=True)
    functional.relu(signal).backward(torch.tensor([-1.0]))
    assert signal.grad.item() == -1


def test_a_network_of_torchvision_can_be_projected():
    from torchvision.models import squeezenet1_1

    model = squeezenet1_1(weights=None).eval()
    images = torch.rand(1, 3, 64, 64, generator=torch.Generator().manual_seed(2))
    for way in (gradient, guided_backpropagation):
        found = way(model, "features.3.squeeze", images, 5)
        assert found.shape == images.shape
        assert found.abs().sum() > 0


def test_arrays_go_in_and_come_out(model):
    images = IMAGES[:, 0].numpy().astype(float)
    found = project("gradient", model, "conv2", images, np.array([1, 2, 3]))
    expected = gradient(model, "conv2", IMAGES, [1, 2, 3])[:, 0]
    np.testing.assert_allclose(found, expected.numpy(), atol=1e-6)


def test_an_unknown_method_is_refused(no_type_checker):
    with pytest.raises(ValueError, match=r"`method` \(='smooth'\) must be one of gradient, guided"):
        project("smooth", SmallCNN(), "fc", np.zeros((1, 28, 28)), 0)
