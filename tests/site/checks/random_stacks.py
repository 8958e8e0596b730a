"""Stacks of layers drawn at random, as people write them, and what PyTorch makes of them."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

Shape = list[int]


def random_stack(rng: np.random.Generator) -> tuple[list[str], Shape]:
    """Layers that mostly fit each other, and an input; a third or so fail somewhere."""
    shape = [int(rng.integers(1, 5)), int(rng.integers(6, 24)), int(rng.integers(6, 24))]
    layers: list[str] = []
    now = shape
    for _ in range(int(rng.integers(1, 7))):
        layers.append(_random_layer(rng, now))
        _, shapes = outcome(layers[-1:], now)
        now = shapes[0] if shapes else now
    return layers, shape


def outcome(layers: list[str], shape: Shape) -> tuple[list[nn.Module], list[Shape]]:
    """The modules and shapes up to the layer that PyTorch refuses."""
    modules: list[nn.Module] = []
    shapes: list[Shape] = []
    image = torch.zeros(1, *shape)
    for layer in layers:
        try:
            with torch.no_grad():
                module = build(layer)
                image = module(image)
        except (RuntimeError, ValueError, IndexError):
            break
        modules.append(module)
        shapes.append(list(image.shape[1:]))
    return modules, shapes


def build(layer: str) -> nn.Module:
    """The module that a line of code makes."""
    module: nn.Module = eval(f"nn.{layer}", {"nn": nn})
    return module.eval()


def as_code(layers: list[str], rng: np.random.Generator) -> str:
    """The same stack in one of the ways that people write it, or as PyTorch prints it."""
    ways = (
        "import torch\nfrom torch import nn\nmodel = nn.Sequential(\n"
        + "".join(f"  nn.{layer},  # a layer\n" for layer in layers)
        + ")\n",
        "Sequential(\n" + "".join(f"  ({at}): {layer}\n" for at, layer in enumerate(layers)) + ")",
        ", ".join(layers),
        "torch.nn.Sequential(OrderedDict(["
        + ", ".join(f'("layer{at}", torch.nn.{layer})' for at, layer in enumerate(layers))
        + "]))",
    )
    return ways[rng.integers(len(ways))]


def _random_layer(rng: np.random.Generator, shape: Shape) -> str:
    slip = int(rng.random() < 0.06)  # some layers expect a channel too many
    if len(shape) == 1:
        linear = f"Linear({shape[0] + slip}, {_one(rng, 1, 20)})"
        return str(rng.choice([linear, "ReLU()", "Dropout(0.5)", "Flatten()", "Tanh()"]))
    if rng.random() < 0.6:
        return _random_convolution(rng, shape[0] + slip)
    ceil, affine = f"ceil_mode={bool(_one(rng, 0, 2))}", f"affine={bool(_one(rng, 0, 2))}"
    choices = [
        f"MaxPool2d({_size(rng, 1, 4)}, padding={_one(rng, 0, 2)}, {ceil})",
        f"MaxPool2d(kernel_size=2, stride={_size(rng, 1, 3)}, dilation=2)",
        f"AvgPool2d({_size(rng, 2, 4)}, {_one(rng, 1, 3)}, {_one(rng, 0, 2)}, {ceil})",
        f"BatchNorm2d({shape[0] + slip}, {affine})",
        f"PReLU({rng.choice([1, shape[0] + slip])})",
        *("ReLU(inplace=True)", "LeakyReLU(0.1)", "Dropout2d()", "GELU()", "Softmax(dim=1)"),
        *("Identity()", "Flatten()"),
        f"Linear({shape[-1] + slip}, {_one(rng, 1, 9)})",
    ]
    return str(rng.choice(choices))


def _random_convolution(rng: np.random.Generator, channels: int) -> str:
    groups = int(rng.choice([1, 1, 1, 2, channels]))
    start = f"{channels}, {groups * _one(rng, 1, 4)}, kernel_size={_size(rng, 1, 5)}"
    end = f"groups={groups}, bias={bool(_one(rng, 0, 2))}"
    if rng.random() < 0.3:
        return f"Conv2d({start}, padding='same', stride={rng.choice([1, 1, 1, 2])}, {end})"
    steps = f"stride={_size(rng, 1, 3)}, padding={_size(rng, 0, 3)}, dilation={_size(rng, 1, 3)}"
    if rng.random() < 0.4:
        added = f"output_padding={_size(rng, 0, 2)}"
        return f"ConvTranspose2d({start}, {steps}, {added}, {end})"
    return f"Conv2d({start}, {steps}, {end})"


def _one(rng: np.random.Generator, least: int, beyond: int) -> int:
    return int(rng.integers(least, beyond))


def _size(rng: np.random.Generator, least: int, beyond: int) -> int | tuple[int, int]:
    """A number, or a pair."""
    rows, columns = (_one(rng, least, beyond) for _ in range(2))
    return rows if rng.random() < 0.6 else (rows, columns)
