"""What excites a unit most: patches of images, cut to what the unit can see."""

from __future__ import annotations

from typing import Literal, NamedTuple, get_args

import numpy as np
from jaxtyping import Float, Int

from cnnfilters.analysis.forward import (
    Network,
    batches,
    correlate_batch,
    max_pool,
    normalise,
    relu,
)
from cnnfilters.arithmetic import ConvGeometry, Pooling, ReceptiveField, receptive_field
from cnnfilters.digits import MEAN

Layer = Literal["conv1", "conv2"]


class Strongest(NamedTuple):
    """Where each unit of a layer answers most: one place an image, the strongest image first.

    A unit is a channel here, at whichever place it answers most: weights are shared by all places.

    Attributes:
        response: Before pooling and ReLU, the strongest first.
        image: Index into the images.
        row: Of the layer's map, from 0.
        column: Of the layer's map, from 0.
    """

    response: Float[np.ndarray, "units top"]
    image: Int[np.ndarray, "units top"]
    row: Int[np.ndarray, "units top"]
    column: Int[np.ndarray, "units top"]


def field_of(network: Network, layer: Layer) -> ReceptiveField:
    """What a unit of a layer can see of the image.

    Args:
        network: Weights, as `Network.of(run)` gives them.
        layer: Before its pooling.

    Returns:
        Size and place, in pixels; they follow from the layers below.

    Raises:
        ValueError: The layer is unknown.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> field_of(network, "conv1").size, field_of(network, "conv2").size
        ((3, 3), (8, 8))
    """
    _check_layer(layer)
    sides = network.conv1_weight.shape[-1], network.conv2_weight.shape[-1]
    first, second = (ConvGeometry(side, padding=network.padding) for side in sides)
    return receptive_field([first] if layer == "conv1" else [first, Pooling(2), second])


def responses(
    network: Network, images: Float[np.ndarray, "batch height width"], layer: Layer
) -> Float[np.ndarray, "batch units rows columns"]:
    """The maps of one layer, before pooling and ReLU.

    Args:
        network: Weights, as `Network.of(run)` gives them.
        images: Ink in [0, 1], of any size that the layer fits into.
        layer: Which one.

    Returns:
        One map for each image and unit.

    Raises:
        ValueError: The layer is unknown.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> responses(network, np.zeros((2, 10, 10)), "conv1").shape
        (2, 1, 8, 8)
    """
    _check_layer(layer)
    maps = correlate_batch(
        normalise(images), network.conv1_weight, network.conv1_bias, padding=network.padding
    )
    if layer == "conv1":
        return maps
    below = relu(max_pool(maps))
    return correlate_batch(below, network.conv2_weight, network.conv2_bias, padding=network.padding)


def strongest(
    network: Network,
    images: Float[np.ndarray, "n height width"],
    *,
    layer: Layer = "conv2",
    top: int = 9,
) -> Strongest:
    """The images that excite each unit of a layer most, and where in them.

    Args:
        network: Weights, as `Network.of(run)` gives them.
        images: Ink in [0, 1]; each counts once for a unit, at its strongest place.
        layer: Whose units.
        top: How many images for each unit.

    Returns:
        Responses and places, the strongest first.

    Raises:
        ValueError: There are fewer images than `top`, or it is no count, or the layer is unknown.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> images = np.zeros((2, 10, 10))
        >>> images[1, 4, 5] = 1  # one spot of ink
        >>> found = strongest(network, images, layer="conv1", top=1)
        >>> found.image, found.row, found.column
        (array([[1]]), array([[2]]), array([[4]]))
    """
    if not 1 <= top <= len(images):
        raise ValueError(f"`top` (={top}) must be from 1 to the number of images, {len(images)}")
    best, places = [], []
    for batch in batches(len(images)):
        maps = responses(network, images[batch], layer)
        flat = maps.reshape(*maps.shape[:2], -1)
        best.append(flat.max(axis=2))
        places.append(flat.argmax(axis=2))
    response, place = np.concatenate(best).T, np.concatenate(places).T  # (units, images)
    order = np.argsort(-response, axis=1, kind="stable")[:, :top]
    row, column = np.divmod(np.take_along_axis(place, order, axis=1), maps.shape[3])
    return Strongest(np.take_along_axis(response, order, axis=1), order, row, column)


def cut(
    network: Network,
    images: Float[np.ndarray, "n height width"],
    found: Strongest,
    *,
    layer: Layer = "conv2",
) -> Float[np.ndarray, "units top rows columns"]:
    """The pixels that those units saw, and no others.

    A padded network sees zeros round the normalised image, which stand for an ink of 0.1307; a
    patch that reaches over the border shows this grey there. Zeros that stand round the second
    layer's input are no pixels at all, and are shown in the same grey.

    Args:
        network: Weights, as `Network.of(run)` gives them.
        images: Those that `strongest` was given.
        found: What it returned.
        layer: Likewise.

    Returns:
        Ink in [0, 1], of the size of the receptive field.

    Example:
        >>> ones, none = np.ones((1, 1, 3, 3)), np.zeros(1)
        >>> network = Network(ones, none, ones, none, np.ones((10, 1)), np.zeros(10), padding=0)
        >>> images = np.zeros((2, 10, 10))
        >>> images[1, 4, 5] = 1  # one spot of ink
        >>> found = strongest(network, images, layer="conv1", top=1)
        >>> cut(network, images, found, layer="conv1")[0, 0]
        array([[0., 0., 0.],
               [0., 0., 0.],
               [0., 1., 0.]])
    """
    field = field_of(network, layer)
    patches = [
        _window(images[image], *field.pixels(int(row), int(column)))
        for image, row, column in zip(
            found.image.flat, found.row.flat, found.column.flat, strict=True
        )
    ]
    return np.stack(patches).reshape(*found.image.shape, *field.size)


