"""Networks of torchvision with their published weights, for readers who have the weights at hand.

Nothing that the site builds needs them: they are hundreds of megabytes, and come from elsewhere.
"""

from __future__ import annotations

import urllib.error
from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn


class PretrainedError(RuntimeError):
    """The weights can't be had, or are not what they should be; one line says what to do."""


class Normalised(nn.Module):
    """A network that takes pixels in [0, 1] and normalises them itself, so no caller can forget.

    Args:
        network: What comes after.
        mean: Of each channel in its training images.
        std: Their standard deviations.

    Example:
        >>> Normalised(nn.Identity(), [0.5], [0.25])(torch.tensor([[[[1.0]]]])).item()
        2.0
    """

    mean: Tensor
    std: Tensor

    def __init__(self, network: nn.Module, mean: Sequence[float], std: Sequence[float]) -> None:
        super().__init__()
        self.network = network
        self.register_buffer("mean", torch.tensor(mean)[:, None, None])
        self.register_buffer("std", torch.tensor(std)[:, None, None])

    def forward(self, images: Tensor) -> Tensor:
        """Images `(batch, 3, height, width)` in [0, 1] to what the network gives."""
        answer: Tensor = self.network((images - self.mean) / self.std)
        return answer


def load_pretrained(name: str = "alexnet") -> Normalised:
    """A classifier of torchvision with the weights that its authors published.

    The weights are read from torch's cache, or downloaded into it through torchvision, and unpacked
    as numbers only: no code that a file might carry is run.

    Args:
        name: `alexnet`, `vgg16`, `resnet18`, …: a name that `torchvision.models.list_models()` has.

    Returns:
        The network at rest, for pixels in [0, 1]. Its layers are called `network.features.0` and so
        on, where torchvision calls them `features.0`.

    Raises:
        ValueError: torchvision has no classifier of this name with weights.
        PretrainedError: The weights can be neither found nor downloaded, or the file is damaged.
    """
    from torchvision import models

    try:
        weights = models.get_model_weights(name).DEFAULT
        expected = weights.transforms()
        mean, std = expected.mean, expected.std
    except (ValueError, AttributeError) as error:  # unknown, without weights, or no classifier
        raise ValueError(f"`name` (={name!r}) must be a classifier, such as alexnet") from error
    with torch.random.fork_rng(devices=[]):  # a start is drawn, then replaced
        network = models.get_model(name, weights=None)
    try:
        numbers = weights.get_state_dict(
            progress=False, check_hash=True, map_location="cpu", weights_only=True
        )
        network.load_state_dict(numbers)
    except Exception as error:  # a damaged or foreign file fails in any way
        raise PretrainedError(_advice(name, weights.url, error)) from error
    return Normalised(network, mean, std).eval().requires_grad_(requires_grad=False)


def first_filters(model: nn.Module) -> Float[np.ndarray, "filters channels height width"]:
    """The weights of a network's first convolution.

    Args:
        model: Any network; 11×11 colour filters, if it is AlexNet.

    Raises:
        ValueError: It has no convolution.

    Example:
        >>> first_filters(nn.Sequential(nn.ReLU(), nn.Conv2d(3, 8, kernel_size=5))).shape
        (8, 3, 5, 5)
    """
    for part in model.modules():
        if isinstance(part, nn.Conv2d):
            return part.weight.detach().cpu().numpy()
    raise ValueError(f"`model` (a {type(model).__name__}) must have a convolution with 2-D kernels")


def _advice(name: str, url: str, error: Exception) -> str:
    """One line: what failed, and what helps."""
    reason = " ".join(str(getattr(error, "reason", "") or error).split()) or repr(error)
    file = f"{torch.hub.get_dir()}/checkpoints/{url.rsplit('/', 1)[1]}"
    if isinstance(error, urllib.error.URLError):
        return f"the weights of {name} can't be downloaded ({reason}); put {url} at {file}"
    return f"the weights of {name} at {file} can't be used ({reason[:120]}); delete the file"
