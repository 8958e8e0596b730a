"""The last touches to a page's text: for the search, for paper, for the line breaks."""

from __future__ import annotations

import re

UNSOUGHT = ('<details class="mkdocstrings-source"', '<div class="language-python doc-signature')
_ABROAD = re.compile(r'<a (?=[^>]*\bhref="https?://(?P<address>[^"]+?)/?")')
_TELLING = ("doi.org/", "arxiv.org/")  # such a link's words hold its identifier
_CODE = re.compile(r"(<(?:pre|code|script)\b.*?</(?:pre|code|script)>)", re.DOTALL)
_NAME = re.compile(r"(?<=-name\">)cnnfilters(?:\.\w+)+(?=</span>)")  # in a heading of the reference
_UNIT = re.compile(r"(?<=\d) (?=%|px\b)")


def finished(content: str) -> str:
    """All of them, in order."""
    return parted(joined(addressed(sought(content))))


def sought(content: str) -> str:
    """Keep out of the search what nobody looks for: source code and signatures of the API pages.

    The theme fetches the index at the first visit of any page, so that every entry is paid for by
    readers who never search.

    Example:
        >>> sought('<details class="mkdocstrings-source">')
        '<details data-search-exclude class="mkdocstrings-source">'
    """
    for start in UNSOUGHT:
        tag, rest = start.split(" ", 1)
        content = content.replace(start, f"{tag} data-search-exclude {rest}")
    return content


def addressed(content: str) -> str:
    """Note the address of each link that leaves the site; the print style writes it out.

    The theme turns the other links' addresses into full ones as well, so a style sheet alone cannot
    tell them apart.

    Example:
        >>> addressed('<a href="https://example.org/x/">There</a>')
        '<a data-printed="example.org/x" href="https://example.org/x/">There</a>'
        >>> addressed('<a href="../y/">Here</a>')
        '<a href="../y/">Here</a>'
    """
    return _ABROAD.sub(_noted, content)


def _noted(link: re.Match[str]) -> str:
    address = link["address"]
    telling = address.startswith(_TELLING)
    return link[0] if telling else f'{link[0]}data-printed="{address}" '


def joined(content: str) -> str:
    r"""Put a space that does not break between a number and its unit, but for code.

    Args:
        content: HTML.

    Example:
        >>> joined("<p>98.6 % of <code>7 % 2</code></p>")
        '<p>98.6\xa0% of <code>7 % 2</code></p>'
    """
    parts = _CODE.split(content)
    parts[::2] = [_UNIT.sub("\u00a0", part) for part in parts[::2]]  # the others are code
    return "".join(parts)


def parted(content: str) -> str:
    """Let a dotted name that heads a part of the reference break before its dots.

    Args:
        content: HTML.

    Example:
        >>> parted('<span class="doc-module-name">cnnfilters.run</span>')
        '<span class="doc-module-name">cnnfilters<wbr>.run</span>'
    """
    return _NAME.sub(lambda name: name[0].replace(".", "<wbr>."), content)
