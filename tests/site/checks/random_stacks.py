"""Stacks of layers drawn at random, as people write them, and what PyTorch makes of them."""

from __future__ import annotations

import numpy as np
import torch
from torch import nn

Shape = list[int]
BATCH = 2  # normalisations over the batch need more than one image


def random_stack(rng: np.random.Generator) -> tuple[list[str], Shape]:
    """Layers that mostly fit each other, and an input; a third or so fail somewhere."""
    axes = int(rng.choice([1, 2, 2, 2, 3]))
    longest = {1: 40, 2: 24, 3: 9}[axes]
    shape = [_one(rng, 1, 5), *(_one(rng, 5, longest) for _ in range(axes))]
    layers: list[str] = []
    now = shape
    for _ in range(_one(rng, 1, 7)):
        layers.append(_random_layer(rng, now))
        _, shapes = outcome(layers[-1:], now)
        now = shapes[0] if shapes else now
    return layers, shape


def outcome(layers: list[str], shape: Shape) -> tuple[list[nn.Module], list[Shape]]:
    """The modules and shapes up to the layer that PyTorch refuses."""
    modules: list[nn.Module] = []
    shapes: list[Shape] = []
    images = torch.zeros(BATCH, *shape)
    for layer in layers:
        try:
            with torch.no_grad():
                module = build(layer)
                images = module(images)
        except (RuntimeError, ValueError, IndexError, NotImplementedError):
            break
        if len(images) != BATCH or not all(images.shape[1:]):
            break
        modules.append(module)
        shapes.append(list(images.shape[1:]))
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
        "layers = []\n"
        + "".join(f"layers.append(nn.{layer})\n" for layer in layers)
        + "nn.Sequential(*layers)",
    )
    return ways[rng.integers(len(ways))]


def _random_layer(rng: np.random.Generator, shape: Shape) -> str:
    slip = int(rng.random() < 0.06)  # some layers expect a channel too many
    if len(shape) == 1:
        return _of_features(rng, shape[0], slip)
    draw = rng.random()
    if draw < 0.4:
        return _random_convolution(rng, shape[0] + slip, len(shape) - 1)
    if draw < 0.6:
        return _random_pooling(rng, len(shape) - 1)
    return _of_images(rng, shape, slip)


def _of_features(rng: np.random.Generator, features: int, slip: int) -> str:
    halves = features // 2
    choices = [
        f"Linear({features + slip}, {_one(rng, 1, 20)})",
        *("ReLU()", "Dropout(0.5)", "Flatten()", "Tanh()", "Softmax(1)", "GLU()"),
        *(f"BatchNorm1d({features + slip})", f"LayerNorm({features + slip})"),
        f"Unflatten(1, ({max(1, halves)}, -1))",
        f"LazyLinear({_one(rng, 1, 20)}, bias={_yes(rng)})",
    ]
    return str(rng.choice(choices))


def _of_images(rng: np.random.Generator, shape: Shape, slip: int) -> str:
    channels, axes = shape[0] + slip, len(shape) - 1
    groups = int(rng.choice([1, 2, channels]))
    sides = ", ".join(str(_one(rng, -1, 3)) for _ in range(2 * axes))
    padding = rng.choice(["ZeroPad", "ReflectionPad", "ReplicationPad", "CircularPad"])
    choices = [
        *(
            f"BatchNorm{axes}d({channels}, affine={_yes(rng)})",
            f"PReLU({rng.choice([1, channels])})",
        ),
        f"InstanceNorm{axes}d({channels}, affine={_yes(rng)})",
        f"GroupNorm({groups}, {channels}, affine={_yes(rng)})",
        *(f"LayerNorm({shape[-1] + slip})", "RMSNorm([" + ", ".join(map(str, shape[1:])) + "])"),
        *("ReLU(inplace=True)", "LeakyReLU(0.1)", "Dropout()", "GELU()", "Softmax(dim=1)"),
        *("Identity()", "Flatten()", "Flatten(2)", "LogSigmoid()", "Hardswish(inplace=True)"),
        *("SiLU()", "GLU(dim=1)", "AlphaDropout(0.3)", "LocalResponseNorm(3)", "Softmax(dim=-1)"),
        f"Linear({shape[-1] + slip}, {_one(rng, 1, 9)})",
        f"Upsample(scale_factor={rng.choice([2, 1.5, 0.7])})",
        f"Upsample(size={_one(rng, 1, 9)}, mode='area')",
        f"{padding}{axes}d(({sides}))",
        *("PixelShuffle(2)", "PixelUnshuffle(2)", "ChannelShuffle(2)", "Unfold(2, stride=2)"),
    ]
    return str(rng.choice(choices))


def _random_pooling(rng: np.random.Generator, axes: int) -> str:
    ceil = f"ceil_mode={_yes(rng)}"
    choices = [
        f"MaxPool{axes}d({_size(rng, 1, 4, axes)}, padding={_one(rng, 0, 2)}, {ceil})",
        f"MaxPool{axes}d(kernel_size=2, stride={_size(rng, 1, 3, axes)}, dilation=2)",
        f"AvgPool{axes}d({_size(rng, 2, 4, axes)}, {_one(rng, 1, 3)}, {_one(rng, 0, 2)}, {ceil})",
        f"LPPool{axes}d(2, {_one(rng, 1, 4)}, {ceil})",
        f"AdaptiveAvgPool{axes}d({_size(rng, 1, 6, axes)})",
        f"AdaptiveMaxPool{axes}d({_one(rng, 1, 6)})",
    ]
    return str(rng.choice(choices))


def _random_convolution(rng: np.random.Generator, channels: int, axes: int) -> str:
    groups = int(rng.choice([1, 1, 1, 2, channels]))
    start = f"{channels}, {groups * _one(rng, 1, 4)}, kernel_size={_size(rng, 1, 5, axes)}"
    end = f"groups={groups}, bias={_yes(rng)}"
    mode = rng.choice(["zeros", "zeros", "reflect", "replicate", "circular"])
    if rng.random() < 0.3:
        stride = rng.choice([1, 1, 1, 2])
        return (
            f"Conv{axes}d({start}, padding='same', stride={stride}, padding_mode='{mode}', {end})"
        )
    steps = f"stride={_size(rng, 1, 3, axes)}, padding={_size(rng, 0, 3, axes)}, dilation={_size(rng, 1, 3, axes)}"  # noqa: E501
    if rng.random() < 0.3:
        added = f"output_padding={_size(rng, 0, 2, axes)}"
        return f"ConvTranspose{axes}d({start}, {steps}, {added}, {end})"
    if rng.random() < 0.1:
        return f"LazyConv{axes}d({start.partition(', ')[2]}, {steps})"
    return f"Conv{axes}d({start}, {steps}, padding_mode='{mode}', {end})"


def _yes(rng: np.random.Generator) -> bool:
    return bool(_one(rng, 0, 2))


def _one(rng: np.random.Generator, least: int, beyond: int) -> int:
    return int(rng.integers(least, beyond))


def _size(rng: np.random.Generator, least: int, beyond: int, axes: int) -> int | tuple[int, ...]:
    """A number, or one for each axis."""
    sizes = tuple(_one(rng, least, beyond) for _ in range(axes))
    return sizes[0] if rng.random() < 0.6 else sizes
