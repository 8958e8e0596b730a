"""Are stacked small kernels better than one large kernel that sees as much?

Five networks that differ in one block: one 7×7, three 3×3 with and without ReLU between them, one
5×5, two 3×3. The rules of the claims were fixed before anything was measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from cnnfilters.arithmetic import (
    ConvGeometry,
    Convolution,
    Flatten,
    Linear,
    Pooling,
    count_parameters,
    trace,
)
from cnnfilters.arithmetic.layers import Pointwise, PoolingLayer
from cnnfilters.config import BLOCKS
from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim, Interval, Rule
from cnnfilters.experiments.arms import ACCURACY, ENDS, accuracy, claim, steps
from cnnfilters.experiments.experiment import Experiment
from cnnfilters.experiments.study import Arm, Runs, Study, by_arm

WIDTH = 8  # channels, as in cnnfilters.model.BlockCNN
IMAGE = (1, 28, 28)
Described = Convolution | Pointwise | PoolingLayer | Flatten | Linear


class Block(NamedTuple):
    """An arm, and what the text calls it.

    Attributes:
        arm: Its networks.
        words: Such as `one 7×7`.
    """

    arm: Arm
    words: str


def _block(name: str, words: str) -> Block:
    return Block(Arm(name, {"model": name, **ENDS}), words)


ONE_7 = _block("7x7", "one 7×7")
THREE_3 = _block("3x3-3x3-3x3", "three 3×3")
THREE_3_LINEAR = _block("3x3-3x3-3x3-linear", "three 3×3 without ReLU between")
ONE_5 = _block("5x5", "one 5×5")
TWO_3 = _block("3x3-3x3", "two 3×3")
WORDS = {arm.name: words for arm, words in (ONE_7, THREE_3, THREE_3_LINEAR, ONE_5, TWO_3)}
ARMS = tuple(arm for arm, _ in (ONE_7, THREE_3, THREE_3_LINEAR, ONE_5, TWO_3))


@dataclass(frozen=True, kw_only=True)
class SmallKernelsStudy(Study):
    """The accuracy of each network, and what each block costs.

    Attributes:
        parameters: By block.
        macs: By block: products of the whole network for one image.
    """

    parameters: Mapping[str, int]
    macs: Mapping[str, int]


def measure(runs: Runs, digits: Digits) -> SmallKernelsStudy:
    """Counts of each block, and the accuracy of each of its networks."""
    return SmallKernelsStudy(
        arms=by_arm({arm: [{ACCURACY: accuracy(run)} for run in runs[arm]] for arm in ARMS}),
        parameters={block: count_parameters(layers(block)) for block in WORDS},
        macs={block: trace(network(block), IMAGE).macs for block in WORDS},
        steps=steps(runs),
        held_out_words=digits.held_out_words,
    )


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


def cheaper(small: Block, large: Block, sentence: str) -> Callable[[SmallKernelsStudy], Claim]:
    """Parameters of a stack of small kernels beside one large kernel's, counted.

    Example:
        >>> about = {"arms": {}, "macs": {}, "steps": 190, "held_out_words": "1,000 digits"}
        >>> study = SmallKernelsStudy(parameters={"3x3-3x3": 18, "5x5": 25}, **about)
        >>> cheaper(TWO_3, ONE_5, "They cost less.")(study).interval.mean
        72.0
    """

    def made(study: SmallKernelsStudy) -> Claim:
        few, many = (study.parameters[block.arm.name] for block in (small, large))
        share = Interval.exactly(round(100 * few / many, 1))
        quantity = f"parameters of {small.words} for each 100 of {large.words}"
        return Claim(sentence, quantity, "", share, Rule(below=100))

    return made


def better(block: Block, other: Block, sentence: str) -> Callable[[Study], Claim]:
    """Accuracy of one block minus another's, seed by seed.

    Example:
        >>> arms = {"3x3-3x3": {"accuracy": [98.0, 97.0]}, "5x5": {"accuracy": [97.0, 96.0]}}
        >>> study = Study(arms=arms, steps=190, held_out_words="1,000 digits")
        >>> better(TWO_3, ONE_5, "They read better.")(study).interval.mean
        1.0
    """
    return claim(
        ACCURACY.of(block.arm),
        ACCURACY.of(other.arm),
        sentence=sentence,
        quantity=f"accuracy of {block.words} minus that of {other.words}, same seed",
        rule=Rule(above=0),
        expected="undecided",
    )


CLAIMS: dict[str, Callable[[SmallKernelsStudy], Claim]] = {
    "three-small-cheaper": cheaper(
        THREE_3, ONE_7, "Three 3×3 layers see as much as one 7×7 and have fewer parameters."
    ),
    "two-small-cheaper": cheaper(
        TWO_3, ONE_5, "Two 3×3 layers see as much as one 5×5 and have fewer parameters."
    ),
    "three-small-better": better(
        THREE_3, ONE_7, "After {steps} steps, three 3×3 layers read digits better than one 7×7."
    ),
    "two-small-better": better(
        TWO_3, ONE_5, "After {steps} steps, two 3×3 layers read digits better than one 5×5."
    ),
    "relu-between-helps": better(
        THREE_3,
        THREE_3_LINEAR,
        "After {steps} steps, three 3×3 layers with ReLU between them read digits better than the "
        "same layers without.",
    ),
}

EXPERIMENT = Experiment(ARMS, SmallKernelsStudy, measure, CLAIMS)
