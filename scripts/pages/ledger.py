"""The ledger of claims: every sentence with its measurement, by the chapter that it stands in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape

from cnnfilters.evidence import VERDICTS, Claim
from cnnfilters.results import Recipe
from pages.chapter import Chapter
from pages.marks import BASE, CLAIM
from pipeline.processes import BuildError

LEDGER = re.compile(r"^<!--\s*ledger\s*-->$", re.MULTILINE)
MARK = re.compile(r"^<!--\s*claims:\s*(\S*)\s*-->$", re.MULTILINE)
_SEEDS = {"networks": ", from as many seeds", "fits": ", from as many seeds"}


def claim_pages(chapters: Iterable[Chapter]) -> dict[str, str]:
    """The address of the chapter that marks each claim, such as `learning/11-training/`."""
    return {name: each.address for each in chapters for name in CLAIM.findall(each.text)}


def by_chapter(
    claims: Mapping[str, Claim], chapters: Iterable[Chapter]
) -> dict[Chapter, dict[str, Claim]]:
    """The claims of each chapter that marks some, in the order of the chapters.

    Args:
        claims: What this build measured.
        chapters: All there are, in order.

    Raises:
        BuildError: No chapter marks a claim.
    """
    known = list(chapters)
    places = claim_pages(known)
    for name in claims.keys() - places.keys():
        raise BuildError(f"the claim {name} is in no chapter: write <!-- claim: {name} -->")
    found = {
        chapter: {n: claim for n, claim in claims.items() if places[n] == chapter.address}
        for chapter in known
    }
    return {chapter: some for chapter, some in found.items() if some}


def entries(
    claims: Mapping[Chapter, Mapping[str, Claim]], recipes: Mapping[str, Recipe]
) -> dict[str, list[str]]:
    """Each claim's entry in HTML, by the heading of the chapter that explains it.

    Args:
        claims: What this build measured, by chapter.
        recipes: Where each claim comes from.
    """
    return {
        chapter.heading: [
            _entry(name, claim, chapter, recipes[name]) for name, claim in some.items()
        ]
        for chapter, some in claims.items()
    }


def _entry(name: str, claim: Claim, chapter: Chapter, recipe: Recipe) -> str:
    studies = [i.removeprefix("study:") for i in recipe.inputs if i.startswith("study:")]
    networks = claim.interval.networks
    rows = {
        "measured": claim.quantity,
        "value": claim.value(),
        claim.replicates: f"{networks}{_SEEDS.get(claim.replicates, '')}"
        if networks
        else "none: counted",
        "rule": claim.rule.words(claim.unit),
    }
    listed = "".join(f"<dt>{term}</dt><dd>{escape(text)}</dd>" for term, text in rows.items())
    links = [f'<a href="{BASE}{chapter.address}">{escape(chapter.heading)}</a>']
    links += [
        f'<a href="{BASE}reference/experiments/#cnnfilters.experiments.{study}">'
        f"the experiment, <code>{study}</code></a>"
        for study in studies
    ]
    return (
        f'<div class="cf-claim" id="{escape(name)}" data-verdict="{claim.verdict}">'
        f'<p class="cf-claim__sentence">{escape(claim.sentence)}</p>'
        f'<dl class="cf-claim__values">{listed}</dl>'
        f'<p class="cf-claim__verdict"><b>{claim.verdict.capitalize()}.</b> '
        f"{claim.otherwise} {' · '.join(links)}</p></div>"
    )


def summary(claims: Mapping[str, Claim]) -> str:
    """How many claims there are, and how they fared.

    Example:
        >>> summary({})
        '0 claims: 0 supported, 0 undecided, 0 refuted'
    """
    counts = Counter[str](claim.verdict for claim in claims.values())
    return f"{len(claims)} claims: " + ", ".join(f"{counts[v]} {v}" for v in VERDICTS)


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


def fill_ledger(markdown: str, entries: Mapping[str, list[str]]) -> str:
    """Put the entries where `<!-- ledger -->` stands, below the heading of their chapter."""
    parts = ["\n\n".join([f"## {heading}", *found]) for heading, found in entries.items()]
    return LEDGER.sub(lambda _: "\n\n".join(parts), markdown)
