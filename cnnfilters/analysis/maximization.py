"""What would a unit answer most to? Climb its gradient, in the pixels instead of the weights.

Source: Olah, Mordvintsev & Schubert 2017, *Feature visualization*; the idea is older (Erhan,
Bengio, Courville & Vincent 2009).
"""

from __future__ import annotations

from typing import Literal

import torch
from torch import Tensor, nn
from torch.nn import functional

from cnnfilters.analysis.fourier_image import waves_to_pixels
from cnnfilters.analysis.layer_responses import (
    Channels,
    Places,
    at_rest,
    layer_responses,
    unit_responses,
)

Parameters = Literal["pixel", "fourier"]
START = 1.0  # spread of the random start, before the sigmoid; faint noise may leave every ReLU shut


def maximise(
    model: nn.Module,
    layer: str,
    channel: Channels,
    *,
    shape: tuple[int, int, int],
    place: Places | Literal["everywhere"] = "everywhere",
    bounds: tuple[float, float] = (0.0, 1.0),
    parameters: Parameters = "pixel",
    steps: int = 100,
    rate: float = 0.1,
    jitter: int = 0,
    l1: float = 0.0,
    total_variation: float = 0.0,
    seed: int = 0,
) -> Tensor:
    """Images that a unit, a channel or a class answers to strongly.

    An image begins as noise and takes steps up the gradient of the response. A sigmoid keeps
    every pixel between the bounds. Without penalties and jitter the result is often noise to the
    eye; what is asked for here decides much of what is seen.

    Args:
        model: Any network; torchvision's too.
        layer: Its name for the layer: `conv2`, `features.0`, `fc`.
        channel: Index of the channel; of the class, where the layer gives logits. Several make
            several images.
        shape: Of one image: channels, height, width.
        place: `everywhere` takes the mean of the channel's whole map. A row and a column take that
            unit alone. A layer without places needs none.
        bounds: The least and the largest value that a pixel can take.
        parameters: What the steps change: each `pixel`, or the waves that sum to the image
            (`fourier`), where coarse shapes come as easily as fine ones.
        steps: Of Adam.
        rate: Its learning rate.
        jitter: The image is moved by up to so many pixels before each step, in both directions,
            so that no single pixel matters. What comes in at the border repeats it.
        l1: What an image that is at its upper bound everywhere loses, in units of response; the
            penalty for the mean distance from the lower bound.
        total_variation: What an image loses whose every pixel differs from its neighbours by the
            whole range, likewise.
        seed: Of the start and the jitter.

    Returns:
        `(images, channels, height, width)`, one image for each channel.

    Raises:
        ValueError: A layer, channel or place that isn't there, or an option out of range; the
            message names it.

    Example:
        >>> weights = nn.Linear(2, 1)
        >>> _ = weights.weight.data.copy_(torch.tensor([[3.0, -4.0]]))
        >>> network = nn.Sequential(nn.Flatten(), weights)
        >>> maximise(network, "1", 0, shape=(1, 1, 2)).round()
        tensor([[[[1., 0.]]]])
    """
    _check(shape, bounds, parameters, {"steps": steps, "jitter": jitter}, rate)
    channels = torch.as_tensor(channel).reshape(-1)
    numbers = torch.Generator().manual_seed(seed)  # our own, on the CPU: the same everywhere
    start = _start(parameters, (len(channels), *shape), numbers)
    device = next((weight.device for weight in model.parameters()), torch.device("cpu"))
    changed = start.to(device).requires_grad_()
    optimizer = torch.optim.Adam([changed], lr=rate)
    with torch.enable_grad(), at_rest(model):
        for _ in range(steps):
            images = _images(changed, parameters, shape[2], bounds)
            responses = layer_responses(model, layer, _moved(images, jitter, numbers))
            response = _objective(responses, channels, place)
            loss = _penalties(images, bounds, l1, total_variation) - response
            (changed.grad,) = torch.autograd.grad(loss.sum(), changed)  # none for the weights
            optimizer.step()
    with torch.no_grad():
        return _images(changed, parameters, shape[2], bounds)


def _start(parameters: Parameters, shape: tuple[int, ...], numbers: torch.Generator) -> Tensor:
    images, channels, height, width = shape
    size = (images, channels, height, width)
    if parameters == "fourier":
        return START * torch.randn((*size[:3], width // 2 + 1, 2), generator=numbers)
    return START * torch.randn(size, generator=numbers)


def _images(
    changed: Tensor, parameters: Parameters, width: int, bounds: tuple[float, float]
) -> Tensor:
    low, high = bounds
    pixels = changed if parameters == "pixel" else waves_to_pixels(changed, width)
    return low + (high - low) * pixels.sigmoid()


def _moved(images: Tensor, jitter: int, numbers: torch.Generator) -> Tensor:
    """All images by the same random distance."""
    if not jitter:
        return images
    down, right = torch.randint(0, 2 * jitter + 1, (2,), generator=numbers).tolist()
    height, width = images.shape[2:]
    padded = functional.pad(images, [jitter] * 4, mode="replicate")
    return padded[:, :, down : down + height, right : right + width]


def _objective(
    responses: Tensor, channels: Tensor, place: Places | Literal["everywhere"]
) -> Tensor:
    """What is to grow, for each image."""
    if not isinstance(place, str):
        return unit_responses(responses, channels, place)
    means = responses.flatten(2).mean(2) if responses.dim() > 2 else responses
    return unit_responses(means, channels)


def _penalties(
    images: Tensor, bounds: tuple[float, float], l1: float, total_variation: float
) -> Tensor:
    """What is to stay small, for each image."""
    low, high = bounds
    ink = (images - low) / (high - low)
    loss = l1 * ink.flatten(1).mean(1)
    if total_variation:
        for axis in (2, 3):
            loss = loss + total_variation / 2 * ink.diff(dim=axis).abs().flatten(1).mean(1)
    return loss


def _check(
    shape: tuple[int, int, int],
    bounds: tuple[float, float],
    parameters: str,
    counts: dict[str, int],
    rate: float,
) -> None:
    if min(shape) < 1:
        raise ValueError(f"`shape` (={shape}) must be of channels, height and width, each above 0")
    if not bounds[0] < bounds[1]:
        raise ValueError(f"`bounds` (={bounds}) must be a lower and a higher number")
    if parameters not in ("pixel", "fourier"):
        raise ValueError(f"`parameters` (={parameters!r}) must be pixel or fourier")
    for name, count in counts.items():
        if count < 0:
            raise ValueError(f"`{name}` (={count}) must be at least 0")
    if not rate > 0:
        raise ValueError(f"`rate` (={rate}) must be above 0")
