"""Say on paper where a link to another site leads, unless its own words do."""

from __future__ import annotations

import re

_ABROAD = re.compile(r'<a (?=[^>]*\bhref="https?://(?P<address>[^"]+?)/?")')
_TELLING = ("doi.org/", "arxiv.org/")  # such a link's words hold its identifier


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
