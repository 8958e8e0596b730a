"""What an experiment measured, in one shape: by arm and quantity one value for each network."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from cnnfilters.evidence import Chance, Interval
from cnnfilters.experiments.hits import Hits, percent_right
from cnnfilters.run import Run

PERCENT = (0.0, 100.0)
UNBOUNDED = (-math.inf, math.inf)  # of a percentage that may exceed 100


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
        within: What it can't be below and above; None: 0 and 100 for `%`, else no bounds.
        things: How many things of its own a network is counted in, such as its 16 kernels; 0: it
            is no count.
        chance: What it is if there is nothing to be found, or a function that computes it; None:
            not known.
    """

    name: str
    unit: str = ""
    within: tuple[float, float] | None = None
    things: int = 0
    chance: Chance | Callable[[], Chance] | None = None

    @property
    def null(self) -> Chance | None:
        """What it is if there is nothing to be found.

        Example:
            >>> Quantity("cosine", chance=lambda: Chance(0.0, "noise")).null.value
            0.0
        """
        return self.chance() if callable(self.chance) else self.chance

    @property
    def bounds(self) -> tuple[float, float] | None:
        """What it can't be below and above, where it has bounds.

        Example:
            >>> Quantity("accuracy", "%").bounds, Quantity("change").bounds
            ((0.0, 100.0), None)
        """
        if self.within == UNBOUNDED:
            return None
        return self.within or (PERCENT if self.unit == "%" else None)

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
        hits: By arm and quantity: the answers to each of them, where intervals cover digits, too.
    """

    arms: Mapping[str, Mapping[str, list[float]]]
    steps: int
    held_out_words: str
    hits: Mapping[str, Mapping[str, Hits]] = field(default_factory=dict)

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

    def by_digit(self, series: Series) -> list[float]:
        """The quantity on each held-out digit, as the mean of the networks; empty if not kept.

        Example:
            >>> hits = {"a": {"accuracy": {"asked": 2, "right": "210"}}}
            >>> about = {"arms": {}, "steps": 190, "held_out_words": "3 digits"}
            >>> Study(hits=hits, **about).by_digit(Quantity("accuracy", "%").of(Arm("a")))
            [100.0, 50.0, 0.0]
        """
        hits = self.hits.get(series.arm.name, {}).get(series.quantity.name)
        return percent_right(hits) if hits else []

    def interval(self, series: Series, baseline: Series | None = None) -> Interval:
        """The interval of an arm's mean, or of what it has more than another.

        It covers the choice of held-out digits, too, where the answers to each were kept.

        Example:
            >>> arms = {"a": {"edge": [0.5, 0.75]}, "b": {"edge": [0.25, 0.5]}}
            >>> study = Study(arms=arms, steps=190, held_out_words="1,000 digits")
            >>> edge = Quantity("edge", within=(0, 1))
            >>> study.interval(edge.of(Arm("a"))).mean
            0.625
            >>> study.interval(edge.of(Arm("a")), edge.of(Arm("b"))).within
            (-1, 1)
        """
        bounds, digits = series.quantity.bounds, self.by_digit(series)
        if baseline is None:
            things = series.quantity.things
            values = self.values(series)
            return Interval.of(values, within=bounds, things=things, digits=digits)
        span = bounds[1] - bounds[0] if bounds else 0
        digits = differences(digits, self.by_digit(baseline))
        return Interval.of(
            self.differences(series, baseline),
            within=(-span, span) if bounds else None,
            digits=digits,
        )


def differences(one: Sequence[float], other: Sequence[float]) -> list[float]:
    """What one has more than another, pair by pair; none if either is empty.

    Example:
        >>> differences([3.0, 4.0], [1.0, 1.0]), differences([3.0], [])
        ([2.0, 3.0], [])
    """
    if not (one and other):
        return []
    return [mine - theirs for mine, theirs in zip(one, other, strict=True)]


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
