"""What a sentence about networks rests on: an interval, a rule fixed before, and a verdict."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Literal, get_args

from cnnfilters.words import number

Verdict = Literal["supported", "undecided", "refuted"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
CONFIDENCE = 0.95


@dataclass(frozen=True)
class Interval:
    """A measured mean with its confidence interval.

    Attributes:
        mean: The estimate.
        low: Lower end.
        high: Upper end; equal to `low` for what is counted and not estimated.
        networks: How many trained networks it rests on; 0 for a count.

    Example:
        >>> Interval(mean=2.0, low=1.0, high=3.0, networks=5).width
        2.0
    """

    mean: float
    low: float
    high: float
    networks: int

    def __post_init__(self) -> None:
        if not self.low <= self.mean <= self.high or not math.isfinite(self.high - self.low):
            raise ValueError(f"`mean` (={self.mean}) must lie within [{self.low}, {self.high}]")

    @property
    def width(self) -> float:
        """From the lower to the upper end."""
        return self.high - self.low

    @classmethod
    def of(cls, values: Sequence[float]) -> Interval:
        """Student's t interval of the mean, one value for each trained network.

        Args:
            values: At least two; differences, where networks are compared pair by pair.

        Raises:
            ValueError: Fewer than two values.

        Example:
            >>> interval = Interval.of([1.0, 2.0, 3.0])
            >>> interval.mean, round(interval.low, 3), round(interval.high, 3)
            (2.0, -0.484, 4.484)

        Source: Student 1908, *The probable error of a mean*.
        """
        from scipy.special import stdtrit  # not at the top: a build with nothing to do is quick

        count = len(values)
        if count < 2:
            raise ValueError(f"`values` (={values}) must hold at least two networks' values")
        mean = math.fsum(values) / count
        variance = math.fsum((value - mean) ** 2 for value in values) / (count - 1)
        reach = float(stdtrit(count - 1, (1 + CONFIDENCE) / 2)) * math.sqrt(variance / count)
        return cls(mean, mean - reach, mean + reach, count)

    @classmethod
    def exactly(cls, value: float) -> Interval:
        """A count, which has no uncertainty.

        Example:
            >>> Interval.exactly(156)
            Interval(mean=156, low=156, high=156, networks=0)
        """
        return cls(value, value, value, 0)


@dataclass(frozen=True)
class Rule:
    """What the value must be for the sentence to hold; anything clearly outside refutes it.

    Attributes:
        above: The value must be larger than this.
        below: The value must be smaller than this.

    Example:
        >>> Rule(above=0).verdict(Interval(2.0, 1.0, 3.0, 5))
        'supported'
        >>> Rule(above=0).verdict(Interval(1.0, 0.5, 1.6, 5))
        'undecided'
        >>> Rule(above=0).verdict(Interval(-2.0, -3.0, -1.0, 5))
        'refuted'
    """

    above: float = -math.inf
    below: float = math.inf

    def verdict(self, interval: Interval) -> Verdict:
        """Decided only if the interval clears the threshold by half its own width.

        The margin makes a verdict that another machine, with other rounding, will repeat. A count
        has no width: at the very threshold it refutes, since the value must lie beyond it, where an
        interval that touches the threshold is undecided.
        """
        margin = interval.width / 2
        least = min(interval.low - self.above, self.below - interval.high)
        if least > 0 and least >= margin:
            return "supported"
        if max(self.above - interval.high, interval.low - self.below) >= margin:
            return "refuted"
        return "undecided"

    def words(self, unit: str) -> str:
        """The rule as a reader sees it.

        Example:
            >>> Rule(above=1, below=2).words("points")
            'holds if the value is above 1 and below 2 points'
        """
        parts = [f"above {number(self.above)}"] if self.above > -math.inf else []
        parts += [f"below {number(self.below)}"] if self.below < math.inf else []
        return f"holds if the value is {' and '.join(parts)}{unit and ' ' + unit}"


@dataclass(frozen=True)
class Claim:
    """A sentence about networks that is a test.

    Attributes:
        sentence: What the text says.
        quantity: What is measured, in words.
        unit: Its unit; empty for a share or a count.
        interval: What this build measured.
        rule: Fixed in code before the measurement.
        expected: The verdict that the text relies on.
        replicates: What one value stands for, in the plural.

    Example:
        >>> measured = Interval(mean=2.0, low=1.0, high=3.0, networks=5)
        >>> claim = Claim("Learning helps.", "accuracy gained", "points", measured, Rule(above=0))
        >>> claim.verdict, claim.value()
        ('supported', '2 points (95 % interval 1 to 3)')
    """

    sentence: str
    quantity: str
    unit: str
    interval: Interval
    rule: Rule
    expected: Verdict = "supported"
    replicates: str = "networks"

    @cached_property
    def verdict(self) -> Verdict:
        """What this build found."""
        return self.rule.verdict(self.interval)

    @property
    def contradicted(self) -> bool:
        """Whether this build found the opposite of what the text says."""
        return {self.verdict, self.expected} == {"supported", "refuted"}

    @property
    def otherwise(self) -> str:
        """What a reader must know where this build differs from what the text relies on."""
        if self.verdict == self.expected:
            return ""
        if self.expected == "undecided":
            return "The text does not rely on it."
        return f"The text was written where this was {self.expected}; here it is {self.verdict}."

    def value(self) -> str:
        """The measured value with its interval, in words."""
        unit = f" {self.unit}" if self.unit else ""
        if not self.interval.networks:
            return f"{number(self.interval.mean)}{unit}"
        low, high = number(self.interval.low), number(self.interval.high)
        return f"{number(self.interval.mean)}{unit} (95 % interval {low} to {high})"

    def html(self, name: str, *, ledger: str) -> str:
        """The box on a page.

        Args:
            name: The claim's id.
            ledger: Address of the ledger.
        """
        networks = self.interval.networks
        basis = f", {networks} {self.replicates}" if networks else ", counted"
        return (
            f'<div class="cf-claim" id="claim-{escape(name)}" data-verdict="{self.verdict}">'
            f'<p class="cf-claim__sentence">{escape(self.sentence)}</p>'
            f'<p class="cf-claim__values">{escape(self.quantity)}: {escape(self.value())}{basis}; '
            f"{escape(self.rule.words(self.unit))}.</p>"
            f'<p class="cf-claim__verdict"><b>{self.verdict.capitalize()}.</b> {self.otherwise} '
            f'<a href="{ledger}#{escape(name)}">How this was measured</a></p></div>'
        )
