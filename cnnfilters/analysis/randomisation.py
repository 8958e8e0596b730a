"""Does a picture of a network depend on what the network has learned? Take that away and see."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Float
from scipy import stats
from torch import nn


def with_random_layers(model: nn.Module, layers: Sequence[str], *, seed: int) -> nn.Module:
    """A copy of a network in which some layers have the weights of a new random start.

    Args:
        model: The network; it stays as it is.
        layers: Names of layers with weights, drawn in this order.
        seed: Of the weights.

    Returns:
        The copy.

    Raises:
        ValueError: A name is not that of a layer with weights of its own.

    Example:
        >>> from cnnfilters.model import SmallCNN
        >>> model = SmallCNN()
        >>> changed = with_random_layers(model, ["fc"], seed=0)
        >>> bool((changed.conv1.weight == model.conv1.weight).all())
        True
        >>> bool((changed.fc.weight == model.fc.weight).all())
        False

    Source: Adebayo et al. 2018, *Sanity checks for saliency maps*, section 3.
    """
    changed = copy.deepcopy(model)
    named = dict(changed.named_modules())
    with torch.random.fork_rng(devices=[]):  # the caller's generator is left as it was
        torch.default_generator.manual_seed(seed)  # none of a GPU
        for layer in layers:
            reset = getattr(named.get(layer), "reset_parameters", None)
            if reset is None:
                raise ValueError(f"`layers` (={layer!r}) must be names of layers with weights")
            reset()
    return changed


def rank_similarity(
    one: Float[np.ndarray, "n height width"], other: Float[np.ndarray, "n height width"]
) -> Float[np.ndarray, " n"]:
    """How alike two pictures are in where they are strong: Spearman's rank correlation.

    The absolute values of the pixels are ranked, equal ones sharing the mean of their ranks; so
    neither scale nor sign counts.

    Args:
        one: Pictures.
        other: As many, to compare each with.

    Returns:
        1 for the same order, 0 for none in common, -1 for the opposite order. A picture that is
        the same everywhere has no order: 0.

    Example:
        >>> rank_similarity(np.array([[[1.0, -2.0, 3.0]]]), np.array([[[10.0, 40.0, -90.0]]]))
        array([1.])
        >>> rank_similarity(np.array([[[1.0, -2.0, 3.0]]]), np.array([[[3.0, 2.0, 1.0]]]))
        array([-1.])

    Source: Spearman 1904; used on absolute values by Adebayo et al. 2018.
    """
    ranks = [
        _centred_ranks(np.abs(pictures).reshape(len(pictures), -1)) for pictures in (one, other)
    ]
    products = (ranks[0] * ranks[1]).sum(axis=1)
    lengths = np.linalg.norm(ranks[0], axis=1) * np.linalg.norm(ranks[1], axis=1)
    blank = np.zeros(len(products))
    return np.asarray(np.divide(products, lengths, out=blank, where=lengths > 0))


def _centred_ranks(values: Float[np.ndarray, "n pixels"]) -> Float[np.ndarray, "n pixels"]:
    ranks = stats.rankdata(values, axis=1)
    return np.asarray(ranks - ranks.mean(axis=1, keepdims=True))
