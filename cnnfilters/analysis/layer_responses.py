"""What any layer of any network answers, by the layer's name, and one unit of it for each image."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

Channels = int | Sequence[int] | np.ndarray | Tensor  # one for all images, or one for each
Places = tuple[int, int] | Sequence[Sequence[int]] | np.ndarray | Tensor  # (row, column), likewise
NAMES_SHOWN = 8  # in a message


class _ReachedError(Exception):
    """Thrown by the hook once the layer has answered: what lies above it need not run."""

    def __init__(self, response: Any) -> None:
        super().__init__()
        self.response = response


def layer_responses(model: nn.Module, layer: str, images: Tensor) -> Tensor:
    """Run a network up to one of its layers, and no further.

    A forward hook catches what the layer gives when it is first called, and is taken away again.
    The images may have another size than the layers above could take.

    Args:
        model: Any network.
        layer: Its name for the layer, as `model.named_modules()` lists it: `conv2`, `features.0`.
        images: Whatever the network takes, first axis `batch`.

    Returns:
        `(batch, channels, height, width)` for a convolution, `(batch, channels)` for a linear
        layer.

    Raises:
        ValueError: The network has no such layer, or doesn't use it.
        TypeError: The layer gives something else than one tensor.

    Example:
        >>> doubled = nn.Linear(1, 1, bias=False)
        >>> _ = nn.init.constant_(doubled.weight, 2.0)
        >>> layer_responses(nn.Sequential(doubled, nn.ReLU()), "0", torch.tensor([[-3.0]])).item()
        -6.0
    """
    hook = _named(model, layer).register_forward_hook(_stop)
    try:
        model(images)
    except _ReachedError as reached:
        if isinstance(reached.response, Tensor):
            return reached.response
        kind = type(reached.response).__name__
        raise TypeError(f"`layer` (={layer!r}) gives a {kind}, not one tensor") from None
    finally:
        hook.remove()
    raise ValueError(f"`layer` (={layer!r}) is not used by the network")


def unit_responses(responses: Tensor, channel: Channels, place: Places | None = None) -> Tensor:
    """One number for each image: the response of its unit.

    Args:
        responses: `(batch, channels, ...)`, as `layer_responses` gives them.
        channel: Index of the channel; one for all images, or one for each.
        place: Row and column in the channel's map; one pair for all images, or one for each.
            None is the place where the channel answers most. A layer without places needs none.

    Returns:
        `(batch,)`.

    Raises:
        ValueError: A channel or a place is outside of the layer.

    Example:
        >>> maps = torch.tensor([[[[1.0, 5.0], [2.0, 3.0]]]])
        >>> unit_responses(maps, 0).item(), unit_responses(maps, 0, (1, 0)).item()
        (5.0, 2.0)
    """
    batch, spots = responses.shape[0], _spots(responses, channel, place)
    every: Tensor = responses.flatten(1)
    return every[torch.arange(batch, device=every.device), spots]


def only_units(responses: Tensor, channel: Channels, place: Places | None = None) -> Tensor:
    """One for the unit of each image, zero for every other unit of the layer.

    Args:
        responses: `(batch, channels, ...)`, which decide the strongest place.
        channel: As for `unit_responses`.
        place: As for `unit_responses`.

    Returns:
        The shape of `responses`.

    Example:
        >>> only_units(torch.tensor([[[[1.0, 5.0], [2.0, 3.0]]]]), 0)
        tensor([[[[0., 1.],
                  [0., 0.]]]])
    """
    spots = _spots(responses, channel, place)
    blank = torch.zeros_like(responses.flatten(1))
    return blank.scatter_(1, spots[:, None], 1.0).view_as(responses)


@contextmanager
def at_rest(model: nn.Module) -> Iterator[None]:
    """Dropout and batch statistics switched off while this lasts, and put back one by one.

    Example:
        >>> model = nn.Dropout()
        >>> with at_rest(model):
        ...     print(model.training)
        False
        >>> model.training
        True
    """
    learning = [part for part in model.modules() if part.training]
    model.eval()
    try:
        yield
    finally:
        for part in learning:
            part.training = True


def _stop(_module: nn.Module, _inputs: Any, output: Any) -> None:
    raise _ReachedError(output)


def _named(model: nn.Module, layer: str) -> nn.Module:
    layers: dict[str, nn.Module] = dict(model.named_modules())
    if layer not in layers:
        names = [name for name in layers if name]
        more = ", …" if len(names) > NAMES_SHOWN else ""
        known = ", ".join(names[:NAMES_SHOWN]) + more
        raise ValueError(f"`layer` (={layer!r}) must be one of {known}")
    return layers[layer]


def _spots(responses: Tensor, channel: Channels, place: Places | None) -> Tensor:
    """Where each image's unit lies among the flattened numbers of its layer: `(batch,)`."""
    batch, channels = responses.shape[:2]
    chosen = _checked("channel", channel, (batch,), (channels,), responses.device)
    maps = responses.detach().flatten(2) if responses.dim() > 2 else responses.detach()[..., None]
    size = maps.shape[2]
    if place is None:
        own = maps[torch.arange(batch, device=chosen.device), chosen]  # (batch, places)
        return chosen * size + own.argmax(dim=1)
    if responses.dim() != 4:
        raise ValueError(f"`place` (={place!r}) must be None: the layer has no rows and columns")
    sides = tuple(responses.shape[2:])
    where = _checked("place", place, (batch, 2), sides, responses.device)
    return chosen * size + where[:, 0] * sides[1] + where[:, 1]


def _checked(
    name: str, value: Any, shape: tuple[int, ...], limits: tuple[int, ...], device: torch.device
) -> Tensor:
    """Whole numbers in range, one (or one pair) for each image."""
    found = torch.as_tensor(value)
    if found.is_floating_point() or found.dtype == torch.bool:
        raise TypeError(f"`{name}` (={value!r}) must be of whole numbers")
    if found.shape not in (shape, shape[1:]):
        raise ValueError(f"`{name}` (={value!r}) must be one for all {shape[0]} images or for each")
    if bool((found < 0).any()) or bool((found >= torch.tensor(limits)).any()):
        most = ", ".join(str(limit - 1) for limit in limits)
        raise ValueError(f"`{name}` (={value!r}) must be from 0 to {most}")
    return found.to(device).expand(shape)
