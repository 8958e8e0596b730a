"""The networks. Each takes ink in [0, 1] and normalises it itself, so that no caller can forget."""

from __future__ import annotations

from torch import Tensor, nn
from torch.nn import functional

from cnnfilters.config import BLOCKS, Block, TrainConfig
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


class LeNet5(nn.Module):
    """LeNet-5 as one would write it today: ReLU, max-pooling, every map of S2 seen by C3.

    The layers and their sizes are those of 1998: `conv1` is C1, `conv2` is C3, `conv3` is C5,
    `hidden` is F6, and `fc` is the output. `cnnfilters.lenet_1998` has the network of the paper.

    Digits are padded from 28x28 to the paper's 32x32, with paper and not with the mean, so that
    no frame is drawn round them.

    Example:
        >>> import torch
        >>> LeNet5()(torch.zeros(3, 1, 28, 28)).shape
        torch.Size([3, 10])
        >>> sum(weight.numel() for weight in LeNet5().parameters())
        61706

    Source: LeCun et al. 1998, section II.B.
    """

    MARGIN = 2  # pixels on each side of a digit: 28 + 2 * 2 = 32

    def __init__(self) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, kernel_size=5)
        self.conv2 = nn.Conv2d(6, 16, kernel_size=5)
        self.conv3 = nn.Conv2d(16, 120, kernel_size=5)  # as large as its input: 1x1 maps
        self.hidden = nn.Linear(120, 84)
        self.fc = nn.Linear(84, CLASSES)

    def forward(self, images: Tensor) -> Tensor:
        """Images `(batch, 1, 28, 28)` in [0, 1] to logits `(batch, 10)`."""
        maps = (functional.pad(images, 4 * [self.MARGIN]) - MEAN) / STD
        for convolution in (self.conv1, self.conv2):
            maps = functional.relu(functional.max_pool2d(convolution(maps), 2))
        features = functional.relu(self.conv3(maps)).flatten(1)
        logits: Tensor = self.fc(functional.relu(self.hidden(features)))
        return logits


class MLP(nn.Module):
    """A multilayer perceptron, one layer of it hidden: it takes 784 pixels as a list, in any order.

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


class BlockCNN(nn.Module):
    """A first layer, a block of convolutions that keep the size, max-pooling and a linear layer.

    Args:
        block: What is compared; all the rest is the same.

    Example:
        >>> sum(weight.numel() for weight in BlockCNN(Block((7,))).block.parameters())
        3144
        >>> sum(weight.numel() for weight in BlockCNN(Block((3, 3, 3))).block.parameters())
        1752
    """

    WIDTH = 8  # channels throughout

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.conv1 = nn.Conv2d(1, self.WIDTH, kernel_size=5, stride=2, padding=2)
        layers: list[nn.Module] = []
        for size in block.kernels:
            layers.append(nn.Conv2d(self.WIDTH, self.WIDTH, kernel_size=size, padding=size // 2))
            layers.extend([nn.ReLU()] * block.relu_between)
        self.block = nn.Sequential(*layers)
        self.fc = nn.Linear(self.WIDTH * (SIDE // 4) ** 2, CLASSES)

    def forward(self, images: Tensor) -> Tensor:
        """Images `(batch, 1, 28, 28)` in [0, 1] to logits `(batch, 10)`."""
        maps = self.block(functional.relu(self.conv1((images - MEAN) / STD)))
        logits: Tensor = self.fc(functional.relu(functional.max_pool2d(maps, 2)).flatten(1))
        return logits


def build_model(config: TrainConfig) -> nn.Module:
    """The untrained network that a config names, from the current state of torch's generator.

    Example:
        >>> type(build_model(TrainConfig(model="LeNet5"))).__name__
        'LeNet5'
    """
    if config.model == "SmallCNN":
        return SmallCNN(padding=config.padding)
    if config.model == "LeNet5":
        return LeNet5()
    if config.model == "MLP":
        return MLP()
    return BlockCNN(BLOCKS[config.model])
