"""Marks that a hook should have replaced by a figure, a number, a claim or a piece of code."""

from __future__ import annotations

import re

MARKS = re.compile(r"--8\s?<|\{\{\s*fact|<!--\s*(?:figure|claim|ledger)\b[^>]*-->")


def left_over_marks(page: str) -> list[str]:
    """What an author wrote for the build and the reader now sees, or misses."""
    return MARKS.findall(re.sub(r"&lt;|<(?!!--)[^>]*>", lambda tag: "<" * (tag[0] == "&lt;"), page))
