"""Keep out of the search what nobody looks for: source code and signatures of the API pages.

The theme fetches the search index at the first visit of any page, so every entry is paid for by
readers who never search.
"""

from __future__ import annotations

UNSOUGHT = ('<details class="mkdocstrings-source"', '<div class="language-python doc-signature')


def sought(content: str) -> str:
    """Mark what the search is to leave out.

    Example:
        >>> sought('<details class="mkdocstrings-source">')
        '<details data-search-exclude class="mkdocstrings-source">'
    """
    for start in UNSOUGHT:
        tag, rest = start.split(" ", 1)
        content = content.replace(start, f"{tag} data-search-exclude {rest}")
    return content
