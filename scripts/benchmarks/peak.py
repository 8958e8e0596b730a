"""What a training computes, and how fast this machine could at best."""

from __future__ import annotations

import torch
from torch import nn

from benchmarks.timing import seconds
from cnnfilters.arithmetic import count_macs
from cnnfilters.config import TrainConfig
from cnnfilters.digits import SIDE
from cnnfilters.model import SmallCNN

LARGE = 2_048  # rows and columns: large enough that memory does not limit the product


def multiply_adds(config: TrainConfig) -> int:
    """Of one training step for one image.

    Each layer is computed once forward and twice backward, for its weights and for its input; the
    first layer's input needs no gradient.

    Example:
        >>> multiply_adds(TrainConfig())
        2933760
    """
    model = SmallCNN(padding=config.padding)
    layers = (model.conv1, nn.MaxPool2d(2), model.conv2, nn.MaxPool2d(2), nn.Flatten(), model.fc)
    image = (1, SIDE, SIDE)
    return 3 * count_macs(nn.Sequential(*layers), image) - count_macs(model.conv1, image)


def peak_rate(rounds: int = 7) -> float:
    """Multiply–adds a second in a product of two large float32 matrices, with torch's threads."""
    left, right = torch.rand(2, LARGE, LARGE)
    left @ right  # caches and threads
    return float(LARGE**3 / min(seconds(lambda: left @ right) for _ in range(rounds)))
