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
        f"{' · '.join(links)}</p></div>"
    )


def summary(claims: Mapping[str, Claim]) -> str:
    """How many claims there are, and how they fared.

    Example:
        >>> summary({})
        '0 claims: 0 supported, 0 undecided, 0 refuted'
    """
    counts = Counter[str](claim.verdict for claim in claims.values())
    return f"{len(claims)} claims: " + ", ".join(f"{counts[v]} {v}" for v in VERDICTS)


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
