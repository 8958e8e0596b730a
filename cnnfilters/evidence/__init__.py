"""What a sentence about networks rests on: an interval, a rule fixed before, and a verdict."""

from cnnfilters.evidence.claim import NO_DIFFERENCE, Chance, Claim
from cnnfilters.evidence.family import FAMILY_ERROR, Family, holm
from cnnfilters.evidence.interval import CONFIDENCE, Interval
from cnnfilters.evidence.rule import VERDICTS, Margin, Rule, Verdict

__all__ = [
    "CONFIDENCE",
    "FAMILY_ERROR",
    "NO_DIFFERENCE",
    "VERDICTS",
    "Chance",
    "Claim",
    "Family",
    "Interval",
    "Margin",
    "Rule",
    "Verdict",
    "holm",
]
