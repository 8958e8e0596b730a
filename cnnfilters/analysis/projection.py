"""What in an image made a unit answer: three ways back from one unit to the pixels.

All three go back through the layers in the same way, and differ at ReLU alone:

- the gradient passes where the *signal* was positive on its way up;
- the deconvnet passes what is positive on its *way back*;
- guided backpropagation passes what is both.

Sources: Simonyan, Vedaldi & Zisserman 2014 (gradient); Zeiler & Fergus 2014 (deconvnet);
Springenberg et al. 2015 (guided backpropagation).
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn import functional
from torch.overrides import TorchFunctionMode

from cnnfilters.analysis.deconvnet import deconvnet
from cnnfilters.analysis.layer_responses import (
    Channels,
    Places,
    at_rest,
    layer_responses,
    unit_responses,
)

Method = Literal["gradient", "guided", "deconvnet"]
Images = Float[np.ndarray, "batch height width"]
RELUS = (  # however a network spells it; `nn.ReLU` calls the first
    functional.relu,
    functional.relu_,
    torch.relu,
    torch.relu_,
    Tensor.relu,
    Tensor.relu_,
)


def gradient(
    model: nn.Module, layer: str, images: Tensor, channel: Channels, *, place: Places | None = None
) -> Tensor:
    """How a unit's response changes with each pixel.

    Args:
        model: Any network.
        layer: Its name for the layer: `conv2`, `features.0`.
        images: `(batch, channels, height, width)`, as the network takes them.
        channel: The unit's channel; one for all images, or one for each.
        place: Its row and column in the channel's map, likewise; None is where the channel answers
            most in each image. A layer without places, such as the last, needs none.

    Returns:
        The shape of `images`, in units of response for each unit of ink.

    Raises:
        ValueError: There is no such layer, channel or place.

    Example:
        >>> weighted = nn.Linear(2, 1)
        >>> _ = weighted.weight.data.copy_(torch.tensor([[3.0, -4.0]]))
        >>> gradient(nn.Sequential(weighted), "0", torch.ones(1, 2), 0)
        tensor([[ 3., -4.]])

    Source: Simonyan, Vedaldi & Zisserman 2014, *Deep inside convolutional networks*.
    """
    seen = images.detach().clone().requires_grad_()
    with torch.enable_grad(), at_rest(model):
        response = unit_responses(layer_responses(model, layer, seen), channel, place)
        (found,) = torch.autograd.grad(response.sum(), seen)  # images don't meet: the sum is safe
    return found


def guided_backpropagation(
    model: nn.Module, layer: str, images: Tensor, channel: Channels, *, place: Places | None = None
) -> Tensor:
    """The gradient, with everything negative dropped at each ReLU on the way back.

    What is left are the pixels that speak for the unit on every step of the way; those that speak
    against it through a hidden unit are lost. It is no gradient of anything.

    Args:
        model: Any network whose only non-linearities besides pooling are ReLUs; others pass the
            plain gradient.
        layer: As for `gradient`.
        images: As for `gradient`.
        channel: As for `gradient`.
        place: As for `gradient`.

    Returns:
        The shape of `images`.

    Raises:
        ValueError: There is no such layer, channel or place.

    Example:
        >>> from cnnfilters.model import SmallCNN
        >>> guided_backpropagation(SmallCNN(), "conv2", torch.zeros(1, 1, 28, 28), 5).shape
        torch.Size([1, 1, 28, 28])

    Source: Springenberg, Dosovitskiy, Brox & Riedmiller 2015, *Striving for simplicity*.
    """
    with _GuideReLUs():
        return gradient(model, layer, images, channel, place=place)


class _GuideReLUs(TorchFunctionMode):
    """While it lasts, each ReLU lets only positive gradients through; ReLU itself does the rest."""

    def __torch_function__(
        self, function: Any, _types: Any, args: Any = (), kwargs: Any = None
    ) -> Any:
        result = function(*args, **(kwargs or {}))
        if function in RELUS and result.requires_grad:
            result.register_hook(lambda upstream: upstream.clamp(min=0))
        return result


def project(
    method: Method,
    model: nn.Module,
    layer: str,
    images: Images,
    channel: Channels,
    *,
    place: Places | None = None,
) -> Images:
    """One of the three by name, arrays in and arrays out: many units of one network at once.

    Args:
        method: `gradient`, `guided` or `deconvnet`.
        model: A network for images of one channel; for the deconvnet a `SmallCNN`.
        layer: As for `gradient`.
        images: Ink in [0, 1].
        channel: As for `gradient`; image 0 can have unit 0, image 1 unit 1, and so on.
        place: As for `gradient`.

    Returns:
        One picture for each image, in units of response for each unit of ink.

    Raises:
        ValueError: `method` is unknown, or there is no such layer, channel or place.

    Example:
        >>> from cnnfilters.model import SmallCNN
        >>> project("gradient", SmallCNN(), "conv2", np.zeros((2, 28, 28)), np.array([5, 7])).shape
        (2, 28, 28)
    """
    ways: dict[str, Any] = {
        "gradient": gradient,
        "guided": guided_backpropagation,
        "deconvnet": deconvnet,
    }
    if method not in ways:
        raise ValueError(f"`method` (={method!r}) must be one of {', '.join(ways)}")
    batch = torch.from_numpy(np.ascontiguousarray(images, dtype=np.float32))[:, None]
    found: Tensor = ways[method](model, layer, batch, channel, place=place)
    return found[:, 0].numpy()
