"""What would refute a sentence, fixed before the measurement, and how clearly it was decided."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, NamedTuple, get_args

from cnnfilters.evidence.interval import Interval
from cnnfilters.words import number

Verdict = Literal["supported", "undecided", "refuted"]
"""What a measurement says of a sentence."""

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
"""All of them, the best first."""


class Margin(NamedTuple):
    """How far an interval lies from the limit that decides, and how far it must.

    Attributes:
        limit: The threshold that is nearest to being passed.
        cleared: From the limit to the nearer end of the interval; below 0 if the limit lies in it.
        needed: Half the interval's width, for a verdict; 0 for a count.
        holds: Whether the mean lies where the sentence says.
    """

    limit: float
    cleared: float
    needed: float
    holds: bool

    @property
    def verdict(self) -> Verdict:
        """Supported, refuted, or too close to be either."""
        if self.cleared < self.needed or (self.holds and self.cleared <= 0):
            return "undecided"
        return "supported" if self.holds else "refuted"

    def words(self, unit: str) -> str:
        """The margin as a reader sees it.

        Args:
            unit: Of the quantity; may be empty.

        Example:
            >>> Margin(limit=0, cleared=0.05, needed=0.59, holds=True).words("points")
            'clears 0 by 0.0500 points; needs 0.590'
            >>> Margin(limit=50, cleared=-2.0, needed=4.0, holds=False).words("%")
            'the limit, 50 %, lies within the interval; needs 4 % beyond it'
        """
        limit, unit = number(self.limit), f" {unit}" if unit else ""
        needed = number(self.needed)
        if self.cleared < 0:
            within = f"the limit, {limit}{unit}, lies within the interval"
            return f"{within}; needs {needed}{unit} beyond it"
        side = "clears" if self.holds else "lies on the other side of"
        return f"{side} {limit} by {number(self.cleared)}{unit}; needs {needed}"


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

    @property
    def limits(self) -> tuple[float, ...]:
        """The thresholds that there are, the lower one first."""
        return tuple(limit for limit in (self.above, self.below) if math.isfinite(limit))

    def verdict(self, interval: Interval) -> Verdict:
        """Decided only if the interval clears the threshold by half its own width.

        The margin makes a verdict that another machine, with other rounding, will repeat. A count
        has no width: at the very threshold it refutes, since the value must lie beyond it, where an
        interval that touches the threshold is undecided.
        """
        return self.margin(interval).verdict

    def margin(self, interval: Interval) -> Margin:
        """What the verdict rests on.

        Example:
            >>> Rule(above=0).margin(Interval(1.0, 0.5, 1.6, 5)).cleared
            0.5
            >>> Rule(above=-1, below=1).margin(Interval(2.5, 2.0, 3.0, 5))
            Margin(limit=1, cleared=1.0, needed=0.5, holds=False)
        """
        low, high = (self.above, interval.low), (self.below, interval.high)
        holds = self.above < interval.mean < self.below
        if holds:
            cleared, limit = min((low[1] - low[0], low[0]), (high[0] - high[1], high[0]))
        else:
            passed = (
                (self.above - interval.high, self.above),
                (interval.low - self.below, self.below),
            )
            cleared, limit = max(passed)
        return Margin(limit, cleared, interval.width / 2, holds)

    def p_value(self, interval: Interval) -> float:
        """How probable a measurement this clear were, if the verdict that it points to were wrong.

        One-sided, at the limit that is hardest to clear: with two limits the sentence must clear
        both.

        Example:
            >>> interval = Interval.of([1.0, 2.0, 3.0])
            >>> Rule(above=0).p_value(interval) == interval.p_value(0)
            True
            >>> Rule(above=0, below=3).p_value(interval) == interval.p_value(3)
            True
        """
        margin = self.margin(interval)
        if margin.holds:
            return max((interval.p_value(limit) for limit in self.limits), default=0.0)
        return interval.p_value(margin.limit)

    def words(self, unit: str) -> str:
        """The rule as a reader sees it.

        Example:
            >>> Rule(above=1, below=2).words("points")
            'holds if the value is above 1 and below 2 points'
        """
        parts = [f"above {number(self.above)}"] if self.above > -math.inf else []
        parts += [f"below {number(self.below)}"] if self.below < math.inf else []
        return f"holds if the value is {' and '.join(parts)}{unit and ' ' + unit}"
