"""Find prose that Markdown takes for something else, since a line of it begins like a mark.

A sentence that is wrapped before "4. The next" or begins with "25." becomes an item of a list, and
its number is lost; "#", ">", ":" and "|" at the beginning of a line do harm in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
import markdown
import yaml
from mkdocs.utils.yaml import get_yaml_loader

from docs.chapters import DOCS

_MARK = re.compile(r"(?P<indent> *)(?P<mark>\d+[.)]|[-*+]|#{1,6}|>|:|\|)(?=\s)")
_FACT = re.compile(r"\{\{.*?\}\}")  # becomes a number, as a rule
_FENCE = re.compile(r" *(```+|~~~+|\$\$|<!--(?!.*-->))")
_CLOSED = {"`": "```", "~": "~~~", "$": "$$", "<": "-->"}
_FRONT_MATTER = re.compile(r"\A---\n.*?^---\n", re.S | re.M)
_BOX = re.compile(r" *(!!!|\?\?\?\+?|===) ")
_ENDS = tuple(".?!:;)]”’%…*")


@dataclass
class _Lists:
    """The lists that are open where one reads: by indentation the last mark, innermost last."""

    marks: dict[int, str] = field(default_factory=dict)

    def leave(self, indent: int) -> None:
        """A line that stands further out ends the lists within."""
        self.marks = {at: mark for at, mark in self.marks.items() if at <= indent}

    def enter(self, found: re.Match[str]) -> None:
        """An item begins."""
        indent = len(found["indent"])
        self.leave(indent)
        self.marks[indent] = found["mark"]

    def continued_by(self, found: re.Match[str]) -> bool:
        """Whether this is the next item of a list that is open."""
        last, mark = self.marks.get(len(found["indent"])), found["mark"]
        if last is None or not mark[0].isdigit():
            return last == mark
        return last[0].isdigit() and int(mark[:-1]) == int(last[:-1]) + 1


def accidental_marks(text: str) -> list[str]:
    """Lines that begin with a mark which no one meant, each with why.

    Example:
        >>> accidental_marks("How many numbers can change?\\n\\n25. All others are copies.")
        ['line 3 begins with `25.`, which begins no list: 25. All others are copies.']
    """
    return list(_faults(text))


def _faults(text: str) -> Iterator[str]:
    lists, first = _Lists(), True
    for number, line in _prose(text):
        # a number that is filled in does harm within an item or as the first word alone
        found = _MARK.match(_FACT.sub("9", line) if first or lists.marks else line)
        if not line.strip() or _BOX.match(line):
            lists, first = (lists if not line.strip() else _Lists()), True
        elif found is None:
            if first:  # a paragraph that is not within an item ends its list
                lists.leave(len(line) - len(line.lstrip()) - 1)
            first = False
        else:
            if why := _why(lists, found, first=first):
                yield f"line {number} begins with `{found['mark']}`, {why}: {line.strip()}"
            lists.enter(found)
            first = found["mark"].startswith("#")


def _why(lists: _Lists, found: re.Match[str], *, first: bool) -> str:
    mark = found["mark"]
    if lists.continued_by(found):
        return ""
    if not first:
        return "" if mark == ":" and not lists.marks else "in the middle of a paragraph"
    if mark[0].isdigit() and mark[:-1] != "1":
        return "which begins no list"
    return ""


def _prose(text: str) -> Iterator[tuple[int, str]]:
    """Numbered lines without front matter, code, formulas and comments."""
    front = _FRONT_MATTER.match(text)
    skipped = front[0].count("\n") if front else 0
    closing = ""
    for number, line in enumerate(text.split("\n"), 1):
        opening = _FENCE.match(line)
        if number <= skipped:
            continue
        if closing:
            closing = "" if closing in line else closing
        elif opening and not _closed_at_once(line, opening[1]):
            closing = _CLOSED[opening[1][0]]
        else:
            yield number, line


def _closed_at_once(line: str, opening: str) -> bool:
    return _CLOSED[opening[0]] in line.split(opening, 1)[1]


def lonely_items(text: str) -> list[str]:
    """Numbered lists of one item within an answer, and items that stop without an end.

    Example:
        >>> lonely_items('??? answer "How many?"\\n\\n    25. All others are copies.')
        ['an answer holds a list of one item: All others are copies.']
    """
    config = yaml.load((DOCS.parent / "mkdocs.yml").read_text(encoding="utf-8"), get_yaml_loader())
    given = [
        item if isinstance(item, dict) else {item: {}} for item in config["markdown_extensions"]
    ]
    options = {name: settings for item in given for name, settings in item.items()}
    page = markdown.Markdown(extensions=list(options), extension_configs=options)
    root = lxml.html.fromstring(f"<div>{page.convert(_FRONT_MATTER.sub('', text))}</div>")
    lonely = [
        f"an answer holds a list of one item: {_text(items[0])}"
        for items in (details.xpath("./li") for details in root.xpath("//details//ol"))
        if len(items) == 1
    ]
    cut = [
        f"an item of an answer stops without an end: {_text(item)}"
        for item in root.xpath("//details//li[not(.//*[self::pre or self::div or self::li])]")
        if not _text(item).endswith(_ENDS)
    ]
    return lonely + cut


def _text(item: lxml.html.HtmlElement) -> str:
    return " ".join(item.text_content().split())
