"""What there is to see of every unit of a layer, trained and untrained, as a widget reads it."""

from __future__ import annotations

import base64
from typing import Any, Literal, NamedTuple, get_args

import numpy as np
import torch
from jaxtyping import Float, Int
from numpy.typing import ArrayLike
from torch import nn

from cnnfilters.analysis.fits import best_fits
from cnnfilters.analysis.forward import Network
from cnnfilters.analysis.layer_responses import layer_responses, unit_responses
from cnnfilters.analysis.maximization import maximise
from cnnfilters.analysis.nulls import name_kernels
from cnnfilters.analysis.projection import Method, project
from cnnfilters.analysis.receptive_patches import (
    Layer,
    Strongest,
    coherence,
    cut,
    field_of,
    strongest,
)
from cnnfilters.analysis.timeline import chance_of_fits
from cnnfilters.arithmetic import ReceptiveField
from cnnfilters.digits import Digits
from cnnfilters.export import pack
from cnnfilters.run import Run
from cnnfilters.trained import trained_network

End = Literal["trained", "start"]
ENDS: dict[End, int] = {"trained": -1, "start": 0}  # of a training: its snapshots
_OTHER: dict[End, End] = {"trained": "start", "start": "trained"}
LAYERS: tuple[Layer, ...] = get_args(Layer)
IMAGES = 1_000  # held-out digits that patches are cut from, as in the figure of this chapter
PATCHES = 9
SLICES = 4  # of a filter of conv2 that are drawn: the strongest
INK, SIGNED = 255, 127  # levels of a byte
HERE = (0, 0)  # on an image as large as a unit can see, a map has one place
PAPER = 0.25  # what an image of nothing but ink loses, in typical strongest responses
DIGITS = 4  # after the point: no more is shown


class _Look(NamedTuple):
    """One layer of one network, and where its units answer most."""

    network: Network
    layer: Layer
    images: Float[np.ndarray, "n 28 28"]
    found: Strongest
    patches: Float[np.ndarray, "units top high wide"]

    @property
    def field(self) -> ReceptiveField:
        return field_of(self.network, self.layer)


def _look(run: Run, digits: Digits, layer: Layer, end: End) -> _Look:
    network, images = Network.of(run, ENDS[end]), digits.held_out_images[:IMAGES]
    found = strongest(network, images, layer=layer, top=PATCHES)
    return _Look(network, layer, images, found, cut(network, images, found, layer=layer))


def units(run: Run, digits: Digits, *, layer: Layer, end: End) -> dict[str, Any]:
    """What drives each unit of a layer, and what it is made of.

    Args:
        run: A training of `SmallCNN`.
        digits: Patches are cut from the first 1,000 of those held out.
        layer: `conv1` or `conv2`.
        end: The `trained` network, or the `start` that it was before its first step.

    Returns:
        The `layer`, the `end`, the network's `padding`, and the `images` in words with their
        `source`. Of each unit the nine strongest `patches` (bytes; 255 is full ink) with their
        `labels`, `responses`, image `indices`, and the `rows` and `columns` where they begin;
        their `coherence` and, at the training's other end, `other_coherence`; three `projections`
        of the strongest patch; the `maximised` image and the response that it has `reached`; what
        its weights are made of.
    """
    look, twin = (_look(run, digits, layer, each) for each in (end, _OTHER[end]))
    words = digits.held_out_words
    whole = len(look.images) == len(digits.held_out_images)
    made_of = _fits if layer == "conv1" else _slices
    return {
        "layer": layer,
        "end": end,
        "padding": look.network.padding,
        "source": digits.source,
        "images": words if whole else f"the first {IMAGES:,} of {words}",
        **_patches(look, digits),
        "coherence": _rounded(coherence(look.patches)),
        "other_coherence": _rounded(coherence(twin.patches)),
        **_pictures(look, trained_network(run, ENDS[end])),
        **made_of(look.network),
    }


def levels(values: Float[np.ndarray, "*shape"]) -> dict[str, Any]:
    """Numbers from 0 to 1 as bytes from 0 to 255, in base64.

    Example:
        >>> levels(np.array([0.0, 1.0]))
        {'shape': [2], 'bytes': 'AP8='}
    """
    return _bytes(np.rint(np.clip(values, 0, 1) * INK).astype(np.uint8))


