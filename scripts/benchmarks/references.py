"""Two ways of training on MNIST that readers know, written from their descriptions.

They are what our own training is compared with, so they stay as slow as they are described.
"""

from __future__ import annotations

from collections.abc import Iterable

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader
from torchvision import datasets, transforms

MEAN, STD = (0.1307,), (0.3081,)
BATCH = 64


def loader(root: str) -> Iterable[tuple[Tensor, Tensor]]:
    """Batches of the training digits; each digit is decoded and normalised when it is asked for."""
    steps = transforms.Compose([transforms.ToTensor(), transforms.Normalize(MEAN, STD)])
    digits = datasets.MNIST(root, train=True, transform=steps, download=False)
    return DataLoader(digits, batch_size=BATCH, shuffle=True)


def source_network() -> nn.Module:
    """The network of the source tutorial: 16 and 32 filters of 5×5, padded to keep the size.

    Example:
        >>> sum(weight.numel() for weight in source_network().parameters())
        28938
    """
    return nn.Sequential(
        nn.Conv2d(1, 16, kernel_size=5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Conv2d(16, 32, kernel_size=5, padding=2),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Flatten(),
        nn.Linear(32 * 7 * 7, 10),
    )


def train_as_the_source(root: str, seed: int, epochs: int) -> nn.Module:
    """Adam at 1e-3 without a schedule.

    Source: the source tutorial, its recipe and network.
    """
    torch.manual_seed(seed)
    model = source_network()
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    batches = loader(root)
    for _ in range(epochs):
        for images, labels in batches:
            optimizer.zero_grad()
            loss = functional.cross_entropy(model(images), labels)
            loss.backward()  # type: ignore[no-untyped-call]  # torch leaves it unannotated
            optimizer.step()
    return model


def example_network() -> nn.Module:
    """The network of PyTorch's own MNIST example: 32 and 64 filters of 3×3, dropout, two layers.

    Example:
        >>> sum(weight.numel() for weight in example_network().parameters())
        1199882
    """
    return nn.Sequential(
        nn.Conv2d(1, 32, kernel_size=3),
        nn.ReLU(),
        nn.Conv2d(32, 64, kernel_size=3),
        nn.ReLU(),
        nn.MaxPool2d(2),
        nn.Dropout(0.25),
        nn.Flatten(),
        nn.Linear(9_216, 128),
        nn.ReLU(),
        nn.Dropout(0.5),
        nn.Linear(128, 10),
        nn.LogSoftmax(dim=1),
    )


def train_as_the_example(root: str, seed: int, epochs: int) -> nn.Module:
    """Adadelta at 1.0, which shrinks to seven tenths after each epoch.

    Source: pytorch/examples, `mnist`, its architecture and defaults.
    """
    torch.manual_seed(seed)
    model = example_network()
    optimizer = torch.optim.Adadelta(model.parameters(), lr=1.0)
    schedule = torch.optim.lr_scheduler.StepLR(optimizer, step_size=1, gamma=0.7)
    batches = loader(root)
    for _ in range(epochs):
        for images, labels in batches:
            optimizer.zero_grad()
            loss = functional.nll_loss(model(images), labels)
            loss.backward()  # type: ignore[no-untyped-call]
            optimizer.step()
        schedule.step()
    return model
