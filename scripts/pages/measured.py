"""Put figures, facts and claims where a page asks for them."""

from __future__ import annotations

import html
import json
import re
from dataclasses import dataclass, field
from pathlib import Path

from pages.ledger import fill_ledger
from pages.marks import BASE, CLAIM, FIGURE, VERDICT, fill
from pages.overview import fill_overview
from pipeline.processes import BuildError


@dataclass(frozen=True)
class Measured:
    """What a build has for pages to ask for, each by its name.

    Attributes:
        figures: The folder of their HTML.
        facts: Numbers in words.
        claims: HTML of each.
        verdicts: Of each claim, as a word in a sentence.
        ledger: The table of all claims.
        overview: Lists of claims.
    """

    figures: Path
    facts: dict[str, str]
    claims: dict[str, str] = field(default_factory=dict)
    verdicts: dict[str, str] = field(default_factory=dict)
    ledger: str = ""
    overview: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, words: Path, figures: Path) -> Measured:
        """What the last build left.

        Raises:
            OSError: It left nothing.
        """
        found = json.loads(words.read_text(encoding="utf-8"))
        found.pop("contradicted", None)  # no page asks for it
        return cls(figures, **found)

    def check(self, text: str, place: str) -> None:
        """Refuse what a page asks for and does not exist.

        Raises:
            BuildError: The message names page, kind and name.
        """
        figures = {path.stem for path in self.figures.glob("*.html")}
        for name in FIGURE.findall(text):
            if name not in figures:
                raise BuildError(f"{place}: unknown figure `{name}`; cnnfilters/figures lists them")
        for name in CLAIM.findall(text):
            if name not in self.claims:
                raise BuildError(
                    f"{place}: unknown claim `{name}`; cnnfilters/experiments lists them"
                )
        if place.endswith(".md"):  # else it may be code, which has braces of its own
            self.in_text(text, place)

    def in_text(self, markdown: str, place: str) -> str:
        """Put the numbers into sentences, and the claims into lists.

        Raises:
            BuildError: The text asks for what there is not.
        """
        filled = fill_ledger(fill(markdown, self.facts, place), self.ledger)
        return fill_overview(filled, self.overview, place)

    def in_html(self, content: str, base: str) -> str:
        """Put figures and claims where a comment of their name stands.

        Args:
            content: HTML of a page.
            base: The way from the page to the site's root, with a slash at its end.
        """

        def figure(mark: re.Match[str]) -> str:
            return (self.figures / f"{mark[1]}.html").read_text(encoding="utf-8")

        def claim(mark: re.Match[str]) -> str:
            return self.claims[html.unescape(mark[1])]

        def verdict(mark: re.Match[str]) -> str:
            return self.verdicts[html.unescape(mark[1])]

        content = VERDICT.sub(verdict, FIGURE.sub(figure, content))
        return CLAIM.sub(claim, content).replace(BASE, base)
