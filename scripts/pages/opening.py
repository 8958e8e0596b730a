"""A chapter's opening: its number, question, minutes and goals, from the page's front matter."""

from __future__ import annotations

import re
from html import escape
from typing import Any

import markdown

NEEDED = ("question", "minutes", "goals", "description")
_HEADING = re.compile(r"<h1(?P<attributes>[^>]*)>(?P<title>.*?)</h1>", re.DOTALL)


def opened(content: str, meta: dict[str, Any]) -> str:
    """A chapter whose title is followed by its opening.

    Args:
        content: HTML of a page without `faults`.
        meta: Its front matter.
    """
    return _HEADING.sub(lambda heading: _opening(heading, meta), content, count=1)


def faults(meta: dict[str, Any], content: str) -> list[str]:
    """What a chapter's front matter lacks; each fails a strict build.

    Example:
        >>> faults({"number": 3, "question": "Why?", "minutes": 9, "goals": ["see"]}, "<h1>A</h1>")
        ['a chapter needs `description` in its front matter']
    """
    missing = [
        f"a chapter needs `{key}` in its front matter" for key in NEEDED if not meta.get(key)
    ]
    if meta.get("goals") and not isinstance(meta["goals"], list):
        missing.append("`goals` must be a list")
    if not _HEADING.search(content):
        missing.append("a chapter needs a title: one line that starts with `# `")
    return missing


def _opening(heading: re.Match[str], meta: dict[str, Any]) -> str:
    """The title, with its own words and anchor, and below it what the chapter is about.

    The title stands outside of the block: the search takes what comes before a title for a page
    of its own.
    """
    goals = "".join(f"<li>{_inline(goal)}</li>" for goal in meta["goals"])
    return (
        f"<h1{heading['attributes']}>"
        f'<span class="cf-number">{escape(str(meta["number"]))}.</span> {heading["title"]}</h1>'
        f'<div class="cf-opening"><p class="cf-question">{_inline(meta["question"])}</p>'
        f'<div class="cf-goals"><p>In about {escape(str(meta["minutes"]))} minutes '
        f"you will be able to</p><ul>{goals}</ul></div></div>"
    )


def _inline(text: Any) -> str:
    """One line of Markdown, formulas included, without its paragraph."""
    extensions = ["pymdownx.arithmatex"]
    html: str = markdown.markdown(
        str(text), extensions=extensions, extension_configs={extensions[0]: {"generic": True}}
    )
    return html.removeprefix("<p>").removesuffix("</p>")
