"""Write a file so that a reader never meets half of it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

PARTIAL = ".part"  # ends the name of a file that is not whole yet


def write_atomically(path: Path, content: bytes | str) -> None:
    """Put `content` under `path` in one step; a kill or a full disk leaves the earlier file.

    Args:
        path: The final name; its folder is made where missing.
        content: Bytes, or text that is written as UTF-8.

    Raises:
        OSError: The folder can't be written or the disk is full; it names the file, and nothing
            is left behind.
    """
    data = content.encode() if isinstance(content, str) else content
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=PARTIAL)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o644)  # noqa: PTH101 - mkstemp makes 0600, which a web server could not read
        os.replace(name, path)  # noqa: PTH105 - the one call that is atomic on every system
    except BaseException as error:
        Path(name).unlink(missing_ok=True)
        if isinstance(error, OSError) and error.filename is None:  # a full disk names no file
            error.filename = str(path)
        raise


def remove_partial(folder: Path) -> None:
    """Remove what killed processes left of files that they were writing.

    Args:
        folder: Where no one is writing at the moment; folders in it are looked through, too.
    """
    for path in folder.rglob(f".*{PARTIAL}"):
        path.unlink(missing_ok=True)
