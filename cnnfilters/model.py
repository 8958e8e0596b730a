"""The networks. Each takes ink in [0, 1] and normalises it itself, so that no caller can forget."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from cnnfilters.config import TrainConfig
from cnnfilters.digits import MEAN, SIDE, STD

CLASSES = 10


class SmallCNN(nn.Module):
    """Two convolutions, each with max-pooling and ReLU, and one linear layer.

    Pooling before ReLU gives the same values as ReLU before pooling, since both keep order, and
    leaves ReLU a quarter of the work.

    Args:
        padding: Zeros around the input of both convolutions. 0 draws no false frame; 2 keeps the
            size and reproduces the source tutorial's network.

    Example:
        >>> import torch
        >>> SmallCNN()(torch.zeros(3, 1, 28, 28)).shape
        torch.Size([3, 10])
        >>> sum(weight.numel() for weight in SmallCNN().parameters())
        18378
        >>> sum(weight.numel() for weight in SmallCNN(padding=2).parameters())
        28938
    """

    def __init__(self, *, padding: int = 0) -> None:
        super().__init__()
        side = SIDE
        for _ in range(2):
            side = (side + 2 * padding - 4) // 2  # a 5x5 kernel takes 4 away, pooling halves
        self.conv1 = nn.Conv2d(1, 16, kernel_size=5, padding=padding)
        self.conv2 = nn.Conv2d(16, 32, kernel_size=5, padding=padding)
        self.fc = nn.Linear(32 * side * side, CLASSES)

    def forward(self, images: Tensor) -> Tensor:
        """Images `(batch, 1, 28, 28)` in [0, 1] to logits `(batch, 10)`."""
        maps = (images - MEAN) / STD
        for convolution in (self.conv1, self.conv2):
            maps = functional.relu(functional.max_pool2d(convolution(maps), 2))
        logits: Tensor = self.fc(maps.flatten(1))
        return logits


class MLP(nn.Module):
    """A perceptron with one hidden layer: it takes the 784 pixels as a list, in any order.

    Example:
        >>> import torch
        >>> MLP()(torch.zeros(3, 1, 28, 28)).shape
        torch.Size([3, 10])
        >>> sum(weight.numel() for weight in MLP().parameters())
        101770
    """

    HIDDEN = 128  # five times as many weights as `SmallCNN`: it lacks none

    def __init__(self) -> None:
        super().__init__()
        self.hidden = nn.Linear(SIDE * SIDE, self.HIDDEN)
        self.fc = nn.Linear(self.HIDDEN, CLASSES)

    def forward(self, images: Tensor) -> Tensor:
        """Images `(batch, 1, 28, 28)` in [0, 1] to logits `(batch, 10)`."""
        pixels = ((images - MEAN) / STD).flatten(1)
        logits: Tensor = self.fc(functional.relu(self.hidden(pixels)))
        return logits


def build_model(config: TrainConfig) -> nn.Module:
    """The untrained network that a config names, from the current state of torch's generator.

    Raises:
        ValueError: `config.model` is unknown.
    """
    if config.model == "SmallCNN":
        return SmallCNN(padding=config.padding)
    if config.model == "MLP":
        return MLP()
    raise ValueError(f"`model` (={config.model!r}) must be one of SmallCNN, MLP")
