"""What reaches each layer of any PyTorch network: the features that a read-out can be given."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn

BATCH = 500  # images at once


def what_reaches(
    model: nn.Module, layers: Sequence[str], images: Float[np.ndarray, "images ..."]
) -> dict[str, Float[np.ndarray, "images features"]]:
    """The numbers that each layer is given, after all that stands before it.

    What reaches `conv2` is what `conv1` made, after ReLU and pooling, wherever these are written.

    Args:
        model: Any network that takes a batch of images.
        layers: Names as `named_modules()` gives them, such as `conv2` or `features.3`.
        images: What the network is shown, `(n, height, width)` with ink in [0, 1], or
            `(n, channels, height, width)`.

    Returns:
        For each layer one row for each image, all axes made one.

    Raises:
        ValueError: The network has no layer of that name, or never uses it.

    Example:
        >>> stack = nn.Sequential(nn.ReLU(), nn.Flatten(), nn.Linear(2, 1))
        >>> what_reaches(stack, ["2"], np.array([[[-1.0, 3.0]]], np.float32))["2"]
        array([[0., 3.]], dtype=float32)
    """
    modules = dict(model.named_modules())
    if unknown := [name for name in layers if name not in modules]:
        known = ", ".join(filter(None, modules))
        raise ValueError(f"`layers` (={unknown}) must be of {known}")
    with_channels = images[:, None] if images.ndim == 3 else images
    batches = torch.split(torch.from_numpy(np.ascontiguousarray(with_channels)), BATCH)
    parts = [_caught(model, {name: modules[name] for name in layers}, batch) for batch in batches]
    return {name: np.concatenate([part[name] for part in parts]) for name in layers}


@torch.inference_mode()
def _caught(
    model: nn.Module, modules: Mapping[str, nn.Module], batch: Tensor
) -> dict[str, Float[np.ndarray, "n features"]]:
    """What was given to each module while the network looked at one batch."""
    given: dict[str, np.ndarray] = {}

    def catch(name: str, inputs: tuple[Tensor, ...]) -> None:
        given[name] = inputs[0].flatten(1).numpy().copy()

    hooks = [
        module.register_forward_pre_hook(lambda _, inputs, name=name: catch(name, inputs))
        for name, module in modules.items()
    ]
    try:
        model(batch)
    finally:
        for hook in hooks:
            hook.remove()
    if unused := [name for name in modules if name not in given]:
        raise ValueError(f"`layers` (={unused}) must be layers that the network uses")
    return given
