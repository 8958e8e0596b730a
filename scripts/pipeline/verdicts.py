"""What a new measurement of a study says otherwise than the one that is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnnfilters.claims import CLAIMS
from cnnfilters.config import Source
from cnnfilters.evidence import Claim
from cnnfilters.experiments import EXPERIMENTS
from pipeline.measured import read_study, worlds_of
from pipeline.places import Places

WORLDS: dict[Source, str] = {"sample": "on 5,000 digits", "mnist": "on all of MNIST"}


def claims_of(name: str, study: Mapping[str, Any]) -> dict[str, Claim]:
    """The claims of an experiment, of a study as a file has it.

    Args:
        name: Of the experiment.
        study: Its values.
    """
    measured = EXPERIMENTS[name].study(**study)
    return {claim: CLAIMS[claim].make(measured) for claim in EXPERIMENTS[name].claims}


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


def elsewhere(places: Places, source: Source, *, shown: bool) -> dict[str, dict[str, Claim]]:
    """What was measured once of each claim in other worlds than the one of a build.

    Args:
        places: Of the build.
        source: Of the build.
        shown: Whether the build shows what was measured once; else that is another world, too.

    Returns:
        By claim and by world, in words.
    """
    found = dict[str, dict[str, Claim]]()
    for name in places.scope.part("experiments", EXPERIMENTS):
        for world, words in WORLDS.items():
            if (shown and world == source) or world not in worlds_of(places, name):
                continue
            where = words if shown else f"measured once, {words}"
            for claim, made in claims_of(name, read_study(places, name, world)[0]).items():
                found.setdefault(claim, {})[where] = made
    return found
