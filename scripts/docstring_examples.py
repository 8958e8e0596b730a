"""Show the `Example:` of a docstring as code in the reference; griffe knows only `Examples:`."""

from __future__ import annotations

import re
from typing import Any

import griffe

_TITLE = re.compile(r"^Example:$", re.MULTILINE)


class DocstringExamples(griffe.Extension):
    """Rename the section while the package is read for the reference."""

    def on_object(self, *, obj: griffe.Object, **_: Any) -> None:
        """Called by griffe for each module, class, function and attribute."""
        if obj.docstring:
            obj.docstring.value = _TITLE.sub("Examples:", obj.docstring.value)
