"""A network from its arrays alone: their shapes and order tell the layers, the rest is assumed."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

from cnnfilters.digits import MEAN, SIDE, STD
from cnnfilters.export.batch_norm import EPS
from cnnfilters.export.format import POOL
from cnnfilters.export.layers import Convolution, check_chain, check_count, model_of, words_of
from cnnfilters.export.limits import ExportError
from cnnfilters.export.stored import Stored, Weights, read_layers

Padding = int | tuple[int, int]


def export_weights(
    weights: Weights,
    *,
    name: str,
    padding: Padding | None = None,
    mean: float = MEAN,
    std: float = STD,
) -> dict[str, Any]:
    """Any network of two convolutions, each pooled and passed through ReLU, then linear layers.

    The layers are told by the shape of their weights, in the order of the mapping: four axes make a
    convolution, two a linear layer. ReLU is put between linear layers. Batch normalisation that
    directly follows a convolution is folded into it. None of this can be checked here: the arrays
    do not say what is done with them. `export_module` asks the network itself.

    Args:
        weights: Arrays by name, as in a `state_dict`; a layer's bias is called like its weight.
        name: What the reader sees.
        padding: Zeros around the input of both convolutions, or of each; None: what the linear
            layer fits.
        mean: What the network subtracts from ink in [0, 1].
        std: What it divides by.

    Returns:
        The mapping of the page *Model format*; its accuracy is not known.

    Raises:
        ExportError: A layer is missing, too many, of an odd shape, too large for the digit lab, or
            holds NaN; an array is not used; or no padding makes the convolutions fit the linear
            layer.

    Example:
        >>> import numpy as np
        >>> weights = {
        ...     "conv1.weight": np.zeros((2, 1, 5, 5)), "conv1.bias": np.zeros(2),
        ...     "conv2.weight": np.zeros((3, 2, 5, 5)), "conv2.bias": np.zeros(3),
        ...     "fc.weight": np.zeros((10, 48)), "fc.bias": np.zeros(10),
        ... }
        >>> model = export_weights(weights, name="mine")
        >>> [layer["type"] for layer in model["layers"]]
        ['conv', 'max-pool', 'relu', 'conv', 'max-pool', 'relu', 'linear']
    """
    stored = read_layers(weights)
    try:
        check_count(len(stored.convolutions), len(stored.linears))
        convolutions = _padded(stored, padding)
        check_chain(convolutions, stored.linears)
    except ExportError as error:
        raise ExportError(f"{error}; {_order(stored)}") from error
    return model_of(convolutions, stored.linears, name=name, mean=mean, std=std)


def assumed(weights: Weights, model: dict[str, Any]) -> str:
    """What `export_weights` took for granted, as one line, with the other paddings that would fit.

    Args:
        weights: What it was given.
        model: What it made of that.
    """
    stored = read_layers(weights)
    folds = [
        f"batch normalisation `{norm}` directly behind `{convolution}` with eps={EPS:g}"
        for norm, convolution in stored.norms.items()
    ]
    told = "; ".join(
        [
            f"the order of __init__, with ReLU as the only activation: {words_of(model)}",
            *folds,
            *([f"paddings {fits} would fit as well"] if (fits := _others(stored, model)) else []),
            f"mean {model['input']['mean']:g} and std {model['input']['std']:g}",
        ]
    )
    return f"assumed, since a state_dict does not say it: {told}"


def _padded(stored: Stored, asked: Padding | None) -> list[Convolution]:
    """The convolutions with the padding that makes their maps fit the linear layer."""
    features = stored.linears[0].weight.shape[1]
    fitting = _fitting(stored)
    if asked is not None:
        pair = asked if isinstance(asked, tuple) else (asked, asked)
        fitting = [pair] if _features(stored, pair) == features else []
    alike = [pair for pair in fitting if pair[0] == pair[1]][:1]
    if len(alike or fitting) == 1:
        (chosen,) = alike or fitting
        return [
            replace(layer, padding=padding)
            for layer, padding in zip(stored.convolutions, chosen, strict=True)
        ]
    if fitting:
        raise ExportError(f"paddings {_said(fitting)} fit; choose one: --padding A,B")
    tried = [pair] if asked is not None else _alike(stored)
    found = ", ".join(f"{_said([each])} gives {_features(stored, each)}" for each in tried)
    raise ExportError(
        f"the linear layer takes {features:,} numbers, but after two convolutions of stride 1, "
        f"each pooled by {POOL}, padding {found}"
    )


def _fitting(stored: Stored) -> list[tuple[int, int]]:
    """All paddings with which the maps fit the linear layer, those that are alike first."""
    first, second = (range(layer.side) for layer in stored.convolutions)
    pairs = dict.fromkeys([*_alike(stored), *product(first, second)])
    features = stored.linears[0].weight.shape[1]
    return [pair for pair in pairs if _features(stored, pair) == features]


def _alike(stored: Stored) -> list[tuple[int, int]]:
    return [(padding, padding) for padding in range(min(c.side for c in stored.convolutions))]


def _others(stored: Stored, model: dict[str, Any]) -> str:
    used = tuple(layer["padding"] for layer in model["layers"] if layer["type"] == "conv")
    return _said([pair for pair in _fitting(stored) if pair != used])


def _features(stored: Stored, paddings: tuple[int, int]) -> int:
    """How many numbers leave the last pooling."""
    side = SIDE
    for layer, padding in zip(stored.convolutions, paddings, strict=True):
        side = replace(layer, padding=padding).side_after(side)
    return len(stored.convolutions[-1].weight) * max(side, 0) ** 2


def _said(pairs: list[tuple[int, int]]) -> str:
    """Paddings, as `--padding` takes them."""
    return " and ".join(str(a) if a == b else f"{a},{b}" for a, b in pairs)


def _order(stored: Stored) -> str:
    """That order counts, and which one was assumed."""
    names = ", ".join(stored.order) or "none"
    return (
        f"a state_dict keeps the order of __init__, taken here for that of forward: {names}; "
        "if forward has another, use `export_module`"
    )
