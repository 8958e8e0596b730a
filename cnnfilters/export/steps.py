"""What was noted while a network ran: its operations, in order of execution."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from cnnfilters.export.limits import ExportError

DIGITS = -1  # stands for the digits among the inputs of a step
RANDOM = re.compile(r"bernoulli|dropout|rand|normal_?$|uniform")


@dataclass(frozen=True)
class Step:
    """One operation of ATen, PyTorch's own few hundred, on something made from the digits.

    Attributes:
        operation: Its name there: `convolution`, `relu`. A trailing underscore, in place, is cut.
        layer: The module in whose `forward` it ran, empty outside of any but the whole.
        kind: The class of that module.
        arguments: All by name; arrays where they do not come from the digits.
        inputs: The steps, or `DIGITS`, whose output it takes.
        output: What it gave.
    """

    operation: str
    layer: str
    kind: str
    arguments: Mapping[str, Any]
    inputs: tuple[int, ...]
    output: np.ndarray

    @property
    def words(self) -> str:
        """What it is, for a message."""
        return f"`{self.layer}` ({self.kind})" if self.layer else f"`{self.operation}` in forward"


@dataclass(frozen=True)
class Recording:
    """All steps, and which of them gave the answer.

    Attributes:
        steps: In order of execution.
        last: Index of the step that gave the answer; None: it does not come from the digits.
    """

    steps: list[Step]
    last: int | None

    def path(self) -> list[Step]:
        """The steps from the digits to the answer, each of which takes what the one before gave.

        Raises:
            ExportError: Two branches meet on the way, or the digits do not lead to the answer.
        """
        if self.last is None:
            raise ExportError(
                "the answer of forward does not depend on the digits, or goes through NumPy, where "
                "it cannot be followed; use torch's own functions"
            )
        found, at = list[Step](), self.last
        while at != DIGITS:
            step = self.steps[at]
            if self._random(at):
                raise ExportError(
                    f"{step.words} draws at random though the network is at rest; give dropout in "
                    "forward `training=self.training`"
                )
            if len(set(step.inputs)) > 1:
                raise ExportError(
                    f"{step.words} joins branches (`{step.operation}`); the digit lab runs layers "
                    "one after another"
                )
            found.append(step)
            at = step.inputs[0]
        return found[::-1]

    def _random(self, at: int) -> bool:
        """Whether a step takes random numbers, shaped like the maps, or makes them."""
        step = self.steps[at]
        makers = [step, *(self.steps[other] for other in step.inputs if other != DIGITS)]
        makers += [
            self.steps[other] for maker in makers for other in maker.inputs if other != DIGITS
        ]
        return any(RANDOM.search(maker.operation) for maker in makers)
