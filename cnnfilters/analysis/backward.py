"""From one digit's loss back to the first layer's kernels, without torch."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.forward import Network, forward
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import input_gradient, kernel_gradient


class Backward(NamedTuple):
    """What the loss on one digit says to the first layer.

    Attributes:
        probabilities: Of each class; they add up to 1.
        loss: In nats: -ln of the true class's probability.
        maps: Gradient of the loss by each response of conv1.
        kernels: Gradient of the loss by each weight of conv1.
    """

    probabilities: Float[np.ndarray, " classes"]
    loss: float
    maps: Float[np.ndarray, "filters height width"]
    kernels: Float[np.ndarray, "filters 1 side side"]


def backward(network: Network, image: Float[np.ndarray, "side side"], label: int) -> Backward:
    """The gradients of one digit's loss with respect to the first layer.

    Args:
        network: Weights, as `Network.of(run)` gives them.
        image: Ink in [0, 1].
        label: The digit that it shows.

    Returns:
        The probabilities, the loss and the gradients.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> flat = network._replace(fc_weight=np.zeros((10, 1)))  # every class alike
        >>> found = backward(flat, np.ones((10, 10)), 3)
        >>> round(found.loss, 4), float(abs(found.kernels).max())  # ln 10; no weight matters
        (2.3026, 0.0)
    """
    stages = forward(network, image[None])
    probabilities = softmax(stages.logits[0])
    error = probabilities - np.eye(len(probabilities))[label]  # of the logits
    flat = error @ network.fc_weight
    second = through_pooling(stages.conv2[0], flat.reshape(stages.hidden2.shape[1:]))
    geometry = ConvGeometry(network.conv2_weight.shape[-1], padding=network.padding)
    hidden = input_gradient(
        second,
        network.conv2_weight,
        input_size=stages.hidden1.shape[2:],
        geometry=geometry,
    )
    maps = through_pooling(stages.conv1[0], hidden)
    kernels = kernel_gradient(maps, stages.normalised[0], geometry=geometry)
    return Backward(probabilities, float(-np.log(probabilities[label])), maps, kernels)


def softmax(logits: Float[np.ndarray, " classes"]) -> Float[np.ndarray, " classes"]:
    """Logits as probabilities, safe for large ones.

    Example:
        >>> softmax(np.array([1000.0, 1000.0]))
        array([0.5, 0.5])
    """
    odds = np.exp(logits - logits.max())
    return np.asarray(odds / odds.sum())


def through_pooling(
    maps: Float[np.ndarray, "channels side side"], upstream: Float[np.ndarray, "channels half half"]
) -> Float[np.ndarray, "channels side side"]:
    """Back through max-pooling and ReLU: only the largest of each block, if positive, gets any.

    Args:
        maps: What was pooled.
        upstream: Gradient of each pooled number, after ReLU.

    Returns:
        Gradient of each number before pooling.

    Example:
        >>> through_pooling(np.array([[[1.0, 5.0], [2.0, 3.0]]]), np.array([[[7.0]]]))
        array([[[0., 7.],
                [0., 0.]]])
    """
    channels, half = len(maps), upstream.shape[-1]
    even = maps[:, : 2 * half, : 2 * half]
    blocks = even.reshape(channels, half, 2, half, 2).swapaxes(2, 3)
    flat = blocks.reshape(channels, half, half, 4)
    chosen = np.eye(4)[flat.argmax(axis=-1)] * (flat.max(axis=-1, keepdims=True) > 0)
    spread = (chosen * upstream[..., None]).reshape(channels, half, half, 2, 2)
    gradient = np.zeros(maps.shape)
    gradient[:, : 2 * half, : 2 * half] = spread.swapaxes(2, 3).reshape(even.shape)
    return gradient