def elsewhere(found: Strongest, *, images: int, seed: int = 0) -> Strongest:
    """The same places of other images, drawn at random: what place alone would show.

    Args:
        found: Where units answer most.
        images: How many images there are to draw from.
        seed: Of the draw.

    Returns:
        The places of `found` in random images, none twice for a unit. Its responses are still
        those of the images before, and mean nothing.

    Example:
        >>> place = np.full((2, 3), 4)
        >>> found = Strongest(np.zeros((2, 3)), place, place, place)
        >>> other = elsewhere(found, images=3)
        >>> other.row[0], other.image.sum(axis=1)  # the places stay, each image once
        (array([4, 4, 4]), array([3, 3]))
    """
    return found._replace(image=_drawn(found, images, np.random.default_rng(seed)))


def anywhere(found: Strongest, *, images: int, side: int, seed: int = 0) -> Strongest:
    """Random places of random images: what any patches would show.

    Args:
        found: How many units, and how many patches for each.
        images: How many images there are to draw from.
        side: Rows and columns of the layer's map.
        seed: Of the draw.

    Returns:
        Random images, none twice for a unit, and places. Its responses mean nothing.

    Example:
        >>> place = np.zeros((2, 3), dtype=int)
        >>> found = Strongest(np.zeros((2, 3)), place, place, place)
        >>> anywhere(found, images=3, side=8).image.sum(axis=1)  # each image once
        array([3, 3])
    """
    rng = np.random.default_rng(seed)
    row, column = rng.integers(0, side, (2, *found.row.shape))
    return found._replace(image=_drawn(found, images, rng), row=row, column=column)


def coherence(patches: Float[np.ndarray, "units top rows columns"]) -> Float[np.ndarray, " units"]:
    """How alike the patches of a unit are: the mean correlation over all pairs of them.

    A blank patch correlates with nothing, and counts as 0.

    Args:
        patches: At least two for each unit.

    Returns:
        1 where all patches are the same up to contrast, about 0 where they have nothing in common.

    Raises:
        ValueError: There is one patch or none.

    Example:
        >>> edge = np.array([[0.0, 1.0], [0.0, 1.0]])
        >>> coherence(np.array([[edge, edge / 2], [edge, 1 - edge]]))
        array([ 1., -1.])
    """
    units, top = patches.shape[:2]
    if top < 2:
        raise ValueError(f"`patches` (of {top} for each unit) must hold at least two")
    flat = patches.reshape(units, top, -1).astype(float)
    pattern = flat - flat.mean(axis=2, keepdims=True)
    length = np.linalg.norm(pattern, axis=2, keepdims=True)
    directions = np.divide(pattern, length, out=np.zeros_like(pattern), where=length > BLANK)
    alike = directions @ directions.transpose(0, 2, 1)  # (units, top, top)
    pairs = alike.sum(axis=(1, 2)) - np.trace(alike, axis1=1, axis2=2)
    return np.asarray(pairs / (top * (top - 1)))


def commonest_share(labels: Int[np.ndarray, "units top"]) -> Float[np.ndarray, " units"]:
    """The share of a unit's patches that come from its commonest digit.

    Args:
        labels: The digit that each patch is cut from.

    Example:
        >>> commonest_share(np.array([[7, 7, 7, 1], [0, 1, 2, 3]]))
        array([0.75, 0.25])
    """
    return np.array([np.bincount(row).max() / len(row) for row in labels])


BLANK = 1e-6  # a patch with less contrast, in ink, is rounding and no pattern


def _window(
    image: Float[np.ndarray, "height width"], down: range, across: range
) -> Float[np.ndarray, "rows columns"]:
    """A part of an image that may reach over its border, where padding is grey once shown."""
    reach = [
        (max(0, -part.start), max(0, part.stop - side))
        for part, side in zip((down, across), image.shape, strict=True)
    ]
    padded = np.pad(image, reach, constant_values=MEAN)
    (above, _), (left, _) = reach
    return padded[down.start + above : down.stop + above, across.start + left : across.stop + left]


def _drawn(found: Strongest, images: int, rng: np.random.Generator) -> Int[np.ndarray, "units top"]:
    """As many images for each unit, none twice."""
    top = found.image.shape[1]
    return np.stack([rng.choice(images, size=top, replace=False) for _ in found.image])


def _check_layer(layer: str) -> None:
    if layer not in get_args(Layer):
        raise ValueError(f"`layer` (={layer!r}) must be one of {', '.join(get_args(Layer))}")
