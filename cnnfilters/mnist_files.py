"""MNIST's four files on disk: under which names and in which folders people keep them."""

from __future__ import annotations

import hashlib
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path

from cnnfilters.mirrors import unpacked

GZIP = b"\x1f\x8b"
MOST_FOLDERS = 200  # below a root, that are looked into
DATA = (".csv", ".parquet", ".npz", ".npy", ".pkl", ".zip", ".tar", ".gz", ".arff", ".mat")
BEGINNINGS = {
    b"PAR1": "a Parquet file",
    b"PK": "a zip archive",
    b"\x93NUMPY": "a NumPy array",
    b"\x89HDF": "an HDF5 file",
    b"\x89PNG": "a PNG picture",
    b"\x80": "a Python pickle",
    b"<": "an HTML page",
    b"version https://git-lfs": "a pointer of Git LFS",
}
KNOWN = (
    "they may lie there, in MNIST/raw, MNIST or raw, or up to two folders below or one above, with "
    "a hyphen or a dot before idx (train-images.idx3-ubyte), packed (.gz) or not"
)


def find_files(files: Mapping[str, str], root: Path) -> dict[str, Path]:
    """The files that are there, each where it was found first.

    Args:
        files: MD5 of each unpacked file, by its name.
        root: The folder that the reader gave.

    Returns:
        Paths by name. A file in `MNIST/raw` is taken as it is; any other has to have its MD5,
        unless the reader named the very folder in which it lies, and nothing better is found.

    Example:
        >>> find_files({"train-images-idx3-ubyte": "6bbc"}, Path("nowhere"))
        {}
    """
    found = {name: path for name in files if (path := root / "MNIST" / "raw" / name).is_file()}
    if len(found) == len(files):
        return found
    named, near = _named(root), _near(root)
    wrong: dict[str, Path] = {}
    for folder in (*named, *near):
        for name, path in _like(files, folder):
            if name not in found and _has(path, files[name]):
                found[name] = path
            elif folder in named:
                wrong.setdefault(name, path)
    return wrong | found


def read(path: Path) -> bytes:
    """What a file holds, unpacked if it is packed, under whatever name.

    Raises:
        OSError: It cannot be read.
        ValueError: It is packed, and damaged.

    Example:
        >>> import gzip
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder) / "labels"  # packed, though its name does not say so
        ...     _ = path.write_bytes(gzip.compress(b"ink"))
        ...     read(path)
        b'ink'
    """
    content = path.read_bytes()
    if not content.startswith(GZIP):
        return content
    try:
        return unpacked(content)
    except (ValueError, zlib.error) as error:
        raise ValueError(f"is a damaged gzip file ({error}); copy it again") from error


def kind_of(content: bytes) -> str:
    """What a file is that is not what was expected, told by how it begins.

    Example:
        >>> kind_of(b"5,0,0,12,253"), kind_of(bytes([0, 0, 13, 3]))
        ('a CSV file', 'magic number 00000d03')
    """
    if not content:
        return "an empty file"
    for beginning, kind in BEGINNINGS.items():
        if content.lstrip().startswith(beginning):
            return kind
    line = content[:200].splitlines()[0]
    if re.fullmatch(rb"[\w\"., -]*[,;][\w\"., ;-]*", line):
        return "a CSV file"
    return f"magic number {content[:4].hex()}"


def other_data(root: Path) -> str:
    """Names of files that may be MNIST in another form, as the end of a sentence.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     for name in ("mnist_train.csv", "notes.txt"):
        ...         (Path(folder) / name).touch()
        ...     other_data(Path(folder))
        '; other files there: mnist_train.csv'
    """
    names = [path.name for path in _entries(root) if path.name.lower().endswith(DATA)]
    more = f" and {len(names) - 3} more" if len(names) > 3 else ""
    return f"; other files there: {', '.join(names[:3])}{more}" if names else ""


def _named(root: Path) -> list[Path]:
    """Where files lie if the reader meant this root."""
    return [root / "MNIST" / "raw", root / "raw", root / "MNIST", root]


def _near(root: Path) -> Iterator[Path]:
    """Folders below, nearest first, then those above."""
    below = [path for path in islice(_entries(root), MOST_FOLDERS) if path.is_dir()]
    yield from below
    for folder in below:
        yield from (path for path in islice(_entries(folder), MOST_FOLDERS) if path.is_dir())
    yield from reversed(_named(root.absolute().parent))


def _like(files: Sequence[str] | Mapping[str, str], folder: Path) -> Iterator[tuple[str, Path]]:
    """Files in a folder that bear a name, or lie alone in a folder that bears it."""
    for path in _entries(folder):
        name = _plain(path.name)
        if name in files:
            inside = _entries(path) if path.is_dir() else [path]
            yield from (
                (name, file) for file in inside if _plain(file.name) == name and file.is_file()
            )


def _plain(name: str) -> str:
    """A file's name as MNIST's page has it.

    Example:
        >>> _plain("Train-Images.idx3-ubyte.gz")
        'train-images-idx3-ubyte'
        >>> _plain("train-images-idx3-ubyte (1).gz")  # downloaded a second time
        'train-images-idx3-ubyte'
    """
    once = re.sub(r" ?\(\d+\)(?=(\.gz)?$)", "", name.lower())
    return re.sub(r"[._ ]", "-", once.removesuffix(".gz"))


def _entries(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []  # missing, or closed to us


def _has(path: Path, md5: str) -> bool:
    try:
        return hashlib.md5(read(path), usedforsecurity=False).hexdigest() == md5
    except (OSError, ValueError):
        return False
