"""What a reader without JavaScript gets to read."""

from __future__ import annotations

from collections import Counter

LEAST = 0.98  # share of the text; the rest are words that controls show


def share_without_scripts(with_scripts: str, without: str) -> float:
    """The share of a page's text, in characters of its words, that is there without scripts too.

    Example:
        >>> share_without_scripts("one two six ten", "one two six")
        0.75
    """
    wanted, there = Counter(with_scripts.split()), Counter(without.split())
    return _characters(wanted & there) / max(_characters(wanted), 1)


def _characters(words: Counter[str]) -> int:
    return sum(len(word) * count for word, count in words.items())
