"""The layers that the digit lab can run, checked against one another and against its limits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float

from cnnfilters.digits import SIDE
from cnnfilters.export.format import FORMAT, POOL, VERSION, pack
from cnnfilters.export.limits import (
    ExportError,
    at_most,
    check_input,
    check_name,
    check_numbers,
    one_number,
)

RELU = {"type": "relu"}
CLASSES = 10
CONVOLUTIONS = 2


@dataclass(frozen=True)
class Convolution:
    """Square filters of stride 1 over all channels, each with a bias.

    Attributes:
        name: What messages call it.
        weight: Square filters.
        bias: `(filters,)`, which `check_chain` checks.
        padding: Zeros on each side.
    """

    name: str
    weight: Float[np.ndarray, "filters channels height width"]
    bias: Float[np.ndarray, "..."]
    padding: int = 0

    @property
    def side(self) -> int:
        """Rows of its kernels."""
        return int(self.weight.shape[2])

    def side_after(self, side: int) -> int:
        """Rows of its maps after pooling, from those of what comes in."""
        return (side + 2 * self.padding - self.side + 1) // POOL


@dataclass(frozen=True)
class Linear:
    """A weight for every pair of output and input, and a bias for every output.

    Attributes:
        name: What messages call it.
        weight: For every pair of output and input.
        bias: `(outputs,)`.
    """

    name: str
    weight: Float[np.ndarray, "outputs inputs"]
    bias: Float[np.ndarray, "..."]


def model_of(
    convolutions: Sequence[Convolution],
    linears: Sequence[Linear],
    *,
    name: str,
    mean: float,
    std: float,
) -> dict[str, Any]:
    """The file's content for a network of these layers.

    Args:
        convolutions: Two, each followed by pooling and ReLU.
        linears: One or more, with ReLU between them.
        name: What the reader sees.
        mean: What the network subtracts from ink in [0, 1].
        std: What it divides by.

    Returns:
        The mapping of the page *Model format*; its accuracy is not known.

    Raises:
        ExportError: The layers do not fit one another, or the digit lab could not open them.
    """
    mean, std = one_number(mean, "mean"), one_number(std, "std")
    check_input(mean, std)
    check_name(name, "`name`")
    check_chain(convolutions, linears)
    _check_numbers([*convolutions, *linears])
    layers: list[dict[str, Any]] = []
    for layer in convolutions:
        conv = {"type": "conv", "padding": layer.padding, **_packed(layer)}
        layers += [conv, {"type": "max-pool", "size": POOL}, RELU]
    for linear in linears:
        layers += [{"type": "linear", **_packed(linear)}, RELU]
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": name,
        "accuracy": None,
        "accuracy_on": None,
        "input": {"size": [SIDE, SIDE], "mean": mean, "std": std},
        "layers": layers[:-1],  # the last linear layer gives logits, which keep their sign
    }


def check_chain(convolutions: Sequence[Convolution], linears: Sequence[Linear]) -> None:
    """Refuse layers that do not fit one another, or that the digit lab could not show.

    Raises:
        ExportError: It names the layer.
    """
    check_count(len(convolutions), len(linears))
    _check_not_empty([*convolutions, *linears])
    for convolution in convolutions:
        _check_convolution(convolution)
    first, second = convolutions
    if first.weight.shape[1] != 1:
        raise ExportError(f"`{first.name}` must have 1 input channel, has {first.weight.shape[1]}")
    fits: list[tuple[Convolution | Linear, int, str]]
    fits = [(second, len(first.weight), "channels")]
    features = len(second.weight) * max(second.side_after(first.side_after(SIDE)), 0) ** 2
    fits += [(linears[0], features, "numbers")]
    fits += [(later, len(earlier.weight), "channels") for earlier, later in pairwise(linears)]
    for layer, gets, unit in fits:
        if layer.weight.shape[1] != gets:
            takes = layer.weight.shape[1]
            raise ExportError(f"`{layer.name}` takes {takes:,} {unit} and would get {gets:,}")
    for linear in linears:
        _check_linear(linear)
    if len(linears[-1].weight) != CLASSES:
        last = linears[-1]
        raise ExportError(f"`{last.name}` gives {len(last.weight)} logits, not {CLASSES}")


def _check_not_empty(layers: Sequence[Convolution | Linear]) -> None:
    for layer in layers:
        if 0 in layer.weight.shape:
            raise ExportError(f"`{layer.name}` (shape {layer.weight.shape}) must hold a number")


def check_count(convolutions: int, linears: int) -> None:
    """Refuse another number of layers than the digit lab has room for.

    Raises:
        ExportError: There are too few or too many.
    """
    if convolutions != CONVOLUTIONS or not linears:
        raise ExportError(
            f"the network has {convolutions} convolutions and {linears} linear layers; "
            "it must have two, and at least one"
        )
    at_most(linears, "linears", "linear layers")


def _check_convolution(layer: Convolution) -> None:
    filters, _, height, width = layer.weight.shape
    if height != width:
        raise ExportError(f"`{layer.name}` (shape {layer.weight.shape}) must have square kernels")
    at_most(filters, "filters", f"filters of `{layer.name}`")
    at_most(height, "kernel", f"rows of a kernel of `{layer.name}`")
    if not 0 <= layer.padding < height:
        raise ExportError(
            f"`padding` (={layer.padding}) of `{layer.name}` must be from 0 to {height - 1}, "
            f"since its kernels are {height}×{height}"
        )


def _check_linear(layer: Linear) -> None:
    outputs, inputs = layer.weight.shape
    at_most(inputs, "features", f"inputs of `{layer.name}`")
    at_most(outputs, "outputs", f"outputs of `{layer.name}`")


def _check_numbers(layers: Sequence[Convolution | Linear]) -> None:
    for layer in layers:
        name, count = layer.name, len(layer.weight)
        check_name(name, "a layer's name")
        if layer.bias.shape != (count,):
            raise ExportError(f"`{name}.bias` (shape {layer.bias.shape}) must have {count} numbers")
        check_numbers(layer.weight, f"{name}.weight")
        check_numbers(layer.bias, f"{name}.bias")


def _packed(layer: Convolution | Linear) -> dict[str, Any]:
    return {"name": layer.name, "weight": pack(layer.weight), "bias": pack(layer.bias)}


def words_of(model: dict[str, Any]) -> str:
    """The layers of a file, in order, as one line.

    Example:
        >>> model = {"layers": [{"type": "conv", "name": "conv1", "padding": 2}, RELU]}
        >>> words_of(model)
        'conv1 (stride 1, padding 2), ReLU'
    """
    return ", ".join(_WORDS[layer["type"]].format(**layer) for layer in model["layers"])


_WORDS = {
    "conv": "{name} (stride 1, padding {padding})",
    "max-pool": "{size}×{size} max-pooling",
    "relu": "ReLU",
    "linear": "{name}",
}
