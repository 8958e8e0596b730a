"""A sentence about networks that is a test, and all that belongs to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from typing import NamedTuple

from cnnfilters.evidence.interval import Interval
from cnnfilters.evidence.rule import Rule, Verdict
from cnnfilters.evidence.strip import strip
from cnnfilters.words import number


class Chance(NamedTuple):
    """What the quantity would be if there were nothing to be found: the null.

    Attributes:
        value: In the unit of the quantity.
        words: Where it comes from, such as `guessing one of ten digits`.
    """

    value: float
    words: str


NO_DIFFERENCE = Chance(0.0, "no difference between the two")
"""The null of a comparison."""


@dataclass(frozen=True)
class Claim:
    """A sentence about networks that is a test.

    Attributes:
        sentence: What the text says.
        quantity: What is measured, in words.
        unit: Its unit; empty for a share or a count.
        interval: What this build measured, with the value of each network.
        rule: Fixed in code before the measurement.
        expected: The verdict that the text relies on.
        replicates: What one value stands for, in the plural.
        chance: What chance gives; None where that is not known.
        steps: Of each training; 0 where nothing is trained.
        digits: Held-out digits that the study had; 0 where it asks for none.
        exploratory: Why the rule is not older than the first look at the numbers; empty if it is.
        source: The file that holds sentence and rule.
        origin: When and where it was measured, in words.
        elsewhere: The same sentence measured in other worlds, by their words, such as `on all of
            MNIST`.

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
    chance: Chance | None = None
    steps: int = 0
    digits: int = 0
    exploratory: str = ""
    source: str = ""
    origin: str = ""
    elsewhere: Mapping[str, Claim] = field(default_factory=dict, compare=False)

    @cached_property
    def verdict(self) -> Verdict:
        """What this build found."""
        return self.rule.verdict(self.interval)

    @property
    def values(self) -> tuple[float, ...]:
        """One for each network, seeds in order."""
        return self.interval.values

    @property
    def networks(self) -> int:
        """How many networks, which differ in their seed; 0 for a count."""
        return self.interval.networks

    @property
    def p_value(self) -> float:
        """How probable a measurement this clear were, if what it points to were wrong."""
        return self.rule.p_value(self.interval)

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

    @property
    def notes(self) -> list[str]:
        """What a reader must know beside the verdict: where another one was expected, or found."""
        found = [self.otherwise] if self.otherwise else []
        for where, other in self.elsewhere.items():
            if other.verdict != self.verdict:
                steps = f", after {number(other.steps)} steps" if other.steps else ""
                found.append(f"{_capital(where)}{steps}: {other.verdict}.")
        return found

    def value(self) -> str:
        """The measured value with its interval, in words."""
        unit = f" {self.unit}" if self.unit else ""
        if not self.networks:
            return f"{number(self.interval.mean)}{unit}"
        low, high = number(self.interval.low), number(self.interval.high)
        return f"{number(self.interval.mean)}{unit} (95 % interval {low} to {high})"

    def basis(self) -> str:
        """What the value rests on, in words.

        Example:
            >>> measured = Interval(mean=2.0, low=1.0, high=3.0, networks=5)
            >>> Claim("A.", "a", "points", measured, Rule(above=0), steps=190).basis()
            '5 networks, 190 steps each'
        """
        if not self.networks:
            return "counted, so there is no interval"
        steps = f", {number(self.steps)} steps each" if self.steps else ""
        resampled = self.interval.digits
        digits = f", {number(resampled)} held-out digits" if resampled else ""
        return f"{self.networks} {self.replicates}{steps}{digits}"

    def numbers(self) -> dict[str, str]:
        """What stands behind the verdict, by its name: quantity, value, rule, margin, basis."""
        rows = {
            "Measured": self.quantity,
            "Value": self.value(),
            "Rule": self.rule.words(self.unit),
        }
        if self.networks:
            rows["Margin"] = self.rule.margin(self.interval).words(self.unit)
        if self.chance:
            unit = f" {self.unit}" if self.unit else ""
            rows["Chance"] = f"{number(self.chance.value)}{unit}: {self.chance.words}"
        others = {
            _capital(where): f"{other.verdict}: {other.value()}; {other.basis()}"
            for where, other in self.elsewhere.items()
        }
        return rows | {"Basis": self.basis()} | others

    def strip(self) -> str:
        """The values, their interval, the limits and chance as one small picture."""
        chance = self.chance.value if self.chance else None
        return strip(
            self.interval, self.rule, chance=chance, unit=self.unit, replicates=self.replicates
        )

    def html(self, name: str, *, ledger: str) -> str:
        """The claim on a page: a line with its strip, and the numbers behind it to be opened.

        Args:
            name: The claim's id.
            ledger: Address of the ledger.
        """
        rows = "".join(
            f"<dt>{term}</dt><dd>{escape(words)}</dd>" for term, words in self.numbers().items()
        )
        link = f'<a href="{ledger}#{escape(name)}">How this was measured</a>'
        return (
            f'<div class="cf-claim" id="claim-{escape(name)}" data-verdict="{self.verdict}">'
            f'<p class="cf-claim__sentence">{escape(self.sentence)}</p>{self.strip()}'
            f'<details class="cf-claim__more"><summary><b>{self.verdict.capitalize()}</b> '
            f"<span>numbers</span></summary><dl>{rows}</dl><p>{link}</p></details>"
            f"{self.notes_html()}</div>"
        )

    def in_text(self, name: str, *, ledger: str) -> str:
        """The verdict as a word in a sentence that says the same, leading to the measurement.

        Args:
            name: The claim's id.
            ledger: Address of the ledger.
        """
        found = [f"{self.verdict} here" if self.otherwise else self.verdict]
        found += [
            f"{where} {other.verdict}"
            for where, other in self.elsewhere.items()
            if other.verdict != self.verdict
        ]
        key, words = escape(name), escape(", ".join(found))
        return (
            f'<a class="cf-verdict cf-verdict--in-text" data-verdict="{self.verdict}" '
            f'id="claim-{key}" href="{ledger}#{key}">{words}</a>'
        )

    def notes_html(self) -> str:
        """The notes as a paragraph; empty where there are none."""
        notes = escape(" ".join(self.notes))
        return f'<p class="cf-claim__otherwise">{notes}</p>' if notes else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
