"""A small network with random weights, as the module, the Run and the arrays of it."""

from types import SimpleNamespace

import numpy as np
import torch

from cnnfilters.analysis.forward import Network
from cnnfilters.config import TrainConfig
from cnnfilters.model import SmallCNN
from cnnfilters.run import Run


def random_network(padding, seed=0):
    """PyTorch's start: a module, a Run that begins with zeros and ends there, and its arrays."""
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        model = SmallCNN(padding=padding)
    now = {name: value.numpy() for name, value in model.state_dict().items()}
    run = Run(
        steps=np.array([0, 1]),
        weights={name: np.stack([np.zeros_like(value), value]) for name, value in now.items()},
        loss=np.ones(2),
        accuracy=np.ones(2),
        config=TrainConfig(padding=padding).to_mapping(),
        data={},
        machine={},
    )
    return SimpleNamespace(model=model, run=run, network=Network.of(run))
