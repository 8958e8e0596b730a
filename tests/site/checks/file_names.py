"""File names that every system and web server can hold."""

from __future__ import annotations

import re
from collections.abc import Iterable

PORTABLE = re.compile(r"[\w./-]+", re.ASCII)  # needs no escape in an address, either


def faulty_names(paths: Iterable[str]) -> list[str]:
    """Names with other characters, and those that some systems take for one that came before.

    Args:
        paths: Relative, in any order.
    """
    faults, seen = [], dict[str, str]()
    for path in sorted(paths):
        if not PORTABLE.fullmatch(path):
            faults.append(f"{path}: use letters, digits, `.`, `_` and `-` alone")
        if (other := seen.setdefault(path.casefold(), path)) != path:
            faults.append(f"{path}: is {other} where case does not count; rename one")
    return faults
