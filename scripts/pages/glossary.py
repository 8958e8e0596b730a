"""Link the first use of each glossary term on a page, with its definition on hover.

The glossary page is the only place where a definition is written.
"""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from pipeline.processes import BuildError

PAGE = "glossary.md"
TEXT = {"p", "li", "dd", "td"}  # a term is linked in running text alone
NOT_IN = {"a", "abbr", "button", "code", "details", "figure", "math", "pre", "script", "summary"}
NOT_IN_CLASS = {"arithmatex", "cf-opening", "cf-output", "cf-sources"}
VOID = {"br", "hr", "img", "input", "source", "wbr"}
LONGEST = 200  # characters of a definition on hover

_ENTRY = re.compile(
    r"^(?P<name>\S[^{\n]*?) \{ ?#(?P<anchor>[\w-]+) ?\}\n\n?: +(?P<text>.+(?:\n {4}.+)*)", re.M
)
_MARKUP = re.compile(r"\[([^]]+)\]\([^)]+\)|[*`]")


class Term(NamedTuple):
    """One entry: where it stands, and its first sentence."""

    anchor: str
    definition: str


@lru_cache(maxsize=1)
def _read(text: str) -> dict[str, Term]:
    terms = {}
    for entry in _ENTRY.finditer(text):
        words = " ".join(_MARKUP.sub(r"\1", entry["text"]).split())
        sentence = re.split(r"(?<=\.)\s", words)[0]
        if "$" in sentence or len(sentence) > LONGEST or not sentence.endswith("."):
            raise BuildError(
                f"{PAGE}: the definition of `{entry['name']}` must begin with one sentence of "
                f"plain words, {LONGEST} characters at most"
            )
        terms[entry["name"].lower()] = Term(entry["anchor"], sentence)
    return terms


def read_terms(source: Path) -> Mapping[str, Term]:
    """The glossary, by lower-case term.

    Args:
        source: The glossary page: a definition list whose terms carry an anchor.

    Raises:
        BuildError: A definition can't be shown on hover.
    """
    return _read(source.read_text(encoding="utf-8"))


def link_terms(content: str, terms: Mapping[str, Term], glossary: str) -> str:
    """Link the first use of each term in running text; everything else stays as it is.

    Args:
        content: HTML of a page.
        terms: By lower-case name.
        glossary: Address of the glossary from that page.

    Example:
        >>> terms = {"stride": Term("stride", "The way.")}
        >>> link_terms("<p>Strides of 2, a stride.</p>", terms, "../g/")
        '<p><a class="cf-term" href="../g/#stride" title="The way.">Strides</a> of 2, a stride.</p>'
    """
    linker = _Linker(terms, glossary)
    linker.feed(content)
    linker.close()
    return "".join(linker.parts)


class _Linker(HTMLParser):
    """Copies HTML as it is written, but for the text that holds a term for the first time."""

    def __init__(self, terms: Mapping[str, Term], glossary: str) -> None:
        super().__init__(convert_charrefs=False)
        self.left, self.glossary = dict(terms), glossary
        self.parts: list[str] = []
        self.open: list[tuple[str, bool]] = []  # tag, and whether terms in it stay as they are

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append(self.get_starttag_text() or "")
        classes = (dict(attrs).get("class") or "").split()
        apart = tag in NOT_IN or not NOT_IN_CLASS.isdisjoint(classes)
        if tag not in VOID:
            self.open.append((tag, apart))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag, attrs
        self.parts.append(self.get_starttag_text() or "")

    def handle_endtag(self, tag: str) -> None:
        self.parts.append(f"</{tag}>")
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        running = any(tag in TEXT for tag, _ in self.open)
        apart = any(apart for _, apart in self.open)
        self.parts.append(self._linked(data) if running and not apart else data)

    def handle_entityref(self, name: str) -> None:
        self.parts.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.parts.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.parts.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self.parts.append(f"<!{decl}>")

    def _linked(self, text: str) -> str:
        names = sorted(self.left, key=len, reverse=True)  # `feature map` before `map`
        pattern = "|".join(map(re.escape, names))
        return re.sub(rf"\b({pattern})(s?)\b", self._link, text, flags=re.I) if names else text

    def _link(self, match: re.Match[str]) -> str:
        term = self.left.pop(match[1].lower(), None)
        if term is None:  # the second use within one piece of text
            return match[0]
        title = html.escape(term.definition)
        address = f"{self.glossary}#{term.anchor}"
        return f'<a class="cf-term" href="{address}" title="{title}">{match[0]}</a>'
