"""Give every page of the finished site one content-security policy: nothing foreign runs or loads.

A static host sends no headers of ours, so the policy stands in a meta tag. It is the same on every
page: a link swaps pages in place, so a page lives under the policy of the one that was loaded
first, and that one must know the inline scripts and styles of all others. `frame-ancestors` is not
set, and a meta tag could not set it: widgets may be embedded by anyone.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import NamedTuple

from pipeline.processes import BuildError

DIRECTIVES = (  # what no directive names may not be loaded at all
    "default-src 'none'",
    "base-uri 'none'",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "img-src 'self' data:",  # the theme's icons are data: addresses in its style sheet
    "script-src 'self'{scripts}",
    # hashes for the few style attributes, too: right-aligned cells, a figure's hidden half
    "style-src 'self' 'unsafe-hashes'{styles}",
    "worker-src 'self'",  # the search
)
_ATTRIBUTES = r"""(?:[^>"']+|"[^"]*"|'[^']*')*+>"""
_PIECES = re.compile(  # a whole script or style sheet is one piece: what is inside is no tag
    rf"<!--.*?-->|(<(script|style)\b{_ATTRIBUTES})(.*?)</\2\s*>|(<[a-z]{_ATTRIBUTES})",
    re.DOTALL | re.IGNORECASE,
)
_WORTH_READING = re.compile(r"\s(?:on[a-z]|style\s*=)|javascript:", re.IGNORECASE)
_HEAD = re.compile(r'<head\b[^>]*>\s*(?:<meta charset="?utf-8"?\s*/?>)?', re.IGNORECASE)
_RUNNING = {"", "module", "text/javascript", "application/javascript"}  # others hold data


class Inline(NamedTuple):
    """What stands in a page itself, apart from files."""

    kind: str  # script, style, or handler: a script in an attribute
    text: str


def protect(site: Path) -> None:
    """Put one policy into every page of a site.

    Args:
        site: The folder of the finished pages.

    Raises:
        BuildError: A page holds a handler, which the policy could not allow, or has no head.
    """
    pages = {path: path.read_text(encoding="utf-8") for path in sorted(site.rglob("*.html"))}
    found = set[Inline]()
    for path, page in pages.items():
        inside = set(inline(page))
        for handler in (each for each in inside if each.kind == "handler"):
            raise BuildError(
                f"{path.relative_to(site)}: `{handler.text}` is a script in an attribute; "
                "listen from a file under docs/ instead"
            )
        found |= inside
    tag = f'<meta http-equiv="Content-Security-Policy" content="{policy(found)}">'
    for path, page in pages.items():
        head = _HEAD.search(page)
        if head is None:
            raise BuildError(f"{path.relative_to(site)}: there is no <head> for the policy")
        # bytes: a new line is one byte on every system, as hashes want it
        path.write_bytes(f"{page[: head.end()]}{tag}{page[head.end() :]}".encode())


def policy(found: Iterable[Inline]) -> str:
    """The policy that allows our own files, these pieces, and nothing else.

    Args:
        found: Scripts and styles that stand in pages.

    Example:
        >>> "script-src 'self';" in policy([])
        True
    """
    kinds: dict[str, set[str]] = {"script": set(), "style": set()}
    for kind, text in found:
        kinds[kind].add(f" '{fingerprint(text)}'")
    hashes = {f"{kind}s": "".join(sorted(each)) for kind, each in kinds.items()}
    return "; ".join(DIRECTIVES).format(**hashes)


def fingerprint(text: str) -> str:
    """How a policy names a script or style that stands in a page.

    Example:
        >>> fingerprint("alert('Hello, world.');")  # from the standard, Content Security Policy 3
        'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='
    """
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def inline(page: str) -> Iterator[Inline]:
    """Scripts, style sheets and style attributes of a page, and scripts in attributes.

    Args:
        page: HTML with a line feed at the end of each line.

    Example:
        >>> list(inline('<script src="a.js"></script><td style="color: red">'))
        [Inline(kind='style', text='color: red')]
    """
    for opening, name, text, tag in _PIECES.findall(page):
        if text and (name.lower() == "style" or _runs(opening)):
            yield Inline(name.lower(), text)
        if _WORTH_READING.search(opening or tag):
            yield from _in_attributes(opening or tag)


def _in_attributes(tag: str) -> Iterator[Inline]:
    for name, value in _attributes(tag).items():
        if name == "style" and value:
            yield Inline("style", value)
        elif name.startswith("on") or value.strip().lower().startswith("javascript:"):
            yield Inline("handler", f"{name}={value}")


def _runs(opening: str) -> bool:
    attributes = _attributes(opening)
    return "src" not in attributes and attributes.get("type", "").lower() in _RUNNING


def _attributes(tag: str) -> dict[str, str]:
    """The attributes of one tag, their entities read."""
    reader = _Reader()
    reader.feed(tag)
    return reader.found


class _Reader(HTMLParser):
    """Keeps the attributes of the tag that it is fed."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del tag
        self.found = {name: value or "" for name, value in attrs}
