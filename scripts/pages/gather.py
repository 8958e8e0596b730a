"""Gather from all chapters what teachers and learners want on one page: nothing is typed twice.

A page writes `<!-- chapters: self-checks -->`, `exercises` or `misconceptions`, and gets the text
of the chapters, its links made right for where it now stands. `<!-- chapter: 7 -->` is a link.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable
from pathlib import Path

from pages.chapter import Chapter, read_chapters
from pipeline.processes import BuildError

GATHERED = re.compile(r"^<!--\s*chapters:\s*(.*?)\s*-->$", re.MULTILINE)
CHAPTER = re.compile(r"<!--\s*chapter:\s*(\d+)\s*-->")

_TARGET = re.compile(r"(?<=\]\()(?![a-z]+:)[^)\s]+")  # of a link that stays within the site
_BOX = re.compile(r'^!!! misconception ("[^"\n]+")\n((?:\n| {4}.*\n)+)', re.MULTILINE)


def gather(markdown: str, page: str, docs: Path) -> str:
    """Put the chapters' parts where their marks stand; the facts in them are to be filled in yet.

    Args:
        markdown: Text of the page.
        page: The page's own file, from the docs folder.
        docs: The folder of what people wrote; read only for a page that asks for something.

    Raises:
        BuildError: A mark asks for something unknown.
    """
    if not (GATHERED.search(markdown) or CHAPTER.search(markdown)):
        return markdown
    by_number = {chapter.number: chapter for chapter in read_chapters(docs)}

    def part(mark: re.Match[str]) -> str:
        if mark[1] not in PARTS:
            known = ", ".join(PARTS)
            raise BuildError(f"{page}: unknown part `{mark[1]}` of chapters; there are {known}")
        make = PARTS[mark[1]]
        return "\n\n".join(filter(None, (make(chapter, page) for chapter in by_number.values())))

    def link(mark: re.Match[str]) -> str:
        chapter = by_number.get(int(mark[1]))
        return _link(chapter, page) if chapter else f"chapter {mark[1]}"

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


def _link(chapter: Chapter, page: str) -> str:
    return f"[{chapter.heading}]({_between(page, chapter.uri)})"


def _section(chapter: Chapter, heading: str, page: str) -> str:
    """The text under a `##` heading, its links made right for another page."""
    found = re.search(rf"^## {heading}\n(.*?)(?=^## |\Z)", chapter.text, re.MULTILINE | re.DOTALL)
    if found is None:
        raise BuildError(f"{chapter.uri}: a chapter needs the section `## {heading}`")
    return moved(found[1].strip(), chapter.uri, page)


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
        f"{_section(chapter, section, page)}"
    )


def _misconceptions(chapter: Chapter, page: str) -> str:
    return "\n\n".join(
        f"??? misconception {title}\n\n{moved(body.rstrip(), chapter.uri, page)}\n\n"
        f"    From {_link(chapter, page)}"
        for title, body in _BOX.findall(chapter.text)
    )


PARTS: dict[str, Callable[[Chapter, str], str]] = {
    "self-checks": _self_checks,
    "exercises": _exercise,
    "misconceptions": _misconceptions,
}
