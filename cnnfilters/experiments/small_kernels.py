"""Are stacked small kernels better than one large kernel that sees as much?

Five networks that differ in one block: one 7×7, three 3×3 with and without ReLU between them, one
5×5, two 3×3. The rules of the claims were fixed before anything was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnnfilters.arithmetic import (
    ConvGeometry,
    Convolution,
    Flatten,
    Linear,
    Pooling,
    count_parameters,
    receptive_field,
    trace,
)
from cnnfilters.arithmetic.layers import Pointwise, PoolingLayer
from cnnfilters.config import BLOCKS, Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim, Interval, Rule, Verdict
from cnnfilters.experiments.arms import ENDS, arm_configs
from cnnfilters.experiments.experiment import Size
from cnnfilters.results import Recipe
from cnnfilters.run import Run

WIDTH = 8  # channels, as in cnnfilters.model.BlockCNN
IMAGE = (1, 28, 28)
PAGE = "arithmetic/09-receptive-fields/"
Described = Convolution | Pointwise | PoolingLayer | Flatten | Linear


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """Each block with each seed; a seed shares its batches and shifts among the blocks.

    Example:
        >>> list(configs("sample", Size(seeds=1, steps=10)))
        ['7x7 0', '3x3-3x3-3x3 0', '3x3-3x3-3x3-linear 0', '5x5 0', '3x3-3x3 0']
    """
    return arm_configs({block: {"model": block, **ENDS} for block in BLOCKS}, source, size)


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """Counts of each block, and the accuracy of each of its networks, seeds in order."""
    blocks = {
        block: {
            "receptive_field": receptive_field(layers(block)).size[0],
            "parameters": count_parameters(layers(block)),
            "macs": trace(network(block), IMAGE).macs,
            "accuracy": [
                float(run.accuracy[-1]) for name, run in runs.items() if name.split()[0] == block
            ],
        }
        for block in BLOCKS
    }
    steps = int(next(iter(runs.values())).steps[-1])
    return {"blocks": blocks, "steps": steps, "held_out_words": digits.held_out_words}


def layers(block: str) -> list[Described]:
    """The convolutions that are compared, described.

    Example:
        >>> [type(layer).__name__ for layer in layers("3x3-3x3")]
        ['Convolution', 'Pointwise', 'Convolution', 'Pointwise']
    """
    found: list[Described] = []
    for size in BLOCKS[block].kernels:
        found.append(Convolution(WIDTH, WIDTH, ConvGeometry(size, padding="same")))
        found.extend([Pointwise("ReLU")] * BLOCKS[block].relu_between)
    return found


def network(block: str) -> list[Described]:
    """The whole network, described.

    Example:
        >>> [type(layer).__name__ for layer in network("5x5")][-3:]
        ['PoolingLayer', 'Flatten', 'Linear']
    """
    return [
        Convolution(1, WIDTH, ConvGeometry(5, stride=2, padding=2)),
        Pointwise("ReLU"),
        *layers(block),
        PoolingLayer(Pooling(2), "MaxPool2d"),
        Flatten(),
        Linear(WIDTH * 7 * 7, 10),
    ]


def cheaper(study: Mapping[str, Any], *, small: str, large: str, sentence: str) -> Claim:
    """Parameters of a stack of small kernels beside one large kernel's, counted.

    Example:
        >>> study = {"blocks": {"3x3-3x3": {"parameters": 18}, "5x5": {"parameters": 25}}}
        >>> cheaper(study, small="3x3-3x3", large="5x5", sentence="They cost less.").interval.mean
        72.0
    """
    few, many = (study["blocks"][block]["parameters"] for block in (small, large))
    return Claim(
        sentence=sentence,
        quantity=f"parameters of {WORDS[small]} for each 100 of {WORDS[large]}",
        unit="",
        interval=Interval.exactly(round(100 * few / many, 1)),
        rule=Rule(below=100),
        page=PAGE,
    )


def better(
    study: Mapping[str, Any],
    *,
    one: str,
    other: str,
    sentence: str,
    expected: Verdict = "undecided",
) -> Claim:
    """Accuracy of one block less another's, seed by seed."""
    return Claim(
        sentence=sentence,
        quantity=f"accuracy of {WORDS[one]} less that of {WORDS[other]}, same seed",
        unit="points",
        interval=Interval.of(differences(study, one, other)),
        rule=Rule(above=0),
        page=PAGE,
        expected=expected,
    )


def differences(study: Mapping[str, Any], one: str, other: str) -> list[float]:
    """Accuracy of one block less another's, in points, seed by seed.

    Example:
        >>> study = {"blocks": {"a": {"accuracy": [0.5, 0.75]}, "b": {"accuracy": [0.25, 0.75]}}}
        >>> differences(study, "a", "b")
        [25.0, 0.0]
    """
    left, right = (study["blocks"][block]["accuracy"] for block in (one, other))
    return [100 * (mine - yours) for mine, yours in zip(left, right, strict=True)]


WORDS = {
    "7x7": "one 7×7",
    "3x3-3x3-3x3": "three 3×3",
    "3x3-3x3-3x3-linear": "three 3×3 without ReLU between",
    "5x5": "one 5×5",
    "3x3-3x3": "two 3×3",
}


def _cheaper(small: str, large: str, sentence: str) -> Recipe:
    options = {"small": small, "large": large, "sentence": sentence}
    return Recipe(cheaper, ("study:small_kernels",), options)


def _better(one: str, other: str, sentence: str, expected: Verdict = "undecided") -> Recipe:
    options = {"one": one, "other": other, "sentence": sentence, "expected": expected}
    return Recipe(better, ("study:small_kernels",), options)


CLAIMS: dict[str, Recipe] = {
    "three-small-cheaper": _cheaper(
        "3x3-3x3-3x3",
        "7x7",
        "Three 3×3 layers see as much as one 7×7 and have fewer parameters.",
    ),
    "two-small-cheaper": _cheaper(
        "3x3-3x3",
        "5x5",
        "Two 3×3 layers see as much as one 5×5 and have fewer parameters.",
    ),
    "three-small-better": _better(
        "3x3-3x3-3x3",
        "7x7",
        "Three 3×3 layers read digits better than one 7×7.",
        expected="refuted",
    ),
    "two-small-better": _better(
        "3x3-3x3", "5x5", "Two 3×3 layers read digits better than one 5×5."
    ),
    "relu-between-helps": _better(
        "3x3-3x3-3x3",
        "3x3-3x3-3x3-linear",
        "ReLU between three 3×3 layers makes them read digits better.",
    ),
}
