"""A trained network as JSON that the digit lab opens: numbers only, nothing that could run."""

from __future__ import annotations

import base64
import math
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from cnnfilters.analysis.forward import correlate_batch, max_pool, relu
from cnnfilters.digits import MEAN, SIDE, STD
from cnnfilters.run import Run

FORMAT, VERSION = "cnnfilters-model", 1  # the version is raised when an old reader would fail
POOL = 2
RELU = {"type": "relu"}
CLASSES = 10


class ExportError(ValueError):
    """The weights are not those of a network that the digit lab can run."""


def export_run(run: Run, *, name: str, snapshot: int = -1) -> dict[str, Any]:
    """The network of a Run, as JSON can hold it.

    Args:
        run: A training of `SmallCNN`.
        name: What the reader sees.
        snapshot: Index of the snapshot; -1 is the trained end, 0 the start.

    Returns:
        The mapping of the page *Model format*.

    Raises:
        ExportError: The Run holds another kind of network.
    """
    weights = {key: array[snapshot] for key, array in run.weights.items()}
    model = export_weights(weights, name=name, padding=int(run.config["padding"]))
    where = run.data["held_out_words"]
    return {**model, "accuracy": round(float(run.accuracy[snapshot]), 6), "accuracy_on": where}


def export_weights(
    weights: Mapping[str, np.ndarray],
    *,
    name: str,
    padding: int | None = None,
    mean: float = MEAN,
    std: float = STD,
) -> dict[str, Any]:
    """Any network of two convolutions, each pooled and passed through ReLU, then linear layers.

    The layers are told by the shape of their weights, in the order of the mapping: four axes make a
    convolution, two a linear layer. ReLU is put between linear layers.

    Args:
        weights: Arrays by name, as in a `state_dict`; a layer's bias is called like its weight.
        name: What the reader sees.
        padding: Zeros around the input of both convolutions; None: what the linear layer fits.
        mean: What the network subtracts from ink in [0, 1].
        std: What it divides by.

    Returns:
        The mapping of the page *Model format*; its accuracy is not known.

    Raises:
        ExportError: A layer is missing, too many, of an odd shape, or holds NaN; or no padding
            makes the convolutions fit the linear layer.
    """
    if not (math.isfinite(mean) and math.isfinite(std) and std > 0):
        raise ExportError(f"`mean` (={mean}) and `std` (={std}) must be finite, `std` above 0")
    convolutions = _of_axes(weights, 4)
    linear = _of_axes(weights, 2)
    _check_chain(weights, convolutions, linear)
    features = weights[linear[0]].shape[1]
    padding = _fitting_padding([weights[key] for key in convolutions], features, padding)
    conv = {"type": "conv", "padding": padding}
    layers: list[dict[str, Any]] = []
    for key in convolutions:
        layers += [{**conv, **_packed(weights, key)}, {"type": "max-pool", "size": POOL}, RELU]
    for key in linear:
        layers += [{"type": "linear", **_packed(weights, key)}, RELU]
    return {
        "format": FORMAT,
        "version": VERSION,
        "name": name,
        "accuracy": None,
        "accuracy_on": None,
        "input": {"size": [SIDE, SIDE], "mean": mean, "std": std},
        "layers": layers[:-1],  # the last linear layer gives logits, which keep their sign
    }


def logits(
    model: Mapping[str, Any], images: Float[np.ndarray, "batch side side"]
) -> Float[np.ndarray, "batch classes"]:
    """What an exported network answers: the format's meaning, in code.

    Args:
        model: The mapping of the page *Model format*.
        images: Ink in [0, 1].

    Returns:
        One logit for each class.

    Raises:
        ExportError: A layer is of an unknown type.
    """
    maps = (images[:, None] - model["input"]["mean"]) / model["input"]["std"]
    for layer in model["layers"]:
        match layer["type"]:
            case "conv":
                weight, bias = unpack(layer["weight"]), unpack(layer["bias"])
                maps = correlate_batch(maps, weight, bias, padding=layer["padding"])
            case "max-pool":
                maps = max_pool(maps)
            case "relu":
                maps = relu(maps)
            case "linear":
                flat = maps.reshape(len(maps), -1)
                maps = flat @ unpack(layer["weight"]).T + unpack(layer["bias"])
            case other:
                raise ExportError(f"`type` (={other!r}) must be conv, max-pool, relu or linear")
    return np.asarray(maps)


