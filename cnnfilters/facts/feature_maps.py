"""Facts about one digit in the first layer, and about what each kernel is worth."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.feature_maps import ablation, first_layer_maps, padding_frame, shown
from cnnfilters.analysis.forward import Network
from cnnfilters.digits import Digits
from cnnfilters.facts.recipes import SMALL_START, SOURCE
from cnnfilters.results import Recipe
from cnnfilters.run import Run
from cnnfilters.words import decimal, of_all, percent

LITTLE = 0.005  # the accuracy below which a kernel counts as little needed
MOST = 2_000  # digits for silencing kernels: all 10,000 would take a minute


def negative_responses(run: Run, digits: Digits) -> str:
    """The share of the first layer's responses to the shown digit that ReLU sets to zero.

    Example:
        >>> layers = {"conv1": (16, 1, 5, 5), "conv2": (32, 16, 5, 5), "fc": (10, 512)}
        >>> weights = {f"{name}.weight": np.zeros((1, *size)) for name, size in layers.items()}
        >>> weights |= {f"{name}.bias": np.zeros((1, size[0])) for name, size in layers.items()}
        >>> weights["conv1.bias"][0, :4] = -1  # four of 16 kernels, everywhere
        >>> config = {"model": "SmallCNN", "padding": 0}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), config, {}, {})
        >>> digits = Digits("sample", *[np.zeros((1, 28, 28)), np.array([7])] * 2, checksum="")
        >>> negative_responses(run, digits)
        '25 %'
    """
    maps = first_layer_maps(Network.of(run), shown(digits))
    return percent(float((maps.before < 0).mean()), 0)


def frame(run: Run, digits: Digits) -> str:
    """How strong the frame that zero padding draws is, beside the shown digit's own edges.

    Example:
        >>> layers = {"conv1": (16, 1, 5, 5), "conv2": (32, 16, 5, 5), "fc": (10, 512)}
        >>> weights = {f"{name}.weight": np.zeros((1, *size)) for name, size in layers.items()}
        >>> weights |= {f"{name}.bias": np.zeros((1, size[0])) for name, size in layers.items()}
        >>> weights["conv1.weight"][:] = 1
        >>> config = {"model": "SmallCNN", "padding": 0}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), config, {}, {})
        >>> digits = Digits("sample", *[np.ones((1, 28, 28)), np.array([7])] * 2, checksum="")
        >>> frame(run, digits)  # in a corner of blank paper, 16/25 of 0.1307
        '8 %'
    """
    return percent(float(np.median(padding_frame(Network.of(run), shown(digits)))), 0)


def most_needed(run: Run, digits: Digits) -> str:
    """The accuracy lost, in points, when the most needed kernel is silenced.

    Example:
        >>> layers = {"conv1": (16, 1, 5, 5), "conv2": (32, 16, 5, 5), "fc": (10, 512)}
        >>> weights = {f"{name}.weight": np.zeros((1, *size)) for name, size in layers.items()}
        >>> weights |= {f"{name}.bias": np.zeros((1, size[0])) for name, size in layers.items()}
        >>> weights["conv1.weight"][0, 0] = weights["conv2.weight"][0, 0] = 1
        >>> weights["fc.weight"][0, 7] = 1  # it knows a 7 by its first kernel alone
        >>> config = {"model": "SmallCNN", "padding": 0}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), config, {}, {})
        >>> digits = Digits("sample", *[np.ones((1, 28, 28)), np.array([7])] * 2, checksum="")
        >>> most_needed(run, digits)
        '100.0'
    """
    return decimal(100 * _lost(run, digits).max(), 1)


def little_needed(run: Run, digits: Digits) -> str:
    """How many kernels can be silenced, one at a time, for less than half a point.

    Example:
        >>> layers = {"conv1": (16, 1, 5, 5), "conv2": (32, 16, 5, 5), "fc": (10, 512)}
        >>> weights = {f"{name}.weight": np.zeros((1, *size)) for name, size in layers.items()}
        >>> weights |= {f"{name}.bias": np.zeros((1, size[0])) for name, size in layers.items()}
        >>> weights["conv1.weight"][0, 0] = weights["conv2.weight"][0, 0] = 1
        >>> weights["fc.weight"][0, 7] = 1  # it knows a 7 by its first kernel alone
        >>> config = {"model": "SmallCNN", "padding": 0}
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), config, {}, {})
        >>> digits = Digits("sample", *[np.ones((1, 28, 28)), np.array([7])] * 2, checksum="")
        >>> little_needed(run, digits)
        '15 of 16'
    """
    return of_all(_lost(run, digits) < LITTLE)


def _lost(run: Run, digits: Digits) -> Float[np.ndarray, " filters"]:
    chosen = slice(MOST)  # the sample has fewer; the test digits of MNIST come in no order
    return ablation(
        Network.of(run), digits.held_out_images[chosen], digits.held_out_labels[chosen]
    ).lost


FACTS = {
    "frame": Recipe(frame, (*SOURCE, "digits")),
    "little_needed": Recipe(little_needed, (*SMALL_START, "digits")),
    "most_needed": Recipe(most_needed, (*SMALL_START, "digits")),
    "negative_responses": Recipe(negative_responses, (*SMALL_START, "digits")),
}
