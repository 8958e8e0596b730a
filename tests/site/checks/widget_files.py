"""What the build wrote for the widgets, and networks from it."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import torch

from checks.built_site import BuiltSite
from cnnfilters.export import unpack
from cnnfilters.model import SmallCNN

Model = dict[str, Any]


def written(site: BuiltSite, name: str) -> Any:
    """The content of `widgets/data/NAME.json`."""
    return json.loads((site.folder / f"widgets/data/{name}.json").read_text(encoding="utf-8"))


def units_data(
    site: BuiltSite, layer: str = "conv2", end: str = "trained", run: str = "default"
) -> dict[str, Any]:
    """What the unit browser knows of a layer at one end of a training."""
    data: dict[str, Any] = written(site, f"units-{run}-{layer}-{end}")
    return data


def levels(packed: dict[str, Any], dtype: type = np.uint8) -> np.ndarray:
    """An array of bytes in such a file, as its whole numbers."""
    numbers = np.frombuffer(base64.b64decode(packed["bytes"]), dtype).astype(float)
    return numbers.reshape(packed["shape"])


def in_pytorch(model: Model) -> SmallCNN:
    """The network of a file, in PyTorch."""
    named = [layer for layer in model["layers"] if "name" in layer]
    network = SmallCNN(padding=named[0]["padding"])
    network.load_state_dict(
        {
            f"{layer['name']}.{part}": torch.from_numpy(unpack(layer[part]).copy())
            for layer in named
            for part in ("weight", "bias")
        }
    )
    return network.eval()


def logits(model: Model, ink: np.ndarray, off: tuple = ((), ())) -> np.ndarray:
    network, hooks = in_pytorch(model), []
    for layer, filters in zip((network.conv1, network.conv2), off, strict=True):
        keep = torch.ones(layer.out_channels, 1, 1)
        keep[list(filters)] = 0
        # what is switched off sends zeros: a sum of 0 stays 0 through pooling and ReLU
        hooks.append(layer.register_forward_hook(lambda _, __, maps, keep=keep: maps * keep))
    with torch.no_grad():
        images = torch.from_numpy(ink.reshape(-1, 1, 28, 28)).float()
        return network(images).numpy()
