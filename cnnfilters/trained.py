"""A Run's network as a PyTorch module again, to be looked into by the tools that need gradients."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import torch
from jaxtyping import Float
from torch import nn

from cnnfilters.model import build_model
from cnnfilters.run import Run, RunError

MOST_TOLD = 5  # differences between a Run and its network


def trained_network(run: Run, snapshot: int = -1) -> nn.Module:
    """The module that a training left behind.

    Args:
        run: Any training.
        snapshot: Index of the snapshot; -1 is the trained end, 0 the start.

    Returns:
        A module of its own, at rest: its weights are copies, and want no gradient.

    Raises:
        RunError: The weights are not those of the network that the config names.

    Example:
        >>> from cnnfilters.config import TrainConfig
        >>> start = build_model(TrainConfig())
        >>> weights = {name: value.numpy()[None] for name, value in start.state_dict().items()}
        >>> config = TrainConfig().to_mapping()
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), config, {}, {})
        >>> bool((trained_network(run).conv1.weight == start.conv1.weight).all())
        True
    """
    with torch.random.fork_rng(devices=[]):  # a start is drawn, then replaced
        model = build_model(run.train_config)
    weights = {
        name: torch.from_numpy(np.array(every[snapshot])) for name, every in run.weights.items()
    }
    try:
        model.load_state_dict(weights)
    except RuntimeError as error:
        told = " ".join(line.strip() for line in str(error).splitlines()[1 : 1 + MOST_TOLD])
        name = run.train_config.model
        raise RunError(f"the Run's weights are not those of {name}: {told} Train again") from error
    return model.eval().requires_grad_(requires_grad=False)


def logits_of(
    run: Run,
) -> Callable[[Float[np.ndarray, "batch side side"]], Float[np.ndarray, "batch classes"]]:
    """What a trained network answers, as a function from arrays to arrays.

    Args:
        run: A training of any network of digits.

    Returns:
        Takes ink in [0, 1], gives one sum for each class.

    Raises:
        RunError: The weights are not those of the network that the config names.

    Example:
        >>> from cnnfilters.config import TrainConfig
        >>> config = TrainConfig(model="MLP")
        >>> shapes = {name: value.shape for name, value in build_model(config).state_dict().items()}
        >>> weights = {name: np.zeros((1, *shape), np.float32) for name, shape in shapes.items()}
        >>> weights["fc.bias"][:, 7] = 3
        >>> run = Run(np.array([0]), weights, np.ones(1), np.ones(1), config.to_mapping(), {}, {})
        >>> int(logits_of(run)(np.zeros((1, 28, 28), np.float32)).argmax())
        7
    """
    model = trained_network(run)

    @torch.inference_mode()
    def logits(
        images: Float[np.ndarray, "batch side side"],
    ) -> Float[np.ndarray, "batch classes"]:
        return np.asarray(model(torch.from_numpy(images)[:, None]).numpy())

    return logits