def signed_levels(pictures: Float[np.ndarray, "pictures ..."]) -> dict[str, Any]:
    """Pictures as bytes from -127 to 127, each with the value that 127 stands for.

    Example:
        >>> signed_levels(np.array([[0.5, -1.0]]))
        {'shape': [1, 2], 'bytes': 'QIE=', 'scales': [1.0]}
    """
    flat = np.abs(pictures).reshape(len(pictures), -1)
    scales = flat.max(axis=1).reshape(-1, *[1] * (pictures.ndim - 1))
    parts = np.divide(pictures, scales, out=np.zeros_like(pictures), where=scales > 0)
    return {
        **_bytes(np.rint(parts * SIGNED).astype(np.int8)),
        "scales": [float(f"{scale:.6g}") for scale in scales.flat],
    }


def _bytes(values: np.ndarray) -> dict[str, Any]:
    return {"shape": list(values.shape), "bytes": base64.b64encode(values.tobytes()).decode()}


def _patches(look: _Look, digits: Digits) -> dict[str, Any]:
    """The strongest patches and where they come from."""
    (top, left), (down, across) = look.field.start, look.field.jump
    return {
        "patches": levels(look.patches),
        "labels": digits.held_out_labels[look.found.image].tolist(),
        "responses": _rounded(look.found.response),
        "indices": look.found.image.tolist(),
        "rows": (look.found.row * down + top).tolist(),
        "columns": (look.found.column * across + left).tolist(),
    }


def _pictures(look: _Look, model: nn.Module) -> dict[str, Any]:
    """The strongest patch, projected; and the image that each unit answers most to."""
    image, row, column = (part[:, 0] for part in look.found[1:])
    place = np.stack([row, column], axis=1)
    channels = np.arange(len(image))
    projections = {}
    for method in get_args(Method):
        back = project(method, model, look.layer, look.images[image], channels, place=place)
        projections[method] = signed_levels(_seen(back, look.field, place))
    return {"projections": projections, **_maximised(look, unpadded(model))}


def unpadded(model: nn.Module) -> nn.Module:
    """The network as it is to a unit far from the border, which sees no padding.

    Example:
        >>> unpadded(nn.Conv2d(1, 1, 3, padding=1)).padding
        (0, 0)
    """
    for part in model.modules():
        if isinstance(part, nn.Conv2d):
            part.padding = (0, 0)
    return model


def _maximised(look: _Look, model: nn.Module) -> dict[str, Any]:
    """An image for each unit, as large as the unit can see, and the response that it reaches."""
    channels, (height, width) = np.arange(len(look.patches)), look.field.size
    cost = PAPER * float(np.median(np.abs(look.found.response[:, 0])))
    images = maximise(model, look.layer, channels, shape=(1, height, width), place=HERE, l1=cost)
    shown = torch.round(images * INK) / INK  # the response is that to what can be seen
    with torch.no_grad():
        reached = unit_responses(layer_responses(model, look.layer, shown), channels, HERE)
    return {"maximised": levels(shown[:, 0].numpy()), "reached": _rounded(reached.numpy())}


def _seen(
    images: Float[np.ndarray, "units 28 28"],
    field: ReceptiveField,
    places: Int[np.ndarray, "units 2"],
) -> Float[np.ndarray, "units high wide"]:
    """What one unit an image can see of it; beyond the border there is nothing."""
    high, wide = field.size
    padded = np.pad(images, [(0, 0), (high, high), (wide, wide)])
    cuts = []
    for image, (row, column) in zip(padded, places, strict=True):
        down, across = field.pixels(int(row), int(column))
        rows = slice(down.start + high, down.stop + high)
        columns = slice(across.start + wide, across.stop + wide)
        cuts.append(image[rows, columns])
    return np.stack(cuts)


def _fits(network: Network) -> dict[str, Any]:
    """The first layer's kernels, and how well the best edge, line and blob fit each."""
    kernels = network.conv1_weight[:, 0]
    return {
        "kernels": pack(kernels),
        "fits": {family: _rounded(fits) for family, fits in best_fits(kernels).items()},
        "chance": chance_of_fits(),
        "names": name_kernels(kernels).tolist(),
    }


def _slices(network: Network) -> dict[str, Any]:
    """How much each filter of the second layer takes from each channel; its strongest slices."""
    weight = network.conv2_weight  # (filters, channels, rows, columns)
    norms = np.linalg.norm(weight, axis=(2, 3))
    drawn = np.argsort(-norms, axis=1, kind="stable")[:, :SLICES]
    slices = np.take_along_axis(weight, drawn[..., None, None], axis=1)
    return {
        "kernels": pack(network.conv1_weight[:, 0]),  # a slice reads the map of one of them
        "norms": _rounded(norms),
        "drawn": drawn.tolist(),
        "slices": signed_levels(slices),
    }


def _rounded(values: ArrayLike) -> list[Any]:
    rounded: list[Any] = np.round(np.asarray(values, dtype=float), DIGITS).tolist()
    return rounded
