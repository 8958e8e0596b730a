"""The ledger of claims: one table, a row for each sentence, which opens to its measurement."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from html import escape

from cnnfilters.evidence import VERDICTS, Claim, Family
from cnnfilters.results import Recipe
from cnnfilters.words import decimal, number
from pages.chapter import Chapter
from pages.marks import BASE, CLAIM
from pipeline.processes import BuildError

LEDGER = re.compile(r"^<!--\s*ledger\s*-->$", re.MULTILINE)
COLUMNS = {"sentence": "Sentence", "verdict": "Verdict", "margin": "Margin", "chapter": "Chapter"}
_SEEDS = {"networks": ", from as many seeds", "fits": ", from as many seeds"}

Places = Mapping[Chapter, Mapping[str, Claim]]  # the claims of each chapter


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


def table(claims: Places, recipes: Mapping[str, Recipe], family: Family) -> str:
    """All claims as a table in HTML; empty where there are none.

    A script makes it one that can be filtered and sorted (docs/assets/ledger.js). It reads the
    `data-` attributes; the words are for people.

    Args:
        claims: What this build measured, by chapter.
        recipes: Where each claim comes from.
        family: The correction for their number.
    """
    rows = [
        _row(name, claim, chapter, _numbers(name, claim, family), _links(chapter, recipes[name]))
        for chapter, some in claims.items()
        for name, claim in some.items()
    ]
    if not rows:
        return ""
    heads = "".join(
        f'<th role="columnheader" scope="col" data-column="{name}">{words}</th>'
        for name, words in COLUMNS.items()
    )
    return (  # the roles stay where a narrow window lays rows out in another way
        '<table class="cf-ledger" id="ledger" role="table" aria-label="All claims">'
        f'<thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{"".join(rows)}</tbody></table>'
    )


def _row(
    name: str, claim: Claim, chapter: Chapter, numbers: Mapping[str, str], links: Iterable[str]
) -> str:
    """A sentence that opens, with its strip, its verdict and how clearly that was reached."""
    listed = "".join(f"<dt>{term}</dt><dd>{escape(text)}</dd>" for term, text in numbers.items())
    margin = margin_ratio(claim)
    cells = {
        "sentence": f"<details><summary>{escape(claim.sentence)}</summary>"
        f"<dl>{listed}</dl><p>{' · '.join(links)}</p></details>{claim.strip()}{claim.notes_html()}",
        "verdict": f'<b class="cf-verdict">{claim.verdict.capitalize()}</b>',
        "margin": "counted" if margin is None else f"{decimal(margin, 1)} ×",
        "chapter": f'<a href="{BASE}{chapter.address}#claim-{escape(name)}">'
        f'<span class="cf-spoken">Chapter </span>{chapter.number}</a>',
    }
    order = "" if margin is None else f"{margin:.4f}"
    return (
        f'<tr role="row" id="{escape(name)}" data-verdict="{claim.verdict}" '
        f'data-chapter="{chapter.number}" data-margin="{order}">'
        + "".join(f'<td role="cell" data-column="{c}">{text}</td>' for c, text in cells.items())
        + "</tr>"
    )


def agreement(claims: Mapping[str, Claim]) -> str:
    """How many verdicts are the same where the claim was measured in another world, too.

    Example:
        >>> agreement({})
        '0 of 0 verdicts are the same in both'
    """
    pairs = [
        claim.verdict == other.verdict
        for claim in claims.values()
        for other in claim.elsewhere.values()
    ]
    return f"{sum(pairs)} of {len(pairs)} verdicts are the same in both"


def margin_ratio(claim: Claim) -> float | None:
    """What separates an interval from the limit, over what a verdict needs; None for a count.

    Example:
        >>> from cnnfilters.evidence import Interval, Rule
        >>> margin_ratio(Claim("A.", "a", "", Interval(3.0, 2.0, 4.0, 5), Rule(above=0)))
        2.0
    """
    margin = claim.rule.margin(claim.interval)
    return margin.cleared / margin.needed if margin.needed else None


def _numbers(name: str, claim: Claim, family: Family) -> dict[str, str]:
    """All there is to say of a claim: what its chapter says, and more."""
    rows = claim.numbers()
    rows.setdefault("Chance", "not known" if claim.networks else "none: counted")
    if claim.networks:
        rows["Basis"] = f"{claim.networks} {claim.replicates}{_SEEDS.get(claim.replicates, '')}"
        if claim.values:
            rows["Single values"] = ", ".join(number(round(value, 9)) for value in claim.values)
        if claim.origin:
            rows["When and where"] = claim.origin
        rows["Training"] = f"{number(claim.steps)} steps each" if claim.steps else "none"
        rows["Held-out digits"] = _digits(claim)
        rows["p-value"] = (
            f"{_p(claim.p_value)}; corrected for the number of claims {_p(family.adjusted[name])}"
        )
    written = f"{claim.exploratory}: exploratory" if claim.exploratory else "before the measurement"
    return rows | {"Rule written": written}


def _digits(claim: Claim) -> str:
    if claim.interval.digits:
        return f"{number(claim.interval.digits)}; the interval covers their choice, too"
    if claim.digits:
        return f"{number(claim.digits)} in the study; the interval does not cover their choice"
    return "none"


def _p(value: float) -> str:
    return "less than 0.0001" if value < 0.0001 else decimal(value, 4 if value < 0.01 else 2)


def _links(chapter: Chapter, recipe: Recipe) -> list[str]:
    studies = [i.removeprefix("study:") for i in recipe.inputs if i.startswith("study:")]
    return [
        f'<a href="{BASE}{chapter.address}">{escape(chapter.heading)}</a>',
        *(
            f'<a href="{BASE}reference/experiments/#cnnfilters.experiments.{study}">'
            f"the experiment, <code>{study}</code></a>"
            for study in studies
        ),
    ]


def summary(claims: Mapping[str, Claim]) -> str:
    """How many claims there are, and how they fared.

    Example:
        >>> summary({})
        '0 claims: 0 supported, 0 undecided, 0 refuted'
    """
    counts = Counter[str](claim.verdict for claim in claims.values())
    return f"{len(claims)} claims: " + ", ".join(f"{counts[v]} {v}" for v in VERDICTS)


def fill_ledger(markdown: str, table: str) -> str:
    """Put the table where `<!-- ledger -->` stands."""
    return LEDGER.sub(lambda _: table, markdown)