def with_accuracy(
    model: Mapping[str, Any],
    images: Float[np.ndarray, "n side side"],
    labels: Int[np.ndarray, " n"],
    *,
    words: str,
) -> dict[str, Any]:
    """The same network, with the share of some digits that it names.

    Args:
        model: An exported network.
        images: Ink in [0, 1].
        labels: The digits that they show.
        words: What the digits are: `1,000 held-out training digits`.
    """
    hits = logits(model, images).argmax(axis=1) == labels
    return {**model, "accuracy": round(float(hits.mean()), 6), "accuracy_on": words}


def pack(array: Float[np.ndarray, "..."]) -> dict[str, Any]:
    """Numbers as text: a shape, and float32, lowest byte first, in base64.

    Example:
        >>> pack(np.array([1.0, -2.0]))
        {'shape': [2], 'float32': 'AACAPwAAAMA='}
        >>> unpack(pack(np.array([1.0, -2.0])))
        array([ 1., -2.], dtype=float32)
    """
    data = np.ascontiguousarray(array, dtype="<f4").tobytes()
    return {"shape": list(np.shape(array)), "float32": base64.b64encode(data).decode()}


def unpack(packed: Mapping[str, Any]) -> Float[np.ndarray, "..."]:
    """The array that `pack` wrote."""
    values = np.frombuffer(base64.b64decode(packed["float32"], validate=True), dtype="<f4")
    return values.reshape(packed["shape"])


def _packed(weights: Mapping[str, np.ndarray], key: str) -> dict[str, Any]:
    """A layer's name, weight and bias; a layer without a bias has one of zeros."""
    weight, name = weights[key], key.removesuffix(".weight")
    bias = weights.get(f"{name}.bias", np.zeros(len(weight), np.float32))
    if bias.shape != (len(weight),):
        raise ExportError(f"`{name}.bias` (shape {bias.shape}) must have {len(weight)} numbers")
    for part, array in {"weight": weight, "bias": bias}.items():
        if not np.isfinite(array).all():
            raise ExportError(f"`{name}.{part}` holds a number that is not finite")
    return {"name": name, "weight": pack(weight), "bias": pack(bias)}


def _of_axes(weights: Mapping[str, np.ndarray], axes: int) -> list[str]:
    return [name for name, array in weights.items() if array.ndim == axes]


def _check_chain(
    weights: Mapping[str, np.ndarray], convolutions: list[str], linear: list[str]
) -> None:
    """Refuse layers that do not fit one another."""
    if len(convolutions) != 2 or not linear:
        raise ExportError(
            f"the network has {len(convolutions)} convolutions and {len(linear)} linear layers; "
            "it must have two, and at least one"
        )
    first, second = (weights[key] for key in convolutions)
    for key in convolutions:
        if weights[key].shape[2] != weights[key].shape[3]:
            raise ExportError(f"`{key}` (shape {weights[key].shape}) must have square kernels")
    if first.shape[1] != 1:
        raise ExportError(f"`{convolutions[0]}` must have 1 input channel, has {first.shape[1]}")
    widths = [(convolutions[1], second.shape[1], len(first))]
    widths += [
        (later, weights[later].shape[1], len(weights[earlier]))
        for earlier, later in pairwise(linear)
    ]
    for key, takes, gets in widths:
        if takes != gets:
            raise ExportError(f"`{key}` takes {takes} channels and would get {gets}")
    if len(weights[linear[-1]]) != CLASSES:
        raise ExportError(f"`{linear[-1]}` gives {len(weights[linear[-1]])} logits, not {CLASSES}")


def _fitting_padding(kernels: list[np.ndarray], features: int, asked: int | None) -> int:
    """The padding with which the maps have as many numbers as the linear layer takes."""
    sizes = [kernel.shape[-1] for kernel in kernels]
    allowed = range(max(sizes)) if asked is None else [asked]
    sides = {padding: _last_side(sizes, padding) for padding in allowed}
    for padding, side in sides.items():
        if side > 0 and len(kernels[-1]) * side**2 == features:
            return padding
    found = ", ".join(f"{p} gives {len(kernels[-1]) * max(s, 0) ** 2}" for p, s in sides.items())
    raise ExportError(
        f"the linear layer takes {features:,} numbers, but after two convolutions of stride 1, "
        f"each pooled by {POOL}, padding {found}"
    )


def _last_side(sizes: list[int], padding: int) -> int:
    side = SIDE
    for size in sizes:
        side = (side + 2 * padding - size + 1) // POOL
    return side
