"""A step leaves a stamp: what it was made from and which files it wrote."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

from cnnfilters.files import write_atomically
from pipeline.places import Places


def begin_if_stale(places: Places, name: str, key: str) -> bool:
    """Whether a step has to be done: its outputs were not made from `key`, or one is missing.

    If so, its stamp is removed at once: the step will now write, and if it is killed before its
    own stamp, the old one would speak for new files as soon as the old key comes back.
    """
    stale = not _holds(places, name, key)
    if stale:
        clear(places, name)
    return stale


def _holds(places: Places, name: str, key: str) -> bool:
    try:
        stamp = json.loads((places.stamps / f"{name}.json").read_text(encoding="utf-8"))
        outputs = stamp["outputs"].items()
        return stamp["key"] == key and all(
            (places.root / path).stat().st_size == size for path, size in outputs
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False  # no stamp or output, or a damaged one: do the step


def stamp(places: Places, name: str, key: str, outputs: Iterable[Path]) -> None:
    """Note that these files were made from `key`; written last, so that a kill leaves no lie.

    Raises:
        OSError: A file is missing.
    """
    found = {path.relative_to(places.root).as_posix(): path for path in sorted(outputs)}
    sizes = {name: path.stat().st_size for name, path in found.items()}
    text = json.dumps({"key": key, "outputs": sizes}, indent=1)
    write_atomically(places.stamps / f"{name}.json", text)


def clear(places: Places, name: str) -> None:
    """Forget a stamp, so that the step is done again."""
    (places.stamps / f"{name}.json").unlink(missing_ok=True)
