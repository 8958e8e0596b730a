"""What the first layer answers to an image, what its border adds, and which kernels matter."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from cnnfilters.analysis.forward import (
    Network,
    Stages,
    accuracy,
    batches,
    classify,
    correlate_batch,
    forward,
    max_pool,
    normalise,
    relu,
)
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import cross_correlate
from cnnfilters.digits import Digits

SHOWN = 7  # the digit that the pages send through the network, as the source tutorial does


class FeatureMaps(NamedTuple):
    """The maps of one layer for one image.

    Attributes:
        before: Responses before ReLU: negative where the ink is the kernel's opposite.
        after: The same after ReLU: 0 where they were negative.
    """

    before: Float[np.ndarray, "filters height width"]
    after: Float[np.ndarray, "filters height width"]


class Ablation(NamedTuple):
    """What silencing each kernel of the first layer does to accuracy.

    Attributes:
        intact: Accuracy with all kernels, in [0, 1].
        lost: Accuracy lost without each; below 0 where the network does better.
    """

    intact: float
    lost: Float[np.ndarray, " filters"]


class Brightness(NamedTuple):
    """How bright the maps of the first layer are after ReLU, each number a mean of the images.

    Attributes:
        peak: Of the strongest response of each map.
        mean: Of the mean response of each map.
    """

    peak: Float[np.ndarray, " filters"]
    mean: Float[np.ndarray, " filters"]


def shown(digits: Digits) -> Float[np.ndarray, "28 28"]:
    """The first held-out 7.

    Example:
        >>> from cnnfilters.digits import load_digits
        >>> shown(load_digits()).shape
        (28, 28)
    """
    return np.asarray(digits.held_out_images[digits.held_out_labels == SHOWN][0])


def first_layer_maps(
    network: Network, image: Float[np.ndarray, "height width"], *, padding: int | None = None
) -> FeatureMaps:
    """The responses of the first layer to one image, before and after ReLU.

    Args:
        network: Weights, as `Network.of(run)` gives them.
        image: Ink in [0, 1].
        padding: Zeros put around the *normalised* image; None is the network's own.

    Returns:
        One map for each filter.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> first_layer_maps(network, np.zeros((3, 3))).after  # blank paper is negative
        array([[[0.]]])
        >>> first_layer_maps(network, np.ones((3, 3))).before.round(2)  # 9 · 2.82
        array([[[25.39]]])
    """
    geometry = ConvGeometry(
        kernel_size=network.conv1_weight.shape[-1],
        padding=network.padding if padding is None else padding,
    )
    sums = cross_correlate(normalise(image[None])[0], network.conv1_weight, geometry=geometry)
    before = sums + network.conv1_bias[:, None, None]
    return FeatureMaps(before, relu(before))


def brightness(network: Network, images: Float[np.ndarray, "n height width"]) -> Brightness:
    """How bright each kernel's map is, over many images.

    Args:
        network: Weights, as `Network.of(run)` gives them.
        images: Ink in [0, 1], at least one.

    Returns:
        Two numbers for each filter: a map can have one bright place, or be bright all over.

    Example:
        >>> kernels, none = np.stack([np.ones((1, 1, 1)), -np.ones((1, 1, 1))]), np.zeros(2)
        >>> network = Network(kernels, none, kernels, none, np.ones((10, 2)), np.zeros(10), 0)
        >>> image = np.array([[[1.0, 0.0]]])  # of ink and paper: 2.82 and -0.42, once normalised
        >>> [part.round(2).tolist() for part in brightness(network, image)]
        [[2.82, 0.42], [1.41, 0.21]]
    """
    peaks, means = [], []
    for batch in batches(len(images)):
        sums = correlate_batch(
            normalise(images[batch]),
            network.conv1_weight,
            network.conv1_bias,
            padding=network.padding,
        )
        maps = relu(sums)  # (batch, filters, rows, columns)
        peaks.append(maps.max(axis=(2, 3)))
        means.append(maps.mean(axis=(2, 3)))
    return Brightness(np.concatenate(peaks).mean(axis=0), np.concatenate(means).mean(axis=0))


def padding_frame(
    network: Network, image: Float[np.ndarray, "height width"], *, padding: int = 2
) -> Float[np.ndarray, " filters"]:
    """How strong a false edge zero padding draws around blank paper, beside true ones.

    Blank paper is -0.42 once normalised, the padding is 0, so the border looks like ink. A filter's
    response to blank paper is taken as its zero, here and for the image.

    Args:
        network: Weights, as `Network.of(run)` gives them.
        image: Ink in [0, 1], to compare with.
        padding: Zeros put around the normalised image, at least 1.

    Returns:
        For each filter the strongest response to the frame of a blank image, over the strongest
        response to the image without any padding.

    Raises:
        ValueError: There is no padding, so no frame.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> padding_frame(network, np.ones((5, 5))).round(4)  # in a corner, 8/9 of 0.1307
        array([0.1162])
    """
    if padding < 1:
        raise ValueError(f"`padding` (={padding}) must be at least 1")
    blank = first_layer_maps(network, np.zeros_like(image), padding=padding).before
    paper = first_layer_maps(network, np.zeros_like(image), padding=0).before[:, :1, :1]
    inked = first_layer_maps(network, image, padding=0).before
    return np.asarray(np.abs(blank - paper).max((1, 2)) / np.abs(inked - paper).max((1, 2)))


def ablation(
    network: Network,
    images: Float[np.ndarray, "n height width"],
    labels: Int[np.ndarray, " n"],
) -> Ablation:
    """The accuracy lost when each kernel of the first layer is silenced, one at a time.

    A silenced kernel sends zeros to the second layer. That layer adds up what its channels send,
    so its sums without one channel are the whole less that channel's part.

    Args:
        network: Weights, as `Network.of(run)` gives them.
        images: Ink in [0, 1].
        labels: The digits that they show.

    Returns:
        The accuracy with all kernels, and what is lost without each.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> silent = network._replace(fc_weight=np.zeros((10, 1)))  # answers 0, whatever it sees
        >>> ablation(silent, np.zeros((2, 10, 10)), np.array([0, 1]))
        Ablation(intact=0.5, lost=array([0.]))
    """
    filters = len(network.conv1_weight)
    hits = np.zeros(filters)
    for batch in batches(len(images)):
        stages = forward(network, images[batch])
        for silenced in range(filters):
            logits = _logits_without(network, stages, silenced)
            hits[silenced] += (logits.argmax(axis=1) == labels[batch]).sum()
    intact = accuracy(network, images, labels)
    return Ablation(intact, intact - hits / len(images))


def _logits_without(
    network: Network, stages: Stages, silenced: int
) -> Float[np.ndarray, "batch classes"]:
    """The logits once one channel of the first layer sends nothing to the second."""
    channel = slice(silenced, silenced + 1)
    part = correlate_batch(
        stages.hidden1[:, channel],
        network.conv2_weight[:, channel],
        np.zeros_like(network.conv2_bias),
        padding=network.padding,
    )
    return classify(network, relu(max_pool(stages.conv2 - part)))
