"""The interval of a mean over trained networks, and over the held-out digits they are asked about.

Student's interval knows no bounds: of five networks that name 98 digits in 100 or all, it may reach
beyond 100. Where a quantity has bounds, the interval here is Wilson's: the mean is compared with
every value that it could have, each with the spread that it would have there, which shrinks towards
a bound. Away from the bounds it is Student's.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

CONFIDENCE = 0.95
"""Of every interval: it holds the true mean in so many cases."""

ROUNDING = 1e-9  # of the range of a quantity: a cosine may come out as 1.0000000000000002

Bounds = tuple[float, float]


@dataclass(frozen=True)
class Interval:
    """A measured mean with its confidence interval.

    Attributes:
        mean: The estimate.
        low: Lower end.
        high: Upper end; equal to `low` for what is counted and not estimated.
        networks: How many trained networks it rests on; 0 for a count.
        values: One for each network, where they are known.
        within: What the quantity can't be below and above; None: it has no bounds.
        digits: How many held-out digits were resampled, too; 0: networks alone.
        freedom: Degrees of freedom of Student's t; 0: one less than there are networks.

    Example:
        >>> Interval(mean=2.0, low=1.0, high=3.0, networks=5).width
        2.0
    """

    mean: float
    low: float
    high: float
    networks: int
    values: tuple[float, ...] = field(default=(), repr=False)
    within: Bounds | None = field(default=None, repr=False)
    digits: int = field(default=0, repr=False)
    freedom: float = field(default=0, repr=False)

    def __post_init__(self) -> None:
        if not self.low <= self.mean <= self.high or not math.isfinite(self.high - self.low):
            raise ValueError(f"`mean` (={self.mean}) must lie within [{self.low}, {self.high}]")

    @property
    def width(self) -> float:
        """From the lower to the upper end."""
        return self.high - self.low

    @classmethod
    def of(
        cls,
        values: Sequence[float],
        *,
        within: Bounds | None = None,
        things: int = 0,
        digits: Sequence[float] = (),
    ) -> Interval:
        """The interval of the mean of several networks, by Student's t.

        Networks and digits are a crossed design: every network reads the same digits. The variance
        of the mean is that of the networks' mean and that of the digits' mean together, and the
        degrees of freedom follow from both (Satterthwaite). Their sum counts what is due to a
        network and a digit together twice, so it is a little too large and never too small.

        Where all networks lie at a bound, nothing can be seen of how they differ. Each then counts
        as `things` independent draws, or as one, so that five networks with 100 % do not make a
        certainty.

        Args:
            values: At least two; differences, where networks are compared pair by pair.
            within: What each value can't be below and above.
            things: How many things of its own each value counts, such as the 16 kernels of a
                network: less spread than independent draws would have is not believed. 0: it
                is no count.
            digits: For each held-out digit the same measure, as the mean of the networks.

        Raises:
            ValueError: Fewer than two values, or one beyond the bounds.

        Example:
            >>> interval = Interval.of([1.0, 2.0, 3.0])
            >>> interval.mean, round(interval.low, 3), round(interval.high, 3)
            (2.0, -0.484, 4.484)
            >>> all_right = Interval.of([100.0] * 5, within=(0, 100), things=10)
            >>> round(all_right.low, 1), all_right.high  # 50 draws: 50 / (50 + 2.776²) at least
            (86.6, 100.0)

        Source: Student 1908, *The probable error of a mean*; Wilson 1927, *Probable inference*;
        Satterthwaite 1946, *An approximate distribution of estimates of variance components*;
        Owen 2007, *The pigeonhole bootstrap*, for the sum of the two variances.
        """
        count = len(values)
        if count < 2:
            raise ValueError(f"`values` (={values}) must hold at least two networks' values")
        parts = [(_variance_of_mean(each), len(each) - 1) for each in (values, digits) if len(each)]
        variance = math.fsum(part for part, _ in parts)
        freedom = _freedom(parts) if variance else count - 1
        mean, reach = math.fsum(values) / count, quantile(freedom)
        if within is None:
            low, high = mean - reach * math.sqrt(variance), mean + reach * math.sqrt(variance)
        else:
            mean = _inside(mean, values, within)
            low, high = _wilson(mean, reach, within, _trials(mean, variance, within, count, things))
        return cls(mean, low, high, count, tuple(values), within, len(digits), freedom)

    @classmethod
    def exactly(cls, value: float) -> Interval:
        """A count, which has no uncertainty.

        Example:
            >>> Interval.exactly(156)
            Interval(mean=156, low=156, high=156, networks=0)
        """
        return cls(value, value, value, 0, (value,))

    def p_value(self, limit: float) -> float:
        """How probable a mean at least as far from a limit were, if the limit were the true value.

        It inverts the interval: it is 0.025 at either end.

        Args:
            limit: The threshold of a rule.

        Example:
            >>> interval = Interval.of([1.0, 2.0, 3.0])
            >>> round(interval.p_value(interval.low), 6)
            0.025
            >>> round(interval.p_value(0), 3)  # t = 2 / (1 / √3) on 2 degrees of freedom
            0.037

        Source: Student 1908.
        """
        from scipy.special import stdtr

        if limit == self.mean:
            return 0.5
        far = max(self.low, self.high, key=lambda end: abs(end - self.mean))
        reach = abs(far - self.mean)
        scale = self._spread(limit) * reach
        if not scale:
            return 0.0
        freedom = self.freedom or self.networks - 1
        away = abs(limit - self.mean) * self._spread(far) / scale  # in half-intervals
        return float(stdtr(freedom, -away * quantile(freedom)))

    def _spread(self, value: float) -> float:
        """How widely networks spread where this is the mean, to a factor."""
        if self.within is None:
            return 1.0
        low, high = self.within
        return math.sqrt(max(0.0, (value - low) * (high - value)))


def quantile(freedom: float) -> float:
    """Student's t that is exceeded on either side in five of a hundred cases.

    Example:
        >>> round(quantile(4), 3)
        2.776
    """
    from scipy.special import stdtrit  # not at the top: a build with nothing to do is quick

    return float(stdtrit(freedom, (1 + CONFIDENCE) / 2))


def _variance_of_mean(values: Sequence[float]) -> float:
    count = len(values)
    mean = math.fsum(values) / count
    return math.fsum((value - mean) ** 2 for value in values) / (count - 1) / count


def _freedom(parts: Sequence[tuple[float, int]]) -> float:
    """Satterthwaite's, of a sum of estimated variances."""
    total = math.fsum(variance for variance, _ in parts)
    return total**2 / math.fsum(variance**2 / freedom for variance, freedom in parts)


