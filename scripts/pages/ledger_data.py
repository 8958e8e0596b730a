"""The ledger as data, for who counts on: JSON and CSV, written by the build beside the page."""

from __future__ import annotations

import csv
import io
import json
import math
from collections.abc import Mapping
from typing import Any

from cnnfilters.evidence import Claim

PARTS = {"interval": ("mean", "low", "high"), "rule": ("above", "below")}
FIELDS = (
    *("id", "sentence", "quantity", "unit", "values", "interval", "rule", "verdict", "chance"),
    *("networks", "steps", "digits", "exploratory", "source", "elsewhere"),
)
"""Every field of an entry, in order; docs/claims.md says what each holds."""


def entry(name: str, claim: Claim) -> dict[str, Any]:
    """One claim as plain values.

    Args:
        name: Its id.
        claim: What this build measured.

    Example:
        >>> from cnnfilters.evidence import Interval, Rule
        >>> found = entry("a", Claim("A.", "a", "", Interval.of([1.0, 2.0, 3.0]), Rule(above=0)))
        >>> found["values"], found["rule"], found["verdict"]
        ([1.0, 2.0, 3.0], {'above': 0, 'below': None}, 'undecided')
    """
    interval, rule = claim.interval, claim.rule
    return {
        "id": name,
        "sentence": claim.sentence,
        "quantity": claim.quantity,
        "unit": claim.unit,
        "values": list(claim.values),
        "interval": {"mean": interval.mean, "low": interval.low, "high": interval.high},
        "rule": {"above": _finite(rule.above), "below": _finite(rule.below)},
        "verdict": claim.verdict,
        "chance": claim.chance.value if claim.chance else None,
        "networks": claim.networks,
        "steps": claim.steps,
        "digits": claim.digits,
        "exploratory": bool(claim.exploratory),
        "source": claim.source,
        "elsewhere": [_elsewhere(where, other) for where, other in claim.elsewhere.items()],
    }


def _elsewhere(where: str, claim: Claim) -> dict[str, Any]:
    """What another world says of the same sentence."""
    low, mean, high = claim.interval.low, claim.interval.mean, claim.interval.high
    interval = {"mean": mean, "low": low, "high": high}
    numbers = {"networks": claim.networks, "steps": claim.steps}
    return {"where": where, "verdict": claim.verdict, "interval": interval, **numbers}


def _finite(limit: float) -> float | None:
    return limit if math.isfinite(limit) else None


def as_json(claims: Mapping[str, Claim]) -> str:
    """A list of entries."""
    entries = [entry(name, claim) for name, claim in claims.items()]
    return json.dumps(entries, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def as_csv(claims: Mapping[str, Claim]) -> str:
    """The same as a table: a field with parts has a column for each, values stand in one cell.

    Example:
        >>> as_csv({}).split(",")[5:9]
        ['interval.mean', 'interval.low', 'interval.high', 'rule.above']
    """
    sheet = io.StringIO()
    columns = [f"{f}.{part}" if part else f for f in FIELDS for part in PARTS.get(f, ("",))]
    writer = csv.DictWriter(sheet, columns, lineterminator="\r\n")  # as RFC 4180 has it
    writer.writeheader()
    writer.writerows(_flat(entry(name, claim)) for name, claim in claims.items())
    return sheet.getvalue()


def _flat(found: Mapping[str, Any]) -> dict[str, Any]:
    cells = dict[str, Any]()
    for field, value in found.items():
        if field == "elsewhere":
            cells[field] = "; ".join(f"{each['where']}: {each['verdict']}" for each in value)
        elif isinstance(value, dict):
            cells |= {f"{field}.{part}": each for part, each in value.items()}
        elif isinstance(value, bool):
            cells[field] = str(value).lower()
        else:
            cells[field] = " ".join(map(str, value)) if isinstance(value, list) else value
    return cells
