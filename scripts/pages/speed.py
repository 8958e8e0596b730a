"""Put the last published benchmark into the page that asks for it: `<!-- speed: training -->`."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from pipeline.processes import BuildError
from pipeline.sheet import Sheet

PUBLISHED = "how-fast.json"  # in the docs folder, written by scripts/benchmark.py and committed
MARK = re.compile(r"^<!--\s*speed:\s*(.*?)\s*-->$", re.MULTILINE)


def fill(markdown: str, place: str, published: Path) -> str:
    """The text with its tables and the machine that they were measured on.

    Args:
        markdown: Text of a page.
        place: The page's file, for the message.
        published: The benchmark; read only for a page that asks for something.

    Raises:
        BuildError: The page asks for a table that was not measured.
    """
    if not MARK.search(markdown):
        return markdown
    try:
        about = json.loads(published.read_text(encoding="utf-8"))
        found = {name: _table(Sheet(**sheet)) for name, sheet in about["sheets"].items()}
        found["machine"] = _machine(about["machine"])
        return MARK.sub(lambda mark: found[mark[1]], markdown)
    except (KeyError, OSError, ValueError) as error:
        raise BuildError(f"{place}: no benchmark has {error}") from None


def _table(sheet: Sheet) -> str:
    return f"{sheet.markdown()}\n\n{sheet.caption}\n{{: .cf-below }}"


def _machine(about: dict[str, Any]) -> str:
    libraries = ", ".join(f"{name} {version}" for name, version in about["versions"].items())
    threads = "1 thread" if about["threads"] == 1 else f"{about['threads']} threads"
    return (
        f"Measured on {about['date']}: {about['processor']}, {about['cores']} cores, {threads}; "
        f"{about['system']}, {libraries}."
    )
