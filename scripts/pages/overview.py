"""Short lists of claims, for a page that looks back; the ledger has the numbers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import escape

from cnnfilters.evidence import VERDICTS, Claim
from pages.chapter import Chapter
from pages.marks import BASE
from pipeline.processes import BuildError

MARK = re.compile(r"^<!--\s*claims:\s*(\S*)\s*-->$", re.MULTILINE)


def overview(claims: Mapping[Chapter, Mapping[str, Claim]]) -> dict[str, str]:
    """Short lists of the claims, for pages that look back; the ledger has the numbers.

    Args:
        claims: What this build measured, by chapter.

    Returns:
        HTML by the name that a page asks for with `<!-- claims: NAME -->`: `by-chapter`, a folded
        list for each chapter; `unsupported`, one list of all that did not hold or is undecided.
    """
    return {
        "by-chapter": "".join(_folded(chapter, some) for chapter, some in claims.items()),
        "unsupported": "".join(_unsupported(chapter, some) for chapter, some in claims.items()),
    }


def _folded(chapter: Chapter, claims: Mapping[str, Claim]) -> str:
    """One chapter's claims, closed: its title and how they fared, then one line each."""
    counts = Counter[str](claim.verdict for claim in claims.values())
    fared = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict])
    lines = "".join(f"<li>{_line(name, claim)}</li>" for name, claim in claims.items())
    return (
        f'<details class="cf-verdicts"><summary>{escape(chapter.heading)} '
        f"<span>{fared}</span></summary><ul>{lines}</ul>"
        f'<p><a href="{BASE}{chapter.address}">To chapter {chapter.number}</a></p></details>'
    )


def _unsupported(chapter: Chapter, claims: Mapping[str, Claim]) -> str:
    """What a chapter claims and this build does not support, as one list; else nothing."""
    found = {name: claim for name, claim in claims.items() if claim.verdict != "supported"}
    lines = "".join(f"<li>{_line(name, claim)}</li>" for name, claim in found.items())
    link = f'<a href="{BASE}{chapter.address}">{escape(chapter.heading)}</a>'
    return f'<div class="cf-verdicts"><p>{link}</p><ul>{lines}</ul></div>' if found else ""


def _line(name: str, claim: Claim) -> str:
    """The verdict, which leads to the measurement, and the sentence."""
    verdict = f'<a href="{BASE}claims/#{escape(name)}">{claim.verdict.capitalize()}</a>'
    return f"<b>{verdict}.</b> {escape(claim.sentence)}"


def fill_overview(markdown: str, overviews: Mapping[str, str], place: str) -> str:
    """Put a list of claims where `<!-- claims: NAME -->` stands.

    Raises:
        BuildError: There is no such list.
    """

    def found(mark: re.Match[str]) -> str:
        if mark[1] not in overviews:
            known = ", ".join(overviews)
            raise BuildError(f"{place}: unknown list of claims `{mark[1]}`; there are {known}")
        return overviews[mark[1]] or "<p>None.</p>"

    return MARK.sub(found, markdown)
