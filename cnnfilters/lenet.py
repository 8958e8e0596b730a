"""LeNet-5, counted: what each layer learns and how much is joined, in 1998 and read today.

In 1998 a *connection* was one line into a unit, its bias included. `Layer.connections` counts
them as the paper does, so that the paper's figures can be checked one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import prod
from typing import NamedTuple

from cnnfilters.arithmetic import ConvGeometry, Convolution, Flatten, Linear, Pooling, trace
from cnnfilters.arithmetic.layers import Pointwise, PoolingLayer

IMAGE = (1, 32, 32)  # the digit of 28x28 with a margin of 2
KERNEL = 5
MAPS_S2, MAPS_C3 = 6, 16
WIDTH_C5, WIDTH_F6, CLASSES = 120, 84, 10

C3_INPUTS: tuple[tuple[int, ...], ...] = (  # maps of S2 that each map of C3 reads
    *(tuple(sorted((first + step) % MAPS_S2 for step in range(3))) for first in range(MAPS_S2)),
    *(tuple(sorted((first + step) % MAPS_S2 for step in range(4))) for first in range(MAPS_S2)),
    (0, 1, 3, 4),
    (1, 2, 4, 5),
    (0, 2, 3, 5),
    tuple(range(MAPS_S2)),
)  # Table I of the paper: three neighbours, four neighbours, four in two pairs, all


class Layer(NamedTuple):
    """One layer of LeNet-5.

    Attributes:
        name: As in the paper: C convolves, S subsamples, F is fully connected.
        what: What it does, in a few words.
        shape: (maps, height, width), or (units,).
        parameters: Numbers that training sets.
        connections: Lines into all of its units, biases included.
    """

    name: str
    what: str
    shape: tuple[int, ...]
    parameters: int
    connections: int


def lenet_1998() -> tuple[Layer, ...]:
    """The layers of the paper, counted from their sizes.

    Returns:
        C1 to F6, and the output, whose 840 numbers were set by hand and kept fixed.

    Example:
        >>> for layer in lenet_1998():
        ...     print(f"{layer.name:6} {layer.parameters:6,} {layer.connections:7,}")
        C1        156 122,304
        S2         12   5,880
        C3      1,516 151,600
        S4         32   2,000
        C5     48,120  48,120
        F6     10,164  10,164
        output      0     840
        >>> sum(layer.parameters for layer in lenet_1998())
        60000
        >>> sum(layer.connections for layer in lenet_1998())
        340908

    Source: LeCun et al. 1998, section II.B.
    """
    maps_c1 = [(0,)] * MAPS_S2
    maps_c5 = [tuple(range(MAPS_C3))] * WIDTH_C5
    return (
        _convolution("C1", maps_c1, side=28),
        _subsampling("S2", MAPS_S2, side=14),
        _convolution("C3", C3_INPUTS, side=10),
        _subsampling("S4", MAPS_C3, side=5),
        _convolution("C5", maps_c5, side=1),
        _units("F6", "every unit of C5", WIDTH_C5 + 1, WIDTH_F6, learned=True),
        _units("output", "distance to a fixed code", WIDTH_F6, CLASSES, learned=False),
    )


def lenet_today() -> tuple[Layer, ...]:
    """The layers of `cnnfilters.model.LeNet5`, counted by `trace`, grouped as in the paper.

    Example:
        >>> for layer in lenet_today():
        ...     print(f"{layer.name:6} {layer.parameters:6,} {layer.connections:7,}")
        C1        156 122,304
        S2          0   4,704
        C3      2,416 241,600
        S4          0   1,600
        C5     48,120  48,120
        F6     10,164  10,164
        output    850     850
    """
    rows = trace(DESCRIBED, IMAGE).rows
    names = {0: "C1", 2: "S2", 3: "C3", 5: "S4", 6: "C5", 9: "F6", 11: "output"}
    return tuple(
        Layer(
            name,
            WORDS_TODAY[name],
            rows[place].output_shape,
            rows[place].parameters,
            _lines(rows[place].output_shape, rows[place].macs),
        )
        for place, name in names.items()
    )


CONVOLUTIONS = (
    Convolution(1, MAPS_S2, ConvGeometry(KERNEL)),
    Convolution(MAPS_S2, MAPS_C3, ConvGeometry(KERNEL)),
    Convolution(MAPS_C3, WIDTH_C5, ConvGeometry(KERNEL)),
)
POOL, RELU = PoolingLayer(Pooling(2), "MaxPool2d"), Pointwise("ReLU")
DESCRIBED = (  # cnnfilters.model.LeNet5, for trace()
    *(CONVOLUTIONS[0], RELU, POOL),
    *(CONVOLUTIONS[1], RELU, POOL),
    *(CONVOLUTIONS[2], RELU, Flatten()),
    *(Linear(WIDTH_C5, WIDTH_F6), RELU),
    Linear(WIDTH_F6, CLASSES),
)
WORDS_TODAY = {
    "C1": "5×5, ReLU",
    "S2": "largest of 2×2",
    "C3": "5×5, all maps, ReLU",
    "S4": "largest of 2×2",
    "C5": "5×5, all maps, ReLU",
    "F6": "linear, ReLU",
    "output": "linear, softmax",
}


def _convolution(name: str, inputs: Sequence[tuple[int, ...]], *, side: int) -> Layer:
    """One map for each tuple of input maps; a weight is used once for each place."""
    parameters = sum(len(maps) * KERNEL**2 + 1 for maps in inputs)
    words = "5×5, some maps, tanh" if inputs == C3_INPUTS else "5×5, tanh"
    return Layer(name, words, (len(inputs), side, side), parameters, parameters * side**2)


def _subsampling(name: str, maps: int, *, side: int) -> Layer:
    """Each unit adds up four and a bias; a map has one coefficient and one bias."""
    return Layer(name, "sum of 2×2, tanh", (maps, side, side), 2 * maps, 5 * maps * side**2)


def _units(name: str, what: str, lines: int, units: int, *, learned: bool) -> Layer:
    return Layer(name, what, (units,), lines * units * learned, lines * units)


def _lines(shape: tuple[int, ...], macs: int) -> int:
    """Products and biases; a pooling has no weights, but each of its units reads four."""
    units = prod(shape)
    return macs + units if macs else 4 * units
