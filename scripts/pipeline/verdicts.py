"""What a new measurement of a study says otherwise than the one that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnnfilters.evidence import Claim
from cnnfilters.experiments import EXPERIMENTS


def claims_of(name: str, study: Mapping[str, Any]) -> dict[str, Claim]:
    """The claims of an experiment, of a study as a file has it.

    Args:
        name: Of the experiment.
        study: Its values.
    """
    experiment = EXPERIMENTS[name]
    measured = experiment.study(**study)
    return {claim: make(measured) for claim, make in experiment.claims.items()}


def changed_verdicts(name: str, kept: Mapping[str, Any], again: Mapping[str, Any]) -> list[str]:
    """Each claim whose verdict is another one now, in words.

    Args:
        name: Of the experiment.
        kept: The study that was measured once.
        again: The same, measured anew.
    """
    before, now = claims_of(name, kept), claims_of(name, again)
    return [
        f"{claim} was {before[claim].verdict} ({before[claim].value()}) "
        f"and is {now[claim].verdict} ({now[claim].value()})"
        for claim in before
        if before[claim].verdict != now[claim].verdict
    ]
