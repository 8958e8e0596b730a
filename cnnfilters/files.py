"""Write a file so that a reader never meets half of it."""

from __future__ import annotations

import errno
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

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     write_atomically(Path(folder) / "new" / "one.txt", "ink")
        ...     (Path(folder) / "new" / "one.txt").read_text()
        'ink'
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
        if isinstance(error, OSError):  # a full disk names no file, all else the partial one
            raise OSError(error.errno, error.strerror, str(path)) from error
        raise


def remove_partial(folder: Path) -> None:
    """Remove what killed processes left of files that they were writing.

    Args:
        folder: Where no one is writing at the moment; folders in it are looked through, too.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     for name in ("one.txt", ".two.txt.x7.part"):
        ...         (Path(folder) / name).touch()
        ...     remove_partial(Path(folder))
        ...     [path.name for path in Path(folder).iterdir()]
        ['one.txt']
    """
    for path in folder.rglob(f".*{PARTIAL}"):
        path.unlink(missing_ok=True)


def bring_over(earlier: Path, folder: Path, names: str) -> int:
    """Move files to the folder that is now theirs; one that is there already stays as it is.

    Args:
        earlier: Where they were kept before; it may be missing.
        folder: Where they are kept now; made only if something comes.
        names: Pattern of the files that are ours, as `*.npz`; all others stay.

    Returns:
        How many were moved. A kill between two of them leaves the rest for the next time.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as earlier, TemporaryDirectory() as folder:
        ...     for name in ("mine.npz", "notes.txt"):
        ...         (Path(earlier) / name).touch()
        ...     print(bring_over(Path(earlier), Path(folder), "*.npz"))
        ...     [path.name for path in Path(folder).iterdir()]
        1
        ['mine.npz']
    """
    moved = 0
    for path in sorted(earlier.glob(names)):
        place = folder / path.name
        if not place.exists():
            moved += _move(path, place)
    return moved


def _move(path: Path, place: Path) -> bool:
    """Whether the file was moved: another process may have been faster."""
    place.parent.mkdir(parents=True, exist_ok=True)
    try:
        path.replace(place)
    except FileNotFoundError:
        return False
    except OSError as error:
        if error.errno != errno.EXDEV:  # one of the folders is a link to another disk
            raise
        write_atomically(place, path.read_bytes())
        path.unlink()
    return True
