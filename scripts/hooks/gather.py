"""Gather from all chapters what teachers and learners want on one page: nothing is typed twice.

A page writes `<!-- chapters: self-checks -->`, `exercises` or `misconceptions`, and gets the text
of the chapters, its links made right for where it now stands. `<!-- chapter: 7 -->` is a link.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mkdocs.exceptions import PluginError

from pipeline.places import DOCS

GATHERED = re.compile(r"^<!--\s*chapters:\s*(.*?)\s*-->$", re.MULTILINE)
CHAPTER = re.compile(r"<!--\s*chapter:\s*(\d+)\s*-->")

_KEYS = {key: re.compile(rf"^{key}: (\d+)$", re.MULTILINE) for key in ("number", "minutes")}
_TITLE = re.compile(r"^# (.+)$", re.MULTILINE)
_TARGET = re.compile(r"(?<=\]\()(?![a-z]+:)[^)\s]+")  # of a link that stays within the site
_BOX = re.compile(r'^!!! misconception ("[^"\n]+")\n((?:\n| {4}.*\n)+)', re.MULTILINE)


@dataclass(frozen=True)
class Chapter:
    """What a chapter's file says of itself."""

    number: int
    title: str
    minutes: int
    uri: str  # from the docs folder
    text: str

    def link(self, page: str) -> str:
        """A link in Markdown from another page, with number and title."""
        return f"[{self.number}. {self.title}]({_between(page, self.uri)})"

    def section(self, heading: str, page: str) -> str:
        """The text under a `##` heading, its links made right for another page.

        Raises:
            PluginError: There is no such heading.
        """
        found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", self.text, re.MULTILINE | re.DOTALL)
        if found is None:
            raise PluginError(f"{self.uri}: a chapter needs the section `## {heading}`")
        return moved(found[1].strip(), self.uri, page)


def on_page_markdown(markdown: str, *, page: Any, **_: Any) -> str:
    """Fill in what a page asks for; the facts and figures in it are then filled in as usual.

    Raises:
        PluginError: It asks for something unknown.
    """
    if not (GATHERED.search(markdown) or CHAPTER.search(markdown)):
        return markdown
    return gather(markdown, page.file.src_uri, read_chapters(DOCS))


def read_chapters(docs: Path) -> list[Chapter]:
    """Every chapter, in order.

    Args:
        docs: The folder that mkdocs reads.
    """
    found = (_read(path, docs) for path in docs.glob("*/[0-9][0-9]-*.md"))
    return sorted(found, key=lambda chapter: chapter.number)


def _read(path: Path, docs: Path) -> Chapter:
    text, uri = path.read_text(encoding="utf-8"), path.relative_to(docs).as_posix()
    number, minutes, title = (
        pattern.search(text) for pattern in (_KEYS["number"], _KEYS["minutes"], _TITLE)
    )
    if number is None or minutes is None or title is None:
        raise PluginError(f"{uri}: a chapter needs `number`, `minutes` and a title")
    return Chapter(int(number[1]), title[1], int(minutes[1]), uri, text)


def gather(markdown: str, page: str, chapters: Iterable[Chapter]) -> str:
    """Put the chapters' parts where their marks stand.

    Args:
        markdown: Text of the page.
        page: The page's own file, from the docs folder.
        chapters: In the order in which they are to be listed.

    Raises:
        PluginError: A mark asks for something unknown.
    """
    by_number = {chapter.number: chapter for chapter in chapters}

    def part(mark: re.Match[str]) -> str:
        if mark[1] not in PARTS:
            known = ", ".join(PARTS)
            raise PluginError(f"{page}: unknown part `{mark[1]}` of chapters; there are {known}")
        make = PARTS[mark[1]]
        return "\n\n".join(filter(None, (make(chapter, page) for chapter in by_number.values())))

    def link(mark: re.Match[str]) -> str:
        chapter = by_number.get(int(mark[1]))
        return chapter.link(page) if chapter else f"chapter {mark[1]}"

    return CHAPTER.sub(link, GATHERED.sub(part, markdown))


def moved(text: str, source: str, page: str) -> str:
    """Make links that were written on one page right for another.

    Args:
        text: Markdown.
        source: The file that it was written in, from the docs folder.
        page: The file that it is shown in.

    Example:
        >>> moved("See [6](06-matrix.md#costs), [lab](#lab).", "operation/03-flip.md", "all.md")
        'See [6](operation/06-matrix.md#costs), [lab](operation/03-flip.md#lab).'
    """

    def target(link: re.Match[str]) -> str:
        path, mark, anchor = link[0].partition("#")
        file = posixpath.normpath(posixpath.join(posixpath.dirname(source), path))
        return _between(page, file if path else source) + mark + anchor

    return _TARGET.sub(target, text)


def _between(page: str, file: str) -> str:
    return posixpath.relpath(file, posixpath.dirname(page) or ".")


def _self_checks(chapter: Chapter, page: str) -> str:
    return _with_heading(chapter, "Check yourself", page)


def _exercise(chapter: Chapter, page: str) -> str:
    return _with_heading(chapter, "Exercise", page)


def _with_heading(chapter: Chapter, section: str, page: str) -> str:
    anchor = section.lower().replace(" ", "-")
    address = f"{_between(page, chapter.uri)}#{anchor}"
    return (
        f"## Chapter {chapter.number}: {chapter.title}\n\n"
        f"[Back to chapter {chapter.number}]({address})\n{{ .cf-back }}\n\n"
        f"{chapter.section(section, page)}"
    )


def _misconceptions(chapter: Chapter, page: str) -> str:
    return "\n\n".join(
        f"??? misconception {title}\n\n{moved(body.rstrip(), chapter.uri, page)}\n\n"
        f"    From {chapter.link(page)}"
        for title, body in _BOX.findall(chapter.text)
    )


PARTS: dict[str, Callable[[Chapter, str], str]] = {
    "self-checks": _self_checks,
    "exercises": _exercise,
    "misconceptions": _misconceptions,
}
