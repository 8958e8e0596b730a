"""The whole network once more in plain numpy, so that it can be looked into without torch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from cnnfilters.digits import MEAN, STD
from cnnfilters.run import Run

BATCH = 250  # digits at once: their windows take some 25 MB, and fit the cache better than 1,000


class Stages(NamedTuple):
    """What every layer of the network makes of a batch of images.

    Attributes:
        normalised: The images: (ink - mean) / standard deviation.
        conv1: Responses of the first layer, before pooling and ReLU.
        hidden1: The same pooled, then ReLU: half as many rows and columns.
        conv2: Responses of the second layer, before pooling and ReLU.
        hidden2: The same pooled, then ReLU.
        logits: One sum for each class; the largest is the network's answer.
    """

    normalised: Float[np.ndarray, "batch 1 side side"]
    conv1: Float[np.ndarray, "batch filters1 side1 side1"]
    hidden1: Float[np.ndarray, "batch filters1 half1 half1"]
    conv2: Float[np.ndarray, "batch filters2 side2 side2"]
    hidden2: Float[np.ndarray, "batch filters2 half2 half2"]
    logits: Float[np.ndarray, "batch classes"]


class Network(NamedTuple):
    """The weights of two convolutions and one linear layer, at one snapshot.

    Attributes:
        conv1_weight: Filters of the first layer, over one channel.
        conv1_bias: What each adds.
        conv2_weight: Filters of the second layer, over the channels of the first.
        conv2_bias: What each adds.
        fc_weight: One weight for each class and number of `hidden2`, flattened.
        fc_bias: What each class adds.
        padding: Zeros on each side of both convolutions' inputs.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> sum(part.size for part in network[:-1])  # 9 + 1, 9 + 1, 10 + 10: all that is learned
        40
    """

    conv1_weight: Float[np.ndarray, "filters1 1 size size"]
    conv1_bias: Float[np.ndarray, " filters1"]
    conv2_weight: Float[np.ndarray, "filters2 filters1 size size"]
    conv2_bias: Float[np.ndarray, " filters2"]
    fc_weight: Float[np.ndarray, "classes features"]
    fc_bias: Float[np.ndarray, " classes"]
    padding: int

    @classmethod
    def of(cls, run: Run, snapshot: int = -1) -> Network:
        """The network of a Run.

        Args:
            run: A training of `SmallCNN`.
            snapshot: Index of the snapshot; -1 is the trained end, 0 the start.

        Returns:
            Its weights, and its padding.

        Raises:
            ValueError: The Run holds another kind of network.
        """
        if run.config["model"] != "SmallCNN":
            raise ValueError(f"`run` (of {run.config['model']}) must be of SmallCNN")
        weights = {
            f"{layer}_{kind}": run.weights[f"{layer}.{kind}"][snapshot]
            for layer in ("conv1", "conv2", "fc")
            for kind in ("weight", "bias")
        }
        return cls(**weights, padding=run.config["padding"])


def forward(network: Network, images: Float[np.ndarray, "batch side side"]) -> Stages:
    """Every stage of the network for a batch of images.

    Args:
        network: Its weights.
        images: Ink in [0, 1].

    Returns:
        The maps of each layer, and the logits.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> stages = forward(network, np.zeros((2, 10, 10)))
        >>> stages.conv1.shape, stages.hidden2.shape, stages.logits.shape
        ((2, 1, 8, 8), (2, 1, 1, 1), (2, 10))
    """
    normalised = normalise(images)
    conv1 = correlate_batch(
        normalised, network.conv1_weight, network.conv1_bias, padding=network.padding
    )
    hidden1 = relu(max_pool(conv1))
    conv2 = correlate_batch(
        hidden1, network.conv2_weight, network.conv2_bias, padding=network.padding
    )
    hidden2 = relu(max_pool(conv2))
    return Stages(normalised, conv1, hidden1, conv2, hidden2, classify(network, hidden2))


def accuracy(
    network: Network,
    images: Float[np.ndarray, "n side side"],
    labels: Int[np.ndarray, " n"],
) -> float:
    """The share of images whose largest logit is that of their label.

    Args:
        network: Its weights.
        images: Ink in [0, 1].
        labels: The digits that they show.

    Returns:
        A share in [0, 1].

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> biased = network._replace(fc_bias=np.eye(10)[7])  # always answers 7
        >>> accuracy(biased, np.zeros((4, 10, 10)), np.array([7, 1, 7, 7]))
        0.75
    """
    hits = [
        forward(network, images[batch]).logits.argmax(axis=1) == labels[batch]
        for batch in batches(len(images))
    ]
    return float(np.concatenate(hits).mean())


def batches(count: int) -> Iterator[slice]:
    """Slices that cover `count` images, few at a time to spare memory.

    Example:
        >>> [(part.start, part.stop) for part in batches(300)]
        [(0, 250), (250, 500)]
    """
    return (slice(start, start + BATCH) for start in range(0, count, BATCH))


def normalise(
    images: Float[np.ndarray, "batch height width"],
) -> Float[np.ndarray, "batch 1 height width"]:
    """Ink in [0, 1] as the network sees it: blank paper is -0.42, not 0.

    Example:
        >>> normalise(np.zeros((1, 1, 1))).round(2)
        array([[[[-0.42]]]])
    """
    return (images[:, None] - MEAN) / STD


def correlate_batch(
    maps: Float[np.ndarray, "batch channels height width"],
    kernel: Float[np.ndarray, "filters channels size size"],
    bias: Float[np.ndarray, " filters"],
    *,
    padding: int = 0,
) -> Float[np.ndarray, "batch filters rows columns"]:
    """Cross-correlation of many images at once, as one matrix product over their windows.

    Args:
        maps: The images.
        kernel: One filter for each map of the result.
        bias: What each filter adds everywhere.
        padding: Zeros on each side.

    Returns:
        One map for each image and filter.

    Example:
        >>> image = np.arange(9.0).reshape(1, 1, 3, 3)
        >>> kernel = np.arange(4.0).reshape(1, 1, 2, 2)
        >>> correlate_batch(image, kernel, np.zeros(1))[0, 0]
        array([[19., 25.],
               [37., 43.]])
    """
    border = (padding, padding)
    padded = np.pad(maps, [(0, 0), (0, 0), border, border])
    size = kernel.shape[-1]
    windows = np.lib.stride_tricks.sliding_window_view(padded, (size, size), axis=(2, 3))
    # (batch, channels, rows, columns, size, size) with (filters, channels, size, size)
    summed = np.tensordot(windows, kernel, axes=([1, 4, 5], [1, 2, 3]))
    return np.moveaxis(summed + bias, -1, 1)


def max_pool(
    maps: Float[np.ndarray, "batch channels height width"],
) -> Float[np.ndarray, "batch channels rows columns"]:
    """The largest of each 2 by 2 block; an odd last row or column is left out, as PyTorch does.

    Example:
        >>> max_pool(np.arange(9.0).reshape(1, 1, 3, 3))
        array([[[[4.]]]])
    """
    height, width = (2 * (side // 2) for side in maps.shape[2:])
    even = maps[:, :, :height, :width]
    rows = np.maximum(even[:, :, ::2], even[:, :, 1::2])
    return np.asarray(np.maximum(rows[..., ::2], rows[..., 1::2]))


def relu(maps: Float[np.ndarray, "*shape"]) -> Float[np.ndarray, "*shape"]:
    """What is positive, and 0 for the rest.

    Example:
        >>> relu(np.array([-1.0, 0.0, 2.0]))
        array([0., 0., 2.])
    """
    return np.asarray(np.maximum(maps, 0))


def classify(
    network: Network, hidden2: Float[np.ndarray, "batch filters2 half2 half2"]
) -> Float[np.ndarray, "batch classes"]:
    """The logits: one weighted sum of all last maps for each class.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> classify(network, np.full((1, 1, 1, 1), 5.0))[0, :3]
        array([5., 5., 5.])
    """
    features = hidden2.reshape(len(hidden2), -1)
    return np.asarray(features @ network.fc_weight.T + network.fc_bias)
