"""The layers that a state_dict holds, told by the shapes and names of its arrays."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from cnnfilters.export.batch_norm import BatchNorm, folded
from cnnfilters.export.layers import Convolution, Linear
from cnnfilters.export.limits import ExportError

AXES: dict[int, type[Convolution] | type[Linear]] = {
    4: Convolution,
    2: Linear,
}  # of the weight of each kind of layer
REPARAMETRISED = re.compile(r"parametrizations\.|weight_(g|v|orig|mask|u)$")
NUMBER = re.compile(r"\d+$")
Weights = Mapping[str, Any]  # arrays, or what np.asarray makes one of, such as tensors


@dataclass(frozen=True)
class Stored:
    """The layers that a state_dict holds, batch normalisation folded in.

    Attributes:
        convolutions: Without their padding, which is not stored.
        linears: In the order in which they are stored.
        norms: Which batch normalisation was folded into which convolution.
        order: All layers' names, in the order in which they are stored.
    """

    convolutions: tuple[Convolution, ...]
    linears: tuple[Linear, ...]
    norms: dict[str, str]
    order: tuple[str, ...]


def read_layers(weights: Weights) -> Stored:
    """Tell the layers, and refuse every array that belongs to none.

    Raises:
        ExportError: It names the array.
    """
    if not isinstance(weights, Mapping):
        raise ExportError(
            f"`weights` (a {type(weights).__name__}) must be arrays by name, as in a state_dict; "
            "of a module, use `export_module`"
        )
    weights = {str(key): _array(str(key), value) for key, value in weights.items()}
    for key in weights:
        if REPARAMETRISED.search(key):
            raise ExportError(
                f"`{key}` is a part from which a weight is made; use `export_module`, or make the "
                "weight permanent by torch.nn.utils.parametrize.remove_parametrizations"
            )
    norms = {norm.name: norm for norm in _batch_norms(weights)}
    layers = [key for key, array in weights.items() if array.ndim in AXES]
    _check_all_used(weights, layers, norms)
    order = dict.fromkeys(
        _parent(key) if _parent(key) in norms else _layer_name(key)
        for key in weights
        if key in layers or _parent(key) in norms
    )
    read: dict[str, Convolution | Linear] = {_layer_name(k): _layer(weights, k) for k in layers}
    placed = {}
    for before, name in pairwise(["", *order]):
        if name in norms:
            read[before] = folded(_convolution_before(name, before, read), norms[name])
            placed[name] = before
    return Stored(
        tuple(layer for layer in read.values() if isinstance(layer, Convolution)),
        tuple(layer for layer in read.values() if isinstance(layer, Linear)),
        placed,
        tuple(order),
    )


def _array(key: str, value: Any) -> np.ndarray:
    """A tensor of any type and device, or whatever NumPy makes an array of numbers from."""
    try:
        if hasattr(value, "detach"):
            value = value.detach().cpu()
            value = value.float() if "bfloat16" in str(value.dtype) else value  # NumPy has none
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError, NotImplementedError) as error:
        why = " ".join(str(error).split())
        raise ExportError(f"`{key}` must be an array of numbers: {why}") from error
    if array.dtype.kind not in "fiub":
        raise ExportError(f"`{key}` (of {array.dtype}) must be an array of real numbers")
    return array


def _batch_norms(weights: Weights) -> Iterator[BatchNorm]:
    for key, mean in weights.items():
        name = _parent(key)
        if key == _part(name, "running_mean") and _part(name, "running_var") in weights:
            yield BatchNorm(
                name,
                mean,
                weights[_part(name, "running_var")],
                weights.get(_part(name, "weight")),
                weights.get(_part(name, "bias")),
            )


def _convolution_before(
    norm: str, before: str, read: Mapping[str, Convolution | Linear]
) -> Convolution:
    """What a batch normalisation directly follows, as far as order and names can tell."""
    layer = read.get(before)
    if not isinstance(layer, Convolution) or not _neighbours(before, norm):
        what = f"`{before}`" if before else "nothing"
        raise ExportError(
            f"`{norm}` is batch normalisation and follows {what}; it can be folded only directly "
            "behind a convolution: leave it out of the network and train again, or, if forward has "
            "it directly behind one, use `export_module`"
        )
    return layer


def _neighbours(convolution: str, norm: str) -> bool:
    """Whether names agree that nothing stands between: `0` and `1`, `conv2` and `bn2`.

    Example:
        >>> [_neighbours(*names) for names in (("3", "4"), ("3", "5"), ("conv2", "bn1"))]
        [True, False, False]
    """
    (outer, first), (around, second) = (_split(name) for name in (convolution, norm))
    if first.isdigit() and second.isdigit():
        return outer == around and int(second) == int(first) + 1
    numbers = [NUMBER.search(last) for last in (first, second)]
    if all(numbers):
        return len({int(number[0]) for number in numbers if number}) == 1
    return outer == around


def _split(name: str) -> tuple[str, str]:
    outer, _, last = name.rpartition(".")
    return outer, last


def _check_all_used(weights: Weights, layers: list[str], norms: Mapping[str, BatchNorm]) -> None:
    """Refuse arrays that would be dropped without a word."""
    used = {*layers, *(_bias(key) for key in layers)}
    parts = ("weight", "bias", "running_mean", "running_var", "num_batches_tracked")
    used |= {_part(norm, part) for norm in norms for part in parts}
    for key, array in weights.items():
        if key not in used:
            raise ExportError(
                f"`{key}` (shape {tuple(array.shape)}) belongs to no layer that the digit lab has; "
                "leave its layer out of the network and train again, or, if forward does not use "
                f"it, leave it out of the file: del state[{key!r}]"
            )


def _layer(weights: Weights, key: str) -> Convolution | Linear:
    """A layer; one without a bias gets one of zeros."""
    weight = weights[key]
    bias = weights.get(_bias(key), np.zeros(len(weight), np.float32))
    kind: type[Convolution] | type[Linear] = AXES[weight.ndim]
    return kind(_layer_name(key), weight, bias)


def _layer_name(key: str) -> str:
    return key.removesuffix(".weight")


def _bias(key: str) -> str:
    named = key == "weight" or key.endswith(".weight")
    return _part(_parent(key), "bias") if named else f"{key}.bias"


def _parent(key: str) -> str:
    return key.rpartition(".")[0]


def _part(layer: str, part: str) -> str:
    return f"{layer}.{part}" if layer else part
