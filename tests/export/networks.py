"""Networks as readers write them, small, with numbers drawn once."""

import numpy as np
import torch
from torch import nn
from torch.nn import functional

FILTERS, FEATURES = (6, 8), 8 * 4 * 4  # of 5×5 without padding: 28, 12, 4 rows


def drawn(make, *, seed=3):
    """A network whose start does not depend on what ran before; its norms have seen something."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        network = make()
        for module in network.modules():
            if isinstance(module, nn.modules.batchnorm._BatchNorm):
                _shake(module)
    return network


def _shake(norm):
    if norm.running_mean is not None:
        norm.running_mean.normal_()
        norm.running_var.uniform_(0.5, 2)
    if norm.affine:
        nn.init.normal_(norm.weight)
        nn.init.normal_(norm.bias)


def sequence(first=(), *, block=None, head=None, end=(), size=5, **options):
    """Two blocks and a linear layer, of which one part is another."""
    block = block or [nn.ReLU(), nn.MaxPool2d(2)]
    conv = nn.Conv2d(1, FILTERS[0], size, **options)
    second = [nn.Conv2d(*FILTERS, 5), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten()]
    before = nn.Sequential(*first, conv, *block, *second)
    head = head or [nn.Linear(before(torch.zeros(2, 1, 28, 28)).shape[1], 10)]
    return nn.Sequential(*before, *head, *end)


class Net(nn.Module):
    """Batch normalisation, functions in forward, and layers that stand in another order."""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(FEATURES, 10)
        self.bn2, self.bn1 = nn.BatchNorm2d(FILTERS[1]), nn.BatchNorm2d(FILTERS[0])
        self.conv2, self.conv1 = nn.Conv2d(*FILTERS, 5), nn.Conv2d(1, FILTERS[0], 5)

    def features(self, x):
        x = functional.max_pool2d(functional.relu(self.bn1(self.conv1(x))), 2)
        x = functional.relu(functional.max_pool2d(self.bn2(self.conv2(x)), 2), inplace=True)
        return x.view(-1, FEATURES)

    def forward(self, x):
        return self.fc(self.features(x))


def net(forward):
    """A `Net` with a forward of its own."""
    return drawn(type("Own", (Net,), {"forward": forward}))


def pytorchs(network, images, *, mean=0.0, std=1.0):
    """What a network answers at rest, in float64."""
    from copy import deepcopy

    seen = torch.from_numpy((images[:, None] - mean) / std).double()
    with torch.no_grad():
        return deepcopy(network).cpu().double().eval()(seen).numpy()


def arrays(network):
    return {name: value.float().numpy() for name, value in network.state_dict().items()}


def some_digits(count=5):
    return np.random.default_rng(5).uniform(0, 1, (count, 28, 28))
