"""Our docstrings as griffe reads them, for the reference."""

from __future__ import annotations

import re
from typing import Any

import griffe

_EXAMPLE = re.compile(r"^Example:$", re.MULTILINE)
_RESULT = re.compile(r"^((?:Returns|Yields):\n[ \t]+)(?![ \t]|: )", re.MULTILINE)


class Docstrings(griffe.Extension):
    """Rename or complete sections while the package is read for the reference."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called by griffe for each module, class, function and attribute."""
        if obj.docstring:
            obj.docstring.value = as_griffe_reads(obj.docstring.value)


def as_griffe_reads(docstring: str) -> str:
    r"""A docstring with the titles that griffe knows, whose result stays one sentence.

    griffe knows `Examples:` alone, and takes what stands before a colon in the first line of a
    result for its name or type; an empty one is none, and the type comes from the signature.

    Example:
        >>> as_griffe_reads("Returns:\n    Degrees: 0 is up.")
        'Returns:\n    : Degrees: 0 is up.'
    """
    return _RESULT.sub(r"\1: ", _EXAMPLE.sub("Examples:", docstring))
