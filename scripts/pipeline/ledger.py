"""The ledger of claims: every sentence with its measurement, by the chapter that it stands in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from html import escape

from cnnfilters.evidence import Claim
from cnnfilters.results import Recipe
from pipeline.places import DOCS
from pipeline.processes import BuildError

LEDGER = re.compile(r"^<!--\s*ledger\s*-->$", re.MULTILINE)
MARK = re.compile(r"^<!--\s*claims:\s*(\S*)\s*-->$", re.MULTILINE)
BASE = "%BASE%"  # stands for the way from a page to the site's root
NUMBER, TITLE = re.compile(r"^number: (\d+)$", re.MULTILINE), re.compile(r"^# (.+)$", re.MULTILINE)
_SEEDS = {"networks": ", from as many seeds", "fits": ", from as many seeds"}
VERDICTS = ("supported", "undecided", "refuted")


def entries(claims: Mapping[str, Claim], recipes: Mapping[str, Recipe]) -> dict[str, list[str]]:
    """Each claim's entry in HTML, by the page that explains it.

    Args:
        claims: What this build measured.
        recipes: Where each claim comes from.
    """
    pages: dict[str, list[str]] = {}
    for name, claim in claims.items():
        studies = [i.removeprefix("study:") for i in recipes[name].inputs if i.startswith("study:")]
        pages.setdefault(claim.page, []).append(_entry(name, claim, studies))
    return dict(sorted(pages.items(), key=lambda item: int(_chapter(item[0])[0])))


def _entry(name: str, claim: Claim, studies: list[str]) -> str:
    networks = claim.interval.networks
    rows = {
        "measured": claim.quantity,
        "value": claim.value(),
        claim.each: f"{networks}{_SEEDS.get(claim.each, '')}" if networks else "none: counted",
        "rule": claim.rule.words(claim.unit),
    }
    listed = "".join(f"<dt>{term}</dt><dd>{escape(text)}</dd>" for term, text in rows.items())
    links = [f'<a href="{BASE}{claim.page}">{escape(". ".join(_chapter(claim.page)))}</a>']
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


def overview(claims: Mapping[str, Claim]) -> dict[str, str]:
    """Short lists of the claims, for pages that look back; the ledger has the numbers.

    Args:
        claims: What this build measured.

    Returns:
        HTML by the name that a page asks for with `<!-- claims: NAME -->`: `by-chapter`, a folded
        list for each chapter; `unsupported`, one list of all that did not hold or is undecided.
    """
    pages: dict[str, dict[str, Claim]] = {}
    for name, claim in claims.items():
        pages.setdefault(claim.page, {})[name] = claim
    ordered = sorted(pages.items(), key=lambda item: int(_chapter(item[0])[0]))
    return {
        "by-chapter": "".join(_folded(page, found) for page, found in ordered),
        "unsupported": "".join(_unsupported(page, found) for page, found in ordered),
    }


def _folded(page: str, claims: Mapping[str, Claim]) -> str:
    """One chapter's claims, closed: its title and how they fared, then one line each."""
    counts = Counter[str](claim.verdict for claim in claims.values())
    fared = ", ".join(f"{counts[verdict]} {verdict}" for verdict in VERDICTS if counts[verdict])
    number, title = map(escape, _chapter(page))
    lines = "".join(f"<li>{_line(name, claim)}</li>" for name, claim in claims.items())
    return (
        f'<details class="cf-verdicts"><summary>{number}. {title} '
        f"<span>{fared}</span></summary><ul>{lines}</ul>"
        f'<p><a href="{BASE}{page}">To chapter {number}</a></p></details>'
    )


def _unsupported(page: str, claims: Mapping[str, Claim]) -> str:
    """What a chapter claims and this build does not support, as one list; else nothing."""
    found = {name: claim for name, claim in claims.items() if claim.verdict != "supported"}
    lines = "".join(f"<li>{_line(name, claim)}</li>" for name, claim in found.items())
    number, title = map(escape, _chapter(page))
    link = f'<a href="{BASE}{page}">{number}. {title}</a>'
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


def fill_ledger(markdown: str, pages: Mapping[str, list[str]]) -> str:
    """Put the entries where `<!-- ledger -->` stands, with a heading for each chapter."""
    parts = [
        "\n\n".join([f"## {'. '.join(_chapter(page))}", *found]) for page, found in pages.items()
    ]
    return LEDGER.sub(lambda _: "\n\n".join(parts), markdown)


def _chapter(page: str) -> tuple[str, str]:
    """Number and title of the chapter at an address.

    Raises:
        BuildError: There is none.
    """
    path = DOCS / f"{page.rstrip('/')}.md"
    if not path.exists():
        raise BuildError(f"a claim belongs to {page}, but there is no {path.name}")
    text = path.read_text(encoding="utf-8")
    number, title = NUMBER.search(text), TITLE.search(text)
    if number is None or title is None:
        raise BuildError(f"a claim belongs to {page}, which has no `number` or no title")
    return number[1], title[1]
