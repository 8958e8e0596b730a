"""Where a claim's sentence, quantity, unit and rule disagree, as far as a machine can tell.

A sentence may say no more than its rule. Whether it says the same in every respect is for readers;
these are the faults that readers found, each as a rule over the words.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator
from typing import Protocol

GUESSING = 10  # percent of ten digits
NEAR_GUESSING = 12  # percent: what "no better than by guessing" may still be

# "all weights are random" says what was done and not of how many something holds
_SETTINGS = re.compile(
    r"\ball (?:weights|layers|in the same way|the same|pixels|digits|\d+ \w+)|\bat (?:most|all)\b"
    r"|\bno (?:better|worse|more|less|longer|colour|direction|price|network)\b|\bany other\b"
    r"|\ba tenth of the start\b"
)
_EACH = re.compile(r"\b(?:each|every|all|most|none|no)\b", re.I)
_COUNTS = re.compile(
    r"\b(?:of|among) (?:\d[\d,]*|ten|the ten)\b"
    r"|\b(?:units|kernels|components|layers|images|readings|networks|digits|stages|claims)"
    r" (?:that|of|whose|beyond|below|above|nearest|by|from|with)\b"
)
_EXTREME = re.compile(r"^(?:the )?(?:least|greatest|largest|smallest|most|worst|best)\b", re.I)
_MEAN = re.compile(r"\b(?:mean(?! digit)|median|average)\b")
_PARTS = re.compile(
    r"\b(?:half|quarters?|thirds?|tenths?|most)\b(?! a point)|\bnine times in ten\b"
)
_SHARE = re.compile(r"\bshare|%|\bover\b|\bof \d|\bfor each 100\b|\breadings\b|\bimages\b")
_DANGLING = re.compile(r"^(?:It|Its|They|Their|This|These|Those|So is|So are)\b|\bthem do\b")
_BOUND = re.compile(
    r"\b(?P<way>more than|over|at least|less than|fewer than|under)\s+(?P<number>half a|half|"
    r"three quarters|a tenth|a|an|one|two|three|four|five|six|seven|eight|nine|ten|[\d.]+)"
    r"(?= (?:points?|of\b|%|are|kernels|units)|[.,]|$)",
    re.I,
)
_LEAST = ("more than", "over", "at least")
_TO_TEN = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_WORDS = {word: number for number, word in enumerate(_TO_TEN, 1)} | {"a": 1, "an": 1}
_FRACTIONS = {"half": 0.5, "half a": 0.5, "three quarters": 0.75, "a tenth": 0.1}


class Rule(Protocol):
    """What bounds a value."""

    @property
    def above(self) -> float: ...
    @property
    def below(self) -> float: ...


class Claim(Protocol):
    """What is read of a claim."""

    @property
    def sentence(self) -> str: ...
    @property
    def quantity(self) -> str: ...
    @property
    def unit(self) -> str: ...
    @property
    def rule(self) -> Rule: ...


def disagreements(claim: Claim) -> list[str]:
    """What a claim's parts say differently, each in words.

    Example:
        >>> from types import SimpleNamespace
        >>> rule = SimpleNamespace(above=0.0, below=float("inf"))
        >>> parts = {"sentence": "All kernels are smooth.", "quantity": "mean smoothness"}
        >>> disagreements(SimpleNamespace(**parts, unit="", rule=rule))
        ['the sentence speaks of all, and nothing is counted: mean smoothness']
    """
    return [found for check in CHECKS for found in check(claim)]


def quantifier(claim: Claim) -> Iterator[str]:
    """A sentence on each, all, most or none, and a rule on a mean."""
    found = _EACH.search(_SETTINGS.sub("", claim.sentence))
    counts = _COUNTS.search(claim.quantity) or _EXTREME.search(claim.quantity)
    if found and (not counts or _MEAN.search(claim.quantity)):
        yield (
            f"the sentence speaks of {found[0].lower()}, and nothing is counted: {claim.quantity}"
        )


def not_better(claim: Claim) -> Iterator[str]:
    """No better needs an upper bound that lets equals pass; no worse a lower one."""
    sentence, rule = claim.sentence, claim.rule
    if "no better" in sentence and "guess" in sentence:
        if not GUESSING < rule.below <= NEAR_GUESSING:
            yield f"guessing is {GUESSING} %, and the upper bound is {rule.below:g}"
    elif "no better" in sentence and not 0 < rule.below < math.inf:
        yield f"no better allows what is as good, and the upper bound is {rule.below:g}"
    if "no worse" in sentence and not -math.inf < rule.above < 0:
        yield f"no worse allows what is as good, and the lower bound is {rule.above:g}"


def equal(claim: Claim) -> Iterator[str]:
    """About the same is bounded on both sides, as good on the lower one, within what it says."""
    sentence, rule = claim.sentence, claim.rule
    both = math.isfinite(rule.above) and math.isfinite(rule.below)
    if re.search(
        r"\babout as\b|\bis that of\b|\bas its paper says\b|\bmakes no difference\b", sentence
    ):
        if not both:
            yield "what is about the same is bounded on both sides"
    elif re.search(r"\bas (?:well|good) as\b", sentence) and not -math.inf < rule.above < 0:
        yield "as good as something allows a little less, and no more"


def comparison(claim: Claim) -> Iterator[str]:
    """More or less than something is one bound on a difference or a ratio, or on what is named."""
    sentence, rule = claim.sentence, claim.rule
    compares = re.search(
        r"\b(?:more|less|fewer|better|worse|\w+er)\b(?: \S+){0,8} than\b", sentence
    )
    one = math.isfinite(rule.above) != math.isfinite(rule.below)
    if compares and not one and not re.search(r"\bno (?:better|worse)\b", sentence):
        yield "a comparison has one bound"


def bound(claim: Claim) -> Iterator[str]:
    """The number that a sentence names is the rule's, on the side that it names."""
    found = [each for each in _BOUND.finditer(claim.sentence) if each[0] not in claim.quantity]
    if len(found) != 1:  # what the quantity repeats belongs to what is counted
        return
    number, least = _numbers(found[0]["number"].lower(), claim), found[0]["way"].lower() in _LEAST
    rule = claim.rule
    right = (rule.above, -rule.below) if least else (rule.below, -rule.above)
    if not any(math.isclose(side, value, abs_tol=1e-9) for side in right for value in number):
        yield f"the sentence says {found[0][0]!r}, the rule {rule.above:g} to {rule.below:g}"
    if re.search(rf"{re.escape(found[0][0])} points?\b", claim.sentence) and claim.unit != "points":
        yield f"the sentence speaks of points, the unit is {claim.unit!r}"


