"""What an experiment measured, in one shape: by arm and quantity one value for each network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cnnfilters.run import Run


@dataclass(frozen=True)
class Arm:
    """What is compared: networks, or fits, that differ in their seed alone.

    Attributes:
        name: As a study on disk has it.
        changes: Fields of `TrainConfig` that are not as in the default; of arms that are trained.
    """

    name: str
    changes: Mapping[str, Any] = field(default_factory=dict, compare=False)


class Quantity(NamedTuple):
    """What is measured of each network of an arm.

    Attributes:
        name: As a study on disk has it.
        unit: `%`, `points` or nothing. Accuracy is in percent everywhere.
    """

    name: str
    unit: str = ""

    def of(self, arm: Arm) -> Series:
        """This quantity of one arm.

        Example:
            >>> Quantity("edge").of(Arm("small start")).arm.name
            'small start'
        """
        return Series(arm, self)


Runs = Mapping[Arm, Sequence[Run]]  # the networks of each arm, seeds in order
Numbers = Mapping[Quantity, float]  # of one network


class Series(NamedTuple):
    """One value for each network: a quantity of an arm.

    Attributes:
        arm: Its networks.
        quantity: What is measured of each.
    """

    arm: Arm
    quantity: Quantity


@dataclass(frozen=True, kw_only=True)
class Study:
    """What was measured. An experiment that draws more than this has a subclass with more fields.

    Attributes:
        arms: One value for each network, seeds in order, by arm and quantity.
        steps: Of each training; 0 where nothing is trained.
        held_out_words: The digits that accuracy is measured on.
    """

    arms: Mapping[str, Mapping[str, list[float]]]
    steps: int
    held_out_words: str

    def values(self, series: Series) -> list[float]:
        """One value for each network.

        Example:
            >>> arms = {"small start": {"edge": [0.25, 0.5]}}
            >>> study = Study(arms=arms, steps=190, held_out_words="1,000 digits")
            >>> study.values(Quantity("edge").of(Arm("small start")))
            [0.25, 0.5]
        """
        return list(self.arms[series.arm.name][series.quantity.name])

    def differences(self, series: Series, baseline: Series) -> list[float]:
        """What one series has more than another, seed by seed.

        Example:
            >>> arms = {"a": {"edge": [0.5, 0.5]}, "b": {"edge": [0.25, 0.5]}}
            >>> study = Study(arms=arms, steps=190, held_out_words="1,000 digits")
            >>> edge = Quantity("edge")
            >>> study.differences(edge.of(Arm("a")), edge.of(Arm("b")))
            [0.25, 0.0]
        """
        pairs = zip(self.values(series), self.values(baseline), strict=True)
        return [one - other for one, other in pairs]


def by_arm(measured: Mapping[Arm, Sequence[Numbers]]) -> dict[str, dict[str, list[float]]]:
    """The numbers of networks as a study keeps them.

    Args:
        measured: For each arm the numbers of its networks, seeds in order.

    Example:
        >>> edge = Quantity("edge")
        >>> by_arm({Arm("small start"): [{edge: 0.25}, {edge: 0.5}]})
        {'small start': {'edge': [0.25, 0.5]}}
    """
    return {
        arm.name: {
            quantity.name: [float(numbers[quantity]) for numbers in networks]
            for quantity in networks[0]
        }
        for arm, networks in measured.items()
    }
