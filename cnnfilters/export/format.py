"""The file itself: numbers as text, what they mean, and how the file is written."""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float, Int

from cnnfilters.analysis.forward import correlate_batch, max_pool, relu
from cnnfilters.export.limits import ExportError, at_most
from cnnfilters.files import write_atomically

FORMAT, VERSION = "cnnfilters-model", 1  # the version is raised when an old reader would fail
POOL = 2
HEAD = 100  # bytes, within which a file names its format


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

    Example:
        >>> answer = {"type": "linear", "weight": pack(np.eye(4)), "bias": pack(np.zeros(4))}
        >>> model = {"input": {"mean": 0, "std": 1}, "layers": [answer]}
        >>> logits(model, np.array([[[1.0, 2.0], [3.0, 4.0]]]))
        array([[1., 2., 3., 4.]])
    """
    *_, last = steps(model, images)
    return last


def steps(
    model: Mapping[str, Any], images: Float[np.ndarray, "batch side side"]
) -> Iterator[Float[np.ndarray, "batch ..."]]:
    """What each layer of an exported network makes of some digits, in order.

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
        yield np.asarray(maps)


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


def write_model(model: Mapping[str, Any], path: Path) -> int:
    """Write the file in one step; an earlier one stays until then.

    Returns:
        Its size in bytes.

    Raises:
        ExportError: It would be larger than the digit lab opens, or replace a file of another kind.
        OSError: It cannot be written.
    """
    _check_replaces_a_model(path)
    text = json.dumps(model, separators=(",", ":"), allow_nan=False) + "\n"
    at_most(len(text), "bytes", "bytes of the file")  # ASCII: a character is a byte
    write_atomically(path, text)
    return len(text)


def _check_replaces_a_model(path: Path) -> None:
    """Refuse to write over weights, logits or whatever else the reader has."""
    if not path.is_file() or not path.stat().st_size:
        return
    with path.open("rb") as file:
        if FORMAT.encode() not in file.read(HEAD):
            raise ExportError(
                f"{path} is there already and holds no exported network; choose another name"
            )


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
    """The array that `pack` wrote.

    Example:
        >>> unpack(pack(np.array([[1.0, 2.0]])))
        array([[1., 2.]], dtype=float32)
    """
    values = np.frombuffer(base64.b64decode(packed["float32"], validate=True), dtype="<f4")
    return values.reshape(packed["shape"])
