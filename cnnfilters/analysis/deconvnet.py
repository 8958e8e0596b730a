"""A network turned upside down, step by step, to send one unit's response back to the pixels."""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from cnnfilters.analysis.layer_responses import Channels, Places, only_units
from cnnfilters.digits import MEAN, STD
from cnnfilters.model import SmallCNN


class Pooling(NamedTuple):
    """What a max-pooling has to remember so that it can be gone back through.

    Attributes:
        switches: For each pooled number, where in its flattened map it came from.
        size: Height and width before pooling.
    """

    switches: Tensor
    size: torch.Size


def deconvnet(
    model: SmallCNN,
    layer: Literal["conv1", "conv2", "fc"],
    images: Tensor,
    channel: Channels,
    *,
    place: Places | None = None,
) -> Tensor:
    """The deconvnet of Zeiler and Fergus: a network turned upside down, step by step.

    Every unit of the layer is set to zero but one. From there each layer is undone: unpool,
    rectify, filter. The one unit starts at 1, where Zeiler and Fergus start at its response; that
    would scale the picture and nothing else.

    Args:
        model: The network; its layers are undone one by one, in sight.
        layer: `conv1`, `conv2`, or `fc`, whose channels are the classes.
        images: `(batch, 1, height, width)`, ink in [0, 1].
        channel: As for `gradient`.
        place: As for `gradient`.

    Returns:
        The shape of `images`, in units of response for each unit of ink.

    Raises:
        ValueError: There is no such layer, channel or place.

    Example:
        >>> model = SmallCNN()
        >>> _ = nn.init.ones_(model.conv1.weight)
        >>> picture = deconvnet(model, "conv1", torch.zeros(1, 1, 28, 28), 3, place=(0, 0))
        >>> int((picture > 1).sum()), round(picture.max().item(), 2)  # 5×5 pixels, each 1 / 0.3081
        (25, 3.25)

    Source: Zeiler & Fergus 2014, *Visualizing and understanding convolutional networks*, section 2.
    """
    if layer not in ("conv1", "conv2", "fc"):
        raise ValueError(f"`layer` (={layer!r}) must be one of conv1, conv2, fc")
    with torch.no_grad():
        maps, passed = (images - MEAN) / STD, list[tuple[nn.Conv2d, Pooling]]()
        for convolution in _below(model, layer):
            maps, pooling = pool(convolution(maps))
            maps = functional.relu(maps)
            passed.append((convolution, pooling))
        if layer == "fc":
            signal = only_units(model.fc(maps.flatten(1)), channel, place)
            signal = (signal @ model.fc.weight).view_as(maps)
        else:
            top = model.conv1 if layer == "conv1" else model.conv2
            signal = only_units(top(maps), channel, place)
            signal = transposed_filters(signal, top)
        for convolution, pooling in reversed(passed):
            signal = functional.relu(unpool(signal, pooling))
            signal = transposed_filters(signal, convolution)
        return signal / STD  # the input was divided by it, too


def pool(maps: Tensor) -> tuple[Tensor, Pooling]:
    """The largest number of each 2×2 block, and where it came from.

    Args:
        maps: `(batch, channels, height, width)`.

    Returns:
        Maps of half the size, and what `unpool` needs.

    Example:
        >>> maps = torch.tensor([[[[1.0, 2.0], [4.0, 3.0]]]])
        >>> largest, memory = pool(maps)
        >>> largest.item(), memory.switches.item()  # the third of four
        (4.0, 2)
    """
    largest, switches = functional.max_pool2d(maps, 2, return_indices=True)
    return largest, Pooling(switches, maps.shape[2:])


def unpool(maps: Tensor, pooling: Pooling) -> Tensor:
    """Put each number back where the largest of its block was; all other places are zero.

    Args:
        maps: `(batch, channels, height, width)`, of the pooled size.
        pooling: What `pool` remembered.

    Returns:
        `(batch, channels, height, width)`, of the size before pooling.

    Example:
        >>> largest, pooling = pool(torch.tensor([[[[1.0, 5.0], [2.0, 3.0]]]]))
        >>> unpool(7 * torch.ones_like(largest), pooling)
        tensor([[[[0., 7.],
                  [0., 0.]]]])
    """
    blank = maps.new_zeros((*maps.shape[:2], pooling.size.numel()))
    put = blank.scatter_(2, pooling.switches.flatten(2), maps.flatten(2))
    return put.view(*maps.shape[:2], *pooling.size)


def transposed_filters(maps: Tensor, convolution: nn.Conv2d) -> Tensor:
    """Send each number back along its own filter: the same filters, turned by 180 degrees.

    Args:
        maps: `(batch, filters, height, width)`, as the convolution gives them.
        convolution: With a stride of 1 and one group.

    Returns:
        `(batch, channels, height, width)`, as the convolution takes them.

    Example:
        >>> layer = nn.Conv2d(1, 1, 2, bias=False)
        >>> _ = nn.init.ones_(layer.weight)
        >>> transposed_filters(torch.ones(1, 1, 1, 1), layer).tolist()
        [[[[1.0, 1.0], [1.0, 1.0]]]]

    Source: Dumoulin & Visin 2016, Relationship 9.
    """
    weight = convolution.weight  # (filters, channels, rows, columns)
    padding: Any = convolution.padding  # a pair, unless it was given as a word
    rows, columns = (
        size - 1 - cut for size, cut in zip(convolution.kernel_size, padding, strict=True)
    )
    turned = weight.flip(2, 3).transpose(0, 1)
    return functional.conv2d(maps, turned, padding=(rows, columns))


def _below(model: SmallCNN, layer: str) -> list[nn.Conv2d]:
    """The convolutions that are passed, with their pooling and ReLU, on the way to a layer."""
    return {"conv1": [], "conv2": [model.conv1], "fc": [model.conv1, model.conv2]}[layer]
