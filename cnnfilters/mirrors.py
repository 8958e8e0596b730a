"""Servers that hold MNIST: each file comes from the first that gives it whole."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Mapping
from http.client import HTTPException
from pathlib import Path
from urllib.request import urlopen

from cnnfilters.files import write_atomically

MIRRORS = (
    "https://ossci-datasets.s3.amazonaws.com/mnist/",  # PyTorch's
    "https://storage.googleapis.com/cvdf-datasets/mnist/",  # TensorFlow's
)
PATIENCE = 30  # seconds without a byte, after which the next mirror is asked
CHUNK = 65_536  # bytes
LARGEST = 50_000_000  # bytes, packed or not: MNIST's largest file has 47,040,016


def download(files: Mapping[str, str], folder: Path) -> None:
    """Put the files that a folder lacks into it, unpacked and checked, each in one step.

    Two processes may do so at once: each writes whole files, and the same ones.

    Args:
        files: MD5 of each unpacked file, by its name.
        folder: Made where missing; what lies in it is not touched.

    Raises:
        OSError: No mirror gave a file, each with its reason, or the folder can't be written.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder:
        ...     _ = (Path(folder) / "labels").write_text("mine")
        ...     download({"labels": "1f2e"}, Path(folder))  # it is there: nobody is asked for it
        ...     (Path(folder) / "labels").read_text()
        'mine'
    """
    for name, md5 in files.items():
        if not (folder / name).exists():
            write_atomically(folder / name, _from_any_mirror(name, md5))


def _from_any_mirror(name: str, md5: str) -> bytes:
    reasons = []
    for mirror in MIRRORS:
        try:
            return _checked(unpacked(_fetched(f"{mirror}{name}.gz")), md5)
        except (OSError, HTTPException, ValueError, zlib.error) as error:
            reasons.append(f"from {mirror} {' '.join(str(error).split()) or repr(error)}")
    raise ConnectionError(f"{name}.gz: {', '.join(reasons)}")


def _fetched(address: str) -> bytes:
    """At most so many bytes, with a bar on a terminal: a slow line takes its time."""
    from tqdm import tqdm

    content = bytearray()
    with (
        urlopen(address, timeout=PATIENCE) as answer,  # noqa: S310 - only MIRRORS are asked
        tqdm(desc=address, unit="B", unit_scale=True, disable=None) as bar,
    ):
        while part := answer.read(min(CHUNK, LARGEST - len(content))):
            content += part
            bar.update(len(part))
    return bytes(content)


def unpacked(packed: bytes) -> bytes:
    """What a gzip stream holds, of which a bomb gets no further than the largest file.

    Example:
        >>> import gzip
        >>> unpacked(gzip.compress(b"ink"))
        b'ink'
    """
    if packed.lstrip()[:1] == b"<":  # a login page, say, with status 200
        raise ValueError("came an HTML page")
    unzip = zlib.decompressobj(zlib.MAX_WBITS | 16)  # 16: in gzip's format
    content = unzip.decompress(packed, LARGEST)
    if not unzip.eof:
        raise ValueError("came too much" if unzip.unconsumed_tail else "came only its beginning")
    return content


def _checked(content: bytes, md5: str) -> bytes:
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if found != md5:
        raise ValueError(f"came a file whose MD5 is {found}, not {md5}")
    return content
