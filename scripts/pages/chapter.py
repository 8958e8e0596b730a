"""What a page's own file says of it: the one reader of titles and front matter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from pipeline.processes import BuildError

_HEAD = re.compile(r"---\n(.*?)\n---\n", re.DOTALL)
_TITLES = {".md": "# ", ".py": "# # "}  # a tutorial's Markdown stands in comments


@dataclass(frozen=True)
class Chapter:
    """A page that people wrote; what it does not say is empty or 0.

    Attributes:
        uri: Its file, from the docs folder.
        number: 0 for a page that is no chapter.
        text: All below the front matter.
    """

    uri: str
    title: str
    question: str
    number: int
    minutes: int
    text: str

    @property
    def address(self) -> str:
        """Of the page, from the site's root."""
        return f"{self.uri.removesuffix('.md')}/"

    @property
    def heading(self) -> str:
        """Number and title."""
        return f"{self.number}. {self.title}"

    @classmethod
    def read(cls, path: Path, docs: Path) -> Chapter:
        """Read a page, in Markdown or a tutorial.

        Args:
            path: Its file.
            docs: The folder of what people wrote.

        Raises:
            BuildError: The front matter is no YAML.
            OSError: There is no such file.
        """
        uri, text = path.relative_to(docs).as_posix(), path.read_text(encoding="utf-8")
        head = _HEAD.match(text) if path.suffix == ".md" else None
        meta = _meta(head[1], uri) if head else {}
        body = text[head.end() :] if head else text
        title = re.search(rf"^{_TITLES[path.suffix]}(.+)$", body, re.MULTILINE)
        return cls(
            uri,
            title[1] if title else "",
            str(meta.get("question") or ""),
            _whole(meta.get("number")),
            _whole(meta.get("minutes")),
            body,
        )


@lru_cache(maxsize=256)  # chapters are read for several pages of each build
def _meta(text: str, uri: str) -> dict[str, Any]:
    try:
        return dict(yaml.safe_load(text) or {})
    except (yaml.YAMLError, TypeError, ValueError) as error:
        raise BuildError(f"{uri}: the lines between --- are no YAML: {error}") from error


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def read_chapters(docs: Path) -> list[Chapter]:
    """Every chapter, in order.

    Args:
        docs: The folder of what people wrote.

    Raises:
        BuildError: One of them lacks what the pages need that gather from all.
    """
    found = [Chapter.read(path, docs) for path in docs.glob("*/[0-9][0-9]-*.md")]
    for chapter in found:
        if not (chapter.number and chapter.minutes and chapter.title):
            raise BuildError(f"{chapter.uri}: a chapter needs `number`, `minutes` and a title")
    return sorted(found, key=lambda chapter: chapter.number)
