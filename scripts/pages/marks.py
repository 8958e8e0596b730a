"""Facts in sentences, figures in pages: the marks that authors write, and what they stand for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pipeline.processes import BuildError

FACT = re.compile(r"\{\{\s*fact\.([a-z0-9_]+)\s*\}\}")
FIGURE = re.compile(r"<!--\s*figure:\s*(.*?)\s*-->")  # whatever stands there, so that it is checked
CLAIM = re.compile(r"<!--\s*(?:claim|verdict):\s*(.*?)\s*-->")  # a box; a word in a sentence
VERDICT = re.compile(r"<!--\s*verdict:\s*(.*?)\s*-->")
LEFT_OVER = re.compile(r"\{\{.*")
BASE = "%BASE%"  # stands for the way from a page to the site's root


def fill(text: str, facts: Mapping[str, str], place: str) -> str:
    """Put the measured numbers into a text.

    Args:
        text: Markdown with `{{ fact.NAME }}`.
        facts: Values by name.
        place: The file, for the message.

    Raises:
        BuildError: A fact is unknown, or another `{{` is left.

    Example:
        >>> fill("At {{ fact.accuracy }}.", {"accuracy": "98.6 %"}, "x.md")
        'At 98.6 %.'
    """

    def value(mark: re.Match[str]) -> str:
        if mark[1] not in facts:
            raise BuildError(f"{place}: unknown fact `{mark[1]}`; cnnfilters/facts/ lists them")
        return facts[mark[1]]

    filled = FACT.sub(value, text)
    if left := LEFT_OVER.search(filled):
        raise BuildError(f"{place}: `{left[0][:40]}` is no fact; write {{{{ fact.NAME }}}}")
    return filled
