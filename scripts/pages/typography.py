"""Keep a number and its unit on one line, and let a dotted name break at its dots."""

from __future__ import annotations

import re

_CODE = re.compile(r"(<(?:pre|code|script)\b.*?</(?:pre|code|script)>)", re.DOTALL)
_NAME = re.compile(r"(?<=-name\">)cnnfilters(?:\.\w+)+(?=</span>)")  # in a heading of the reference
_UNIT = re.compile(r"(?<=\d) (?=%|px\b)")


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
