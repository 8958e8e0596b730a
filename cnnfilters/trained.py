"""A Run's network as a PyTorch module again, to be looked into by the tools that need gradients."""

from __future__ import annotations

import numpy as np
import torch
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