def _numbers(words: str, claim: Claim) -> tuple[float, ...]:
    if words in _FRACTIONS:
        part = _FRACTIONS[words]
        return (part,) if claim.unit == "points" else (part, 100 * part, *_of_many(part, claim))
    return (float(_WORDS.get(words, words)),)


def _of_many(part: float, claim: Claim) -> tuple[float, ...]:
    whole = re.search(r"\bof (\d+)\b", claim.quantity)
    return (part * int(whole[1]),) if whole else ()


def part_of(claim: Claim) -> Iterator[str]:
    """Half or most of something is a share or a count; a correlation of 0.5 is neither."""
    found = _PARTS.search(_SETTINGS.sub("", claim.sentence))
    counted = _SHARE.search(claim.quantity) or _COUNTS.search(claim.quantity)
    if (
        found
        and claim.unit != "points"
        and (not counted or re.search(r"\b(?:correlation|cosine)\b", claim.quantity))
    ):
        yield f"the sentence speaks of {found[0]}, and no share is measured: {claim.quantity}"


def alone(claim: Claim) -> Iterator[str]:
    """The ledger shows each sentence by itself."""
    if found := _DANGLING.search(claim.sentence):
        yield f"{found[0]!r} points to another sentence"


CHECKS: tuple[Callable[[Claim], Iterator[str]], ...] = (
    quantifier,
    not_better,
    equal,
    comparison,
    bound,
    part_of,
    alone,
)