def _inside(mean: float, values: Sequence[float], within: Bounds) -> float:
    """The mean, once it is seen that all values keep the bounds."""
    low, high = within
    slack = ROUNDING * (high - low)
    if not low - slack <= min(values) <= max(values) <= high + slack:
        raise ValueError(f"`values` (={list(values)}) must lie within {low} and {high}")
    return min(max(mean, low), high)


def _trials(mean: float, variance: float, within: Bounds, count: int, things: int) -> float:
    """How many independent draws of nothing but the two bounds have a mean that is as sure."""
    low, high = within
    seen = (mean - low) * (high - mean) / variance if variance else math.inf
    most = count * things if things else math.inf
    trials = min(seen, most)
    return count if math.isinf(trials) and mean in within else trials


def _wilson(mean: float, reach: float, within: Bounds, trials: float) -> Bounds:
    """The values that a mean is no further from than `reach` times its spread there."""
    low, span = within[0], within[1] - within[0]
    share, square = (mean - low) / span, reach**2 / trials
    middle = share + square / 2
    half = math.sqrt(square * (share * (1 - share) + square / 4))
    ends = [low + span * (middle + side * half) / (1 + square) for side in (-1, 1)]
    return min(max(ends[0], low), mean), max(min(ends[1], within[1]), mean)
