"""From the operations of a network to the layers of the digit lab; anything else is refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn

import numpy as np

from cnnfilters.digits import SIDE
from cnnfilters.export.batch_norm import folded
from cnnfilters.export.layers import CONVOLUTIONS, Convolution, Linear
from cnnfilters.export.limits import ExportError
from cnnfilters.export.operations import (
    CONVOLVE,
    ENDS,
    NORMS,
    affine,
    batch_norm,
    is_pool,
    is_relu,
    keeps_numbers,
    linear_parts,
    why_no_convolution,
    why_no_pool,
)
from cnnfilters.export.steps import Step

HAS = (
    "the digit lab runs two convolutions, each with 2×2 max-pooling and ReLU, then linear layers "
    "with ReLU between them"
)
ONLY_BEHIND = "batch normalisation can be folded only directly behind a convolution"


@dataclass
class Reading:
    """The layers of a network, as they are told from its steps.

    Attributes:
        scale: What the network itself multiplies the digits by, before the first convolution.
        shift: What it then adds.
        convolutions: Batch normalisation folded in.
        linears: After them.
        outputs: What each layer of the file should give: its place in the file, its name, and
            what the network gave there.
        end: `_softmax` or `_log_softmax`, where that comes last; the file leaves it out.
    """

    scale: float = 1.0
    shift: float = 0.0
    convolutions: list[Convolution] = field(default_factory=list)
    linears: list[Linear] = field(default_factory=list)
    outputs: list[tuple[int, str, np.ndarray]] = field(default_factory=list)
    end: str = ""


def read_steps(path: list[Step]) -> Reading:
    """Tell the layers from the steps between the digits and the answer.

    Raises:
        ExportError: It names the first step that the digit lab has not, and what it expected.
    """
    return _Reader(path).read()


class _Reader:
    """Goes through the steps, one after the other."""

    def __init__(self, path: list[Step]) -> None:
        self.steps = [step for step in path if not keeps_numbers(step)]
        self.shapes = _shapes_before(path)
        self.found, self.at = Reading(), 0

    def read(self) -> Reading:
        while step := self.take(lambda step: affine(step) is not None):
            scale, shift = affine(step) or (1, 0)
            self.found.scale *= scale
            self.found.shift = scale * self.found.shift + shift
        shape: tuple[int, ...] = (1, SIDE, SIDE)
        for number in range(CONVOLUTIONS):
            shape = self.read_block(number, shape)
        self.read_linears(int(np.prod(shape)))
        if step := self.take(lambda step: step.operation in ENDS):
            if step.arguments["dim"] not in (1, -1):
                self.refuse(step, f"is over axis {step.arguments['dim']}, not over the classes")
            self.found.end = step.operation
        if self.next:
            after = self.found.linears[-1].name
            self.refuse(self.next, f"follows `{after}`, where ReLU or the end is expected")
        if is_relu(self.steps[self.at - bool(self.found.end) - 1]):
            self.refuse(self.steps[self.at - 1], "would cut off the negative logits")
        return self.found

    def read_block(self, number: int, shape: tuple[int, ...]) -> tuple[int, ...]:
        """A convolution, normalised or not, and its pooling and ReLU in either order."""
        frame = self.take(lambda step: step.operation == "constant_pad_nd")
        step = self.take(lambda step: step.operation in CONVOLVE)
        if step is None:
            self.refuse_instead(f"convolution {number + 1} of 2", kind="Conv")
        if reason := why_no_convolution(step) or self.other_shape(frame or step, shape):
            self.refuse(step, reason)
        layer, output = self.convolution(step, frame), step.output
        if norm := self.take(lambda step: step.operation in NORMS):
            layer, output = folded(layer, batch_norm(norm)), norm.output
        self.found.convolutions.append(layer)
        self.found.outputs.append((3 * number, layer.name, output))
        return self.read_pool_and_relu(number, layer.name, output.shape[1:])

    def read_pool_and_relu(self, number: int, name: str, shape: tuple[int, ...]) -> tuple[int, ...]:
        taken: list[Step] = []
        pooled = relued = False
        while step := self.take(lambda step: is_relu(step) or is_pool(step)):
            if is_pool(step) and pooled:
                self.refuse(step, f"pools the maps of `{name}` once more")
            if is_pool(step) and (reason := why_no_pool(step) or self.other_shape(step, shape)):
                self.refuse(step, reason)
            pooled, relued = pooled or is_pool(step), relued or is_relu(step)
            taken.append(step)
        if not (pooled and relued):
            missing = "ReLU" if pooled else "2×2 max-pooling" if relued else "max-pooling and ReLU"
            self.refuse(self.next, f"stands behind `{name}` before its {missing}")
        self.found.outputs.append(
            (3 * number + 2, f"{name}, pooled and through ReLU", taken[-1].output)
        )
        return taken[-1].output.shape[1:]

    def read_linears(self, features: int) -> None:
        """Linear layers with ReLU between them; the last gives the logits."""
        between = True
        while step := self.take(lambda step: linear_parts(step) is not None):
            weight, bias = linear_parts(step) or (np.empty(0), np.empty(0))
            name = step.layer or f"linear {len(self.found.linears) + 1}"
            if not between:
                self.refuse(step, f"follows `{self.found.linears[-1].name}` without ReLU between")
            if reason := self.other_shape(step, (features,)):
                self.refuse(step, reason)
            output = step.output
            if added := self.take(_adds_a_vector):
                bias, output = bias + added.arguments["other"].reshape(-1), added.output
            self.found.linears.append(Linear(name, weight, bias))
            place = 3 * CONVOLUTIONS + 2 * len(self.found.linears) - 2
            self.found.outputs.append((place, name, output))
            features, between = len(weight), False
            while self.take(is_relu):
                between = True
        if not self.found.linears:
            self.refuse_instead("a linear layer", kind="Linear")

    def convolution(self, step: Step, frame: Step | None) -> Convolution:
        given = step.arguments
        weight, bias = given["weight"], given["bias"]
        padding = given["padding"][0]
        if frame:
            sides, value = set(frame.arguments["pad"]), frame.arguments["value"]
            if len(sides) != 1 or len(frame.arguments["pad"]) != 4:
                self.refuse(frame, f"pads unevenly, {frame.arguments['pad']}")
            if value != 0:
                self.refuse(frame, f"pads with {value:g}, not with 0")
            padding += sides.pop()
        name = step.layer or f"convolution {len(self.found.convolutions) + 1}"
        return Convolution(name, weight, np.zeros(len(weight)) if bias is None else bias, padding)

    @property
    def next(self) -> Step | None:
        return self.steps[self.at] if self.at < len(self.steps) else None

    def take(self, fits: Callable[[Step], bool]) -> Step | None:
        """The next step, if it is of some kind; then it is done with."""
        step = self.next
        if step is None or not fits(step):
            return None
        self.at += 1
        return step

    def other_shape(self, step: Step, expected: tuple[int, ...]) -> str:
        """What is wrong with the shape that comes into a step, if anything."""
        (_, *found) = self.shapes[id(step)]
        if tuple(found) == expected:
            return ""
        return f"gets shape {tuple(found)} of each digit, where {expected} is expected"

    def refuse_instead(self, expected: str, *, kind: str) -> NoReturn:
        """Say what comes instead; of a layer of the expected kind, what else it does."""
        step = self.next
        does = f"runs `{step.operation}`" if step and step.kind.startswith(kind) else "stands"
        self.refuse(step, f"{does} where {expected} is expected")

    def refuse(self, step: Step | None, reason: str) -> NoReturn:
        words = step.words if step else "the end of forward"
        rule = ONLY_BEHIND if step and step.operation in NORMS else HAS
        raise ExportError(f"{words} {reason}; {rule}")


def _shapes_before(path: list[Step]) -> dict[int, tuple[int, ...]]:
    """The shape that comes into each step."""
    shapes = dict[int, tuple[int, ...]]()
    before: tuple[int, ...] = (0, 1, SIDE, SIDE)
    for step in path:
        shapes[id(step)], before = before, step.output.shape
    return shapes


def _adds_a_vector(step: Step) -> bool:
    """A bias that is added by hand."""
    value = step.arguments.get("other")
    return (
        step.operation == "add"
        and isinstance(value, np.ndarray)
        and value.size == step.output.shape[-1]
        and value.shape[-1:] == step.output.shape[-1:]
        and step.arguments.get("alpha", 1) == 1
    )


def with_input(reading: Reading, *, mean: float, std: float) -> tuple[float, float]:
    """The mean and standard deviation that the file needs: the network's own on top of those given.

    Raises:
        ExportError: Together they would turn ink into paper.

    Example:
        >>> with_input(Reading(scale=2.0, shift=-1.0), mean=0.0, std=1.0)  # 2x - 1
        (0.5, 0.5)
    """
    if (reading.scale, reading.shift) == (1, 0):
        return mean, std
    scale = reading.scale / std
    if not scale > 0:
        raise ExportError(f"the network multiplies ink by {scale:g}; it must be above 0")
    return mean - reading.shift / scale, 1 / scale
