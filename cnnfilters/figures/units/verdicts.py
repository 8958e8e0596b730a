"""Every claim of the site as one mark, by chapter and verdict."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from cnnfilters.claims import CLAIMS
from cnnfilters.evidence import VERDICTS, Claim, Verdict
from cnnfilters.figures.drawing.figure import Figure
from cnnfilters.figures.drawing.style import INK, MUTED, RULE, SMALL, Layout
from cnnfilters.figures.drawing.svg import POINTS, box, line, picture, text
from cnnfilters.figures.drawing.table import Table

INPUTS = tuple(sorted({name for recipe in CLAIMS.values() for name in recipe.inputs}))
FILLS = {"supported": MUTED, "undecided": "none", "refuted": "url(#hatch)"}
LEFT, ROW, HEAD = {"wide": 74.0, "narrow": 40.0}, 22.0, 26.0  # points
STEP = {"wide": 19.0, "narrow": 13.0}


def verdicts(pages: Mapping[str, str], *results: Any) -> Figure:
    """One square for each claim: filled, open or hatched.

    Args:
        pages: Where each claim stands.
        results: What `INPUTS` names, in its order.
    """
    given = dict(zip(INPUTS, results, strict=True))
    claims: dict[str, Claim] = {
        name: recipe.make(*(given[each] for each in recipe.inputs))
        for name, recipe in CLAIMS.items()
    }
    chapters = _by_chapter(claims, pages)
    count = Counter[str](claim.verdict for claim in claims.values())
    counted = [claim for claim in claims.values() if not claim.interval.networks]
    return Figure(
        lambda layout: _draw(layout, chapters),
        alt=(
            f"{len(claims)} squares in {len(chapters)} rows, one row a chapter: "
            f"{count['supported']} claims are supported, {count['undecided']} undecided, "
            f"{count['refuted']} refuted."
        ),
        caption=(
            f"{count['supported']} of {len(claims)} claims came out as supported, "
            f"{count['undecided']} undecided and {count['refuted']} refuted; {len(counted)} were "
            "counted, all others rest on several networks or fits."
        ),
        table=Table(
            ("chapter", *VERDICTS),
            [
                (str(chapter), *(found.count(verdict) for verdict in VERDICTS))
                for chapter, found in chapters.items()
            ],
        ),
    )


def _by_chapter(claims: Mapping[str, Claim], pages: Mapping[str, str]) -> dict[int, list[Verdict]]:
    """The verdicts of each chapter, supported first."""
    chapters: dict[int, list[Verdict]] = {}
    for name, claim in claims.items():
        number = re.search(r"/(\d+)-", pages[name])
        chapters.setdefault(int(number[1]) if number else 0, []).append(claim.verdict)
    return {n: sorted(chapters[n], key=VERDICTS.index) for n in sorted(chapters)}


def _draw(layout: Layout, chapters: dict[int, list[Verdict]]) -> str:
    step, left = STEP[layout], LEFT[layout]
    fit = int((POINTS[layout] - left) // step)
    marks = list(_legend(left))
    top = HEAD
    for chapter, found in chapters.items():
        marks.append(line((0, top), (POINTS[layout], top), stroke=RULE, stroke_width="0.6"))
        words = f"chapter {chapter}" if layout == "wide" else f"ch. {chapter}"
        marks.append(text(0, top + ROW / 2 + 3, words))
        lines = [found[start : start + fit] for start in range(0, len(found), fit)]
        for row, some in enumerate(lines):
            for column, verdict in enumerate(some):
                marks.append(_square(left + column * step, top + row * ROW + ROW / 2, verdict))
        top += ROW * len(lines)
    return picture(layout, top + 2, marks)


def _square(left: float, middle: float, verdict: str) -> str:
    return box(left, middle - 5, 10, 10, fill=FILLS[verdict], stroke=INK, stroke_width="0.9")


def _legend(left: float) -> Iterator[str]:
    place = left
    for verdict in VERDICTS:
        yield _square(place, 9, verdict)
        yield text(place + 14, 9 + SMALL / 2 - 1, verdict, colour=MUTED)
        place += 70
