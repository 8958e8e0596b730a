"""MNIST's files are found as people keep them, or named; none is to be deleted."""

from __future__ import annotations

import gzip
import hashlib
import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

import cnnfilters.digits
from cnnfilters.digits import MNIST_FILES, DigitsError, data_checksum, load_digits, read_idx
from cnnfilters.mnist_files import find_files


def idx(array: np.ndarray) -> bytes:
    """The IDX file of an array of bytes."""
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    return header + array.astype(np.uint8).tobytes()


PIXELS = np.arange(2 * 28 * 28).reshape(2, 28, 28) % 249
CONTENT = dict(
    zip(
        MNIST_FILES,
        (idx(PIXELS), idx(np.array([3, 8])), idx(PIXELS[1:]), idx(np.array([8]))),
        strict=True,
    )
)
SUMS = {name: hashlib.md5(content).hexdigest() for name, content in CONTENT.items()}
TRAIN_IMAGES = next(iter(CONTENT))


@pytest.fixture(autouse=True)
def few_digits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three digits stand for MNIST, and no server is asked."""
    monkeypatch.setattr(cnnfilters.digits, "MNIST_FILES", SUMS)
    monkeypatch.setattr("cnnfilters.mirrors.MIRRORS", ())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "home" / "digits"


def dotted(name: str) -> str:
    return name.replace("-idx", ".idx")


def put(
    folder: Path, *, named: Callable[[str], str] = str, packed: bool = False, **other: bytes
) -> None:
    """All four files into a folder."""
    for name, content in (CONTENT | other).items():
        path = folder / named(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(content) if packed else content)


PLACES = {
    "as torchvision": "MNIST/raw",
    "flat": ".",
    "raw": "raw",
    "MNIST": "MNIST",
    "one below": "mnist_data",
    "two below": "archive/mnist",
    "one above": "..",
    "beside": "../raw",
    "in torchvision's folder beside": "../MNIST/raw",
}
NAMES: dict[str, Callable[[str], str]] = {
    "hyphen": str,
    "dotted": dotted,
    "underscores": lambda name: name.replace("-", "_"),
    "capitals": str.upper,
    "downloaded twice": lambda name: f"{name} (1)",
    "in a folder of its name": lambda name: f"{dotted(name)}/{dotted(name)}",
    "in a folder with a hyphen": lambda name: f"{name}/{dotted(name)}",
}


@pytest.mark.parametrize("packed", [False, True], ids=["unpacked", "gz"])
@pytest.mark.parametrize("place", PLACES)
def test_they_are_found_in_other_folders(place: str, packed: bool, root: Path) -> None:
    root.mkdir(parents=True)
    put(root / PLACES[place], named=lambda n: f"{n}.gz" if packed else n, packed=packed)
    assert load_digits("mnist", root).train_labels.tolist() == [3, 8]


@pytest.mark.parametrize("packed", [False, True], ids=["unpacked", "gz"])
@pytest.mark.parametrize("names", NAMES)
def test_they_are_found_under_other_names(names: str, packed: bool, root: Path) -> None:
    end = ".gz" if packed else ""
    put(root / "MNIST" / "raw", named=lambda name: NAMES[names](name) + end, packed=packed)
    assert load_digits("mnist", root).held_out_labels.tolist() == [8]


@pytest.mark.parametrize("inside", ["MNIST", "MNIST/raw"])
def test_the_root_may_be_a_folder_inside(inside: str, root: Path) -> None:
    put(root / "MNIST" / "raw")
    np.testing.assert_allclose(load_digits("mnist", root / inside).train_images, PIXELS / 255)


def test_a_packed_file_without_its_ending_is_read(root: Path) -> None:
    put(root, packed=True)
    assert load_digits("mnist", root).train_labels.tolist() == [3, 8]


def test_however_they_are_kept_they_are_the_same_data(root: Path) -> None:
    put(root / "one" / "MNIST" / "raw")
    put(root / "two", named=lambda name: f"{dotted(name)}.gz", packed=True)
    first, second = (data_checksum("mnist", root / name) for name in ("one", "two"))
    assert first == second == load_digits("mnist", root / "two").checksum


def test_another_set_beside_is_not_taken_for_mnist(root: Path) -> None:
    """Fashion-MNIST bears the same names, in a folder that torchvision puts beside MNIST."""
    other = {name: content[:-1] + b"\x07" for name, content in CONTENT.items()}
    put(root / "FashionMNIST" / "raw", **other)
    assert find_files(SUMS, root) == {}
    put(root / "MNIST", named=lambda name: f"{name}.gz", packed=True)
    assert load_digits("mnist", root).train_labels.tolist() == [3, 8]


def test_another_set_that_was_named_is_refused_with_other_advice(root: Path) -> None:
    other = {name: content[:-1] + b"\x07" for name, content in CONTENT.items()}
    put(root / "FashionMNIST" / "raw", **other)
    with pytest.raises(DigitsError, match=r"with other content, such as Fashion-MNIST's") as caught:
        load_digits("mnist", root / "FashionMNIST")
    assert str(caught.value).endswith("; give the folder of MNIST's own files with --root")


def test_what_is_missing_and_where_it_may_lie_is_told(root: Path) -> None:
    put(root)
    (root / TRAIN_IMAGES).rename(root / "mnist_train.csv")
    with pytest.raises(DigitsError) as caught:
        load_digits("mnist", root)
    said = str(caught.value)
    assert f"missing are {TRAIN_IMAGES}: they may lie there, in MNIST/raw" in said
    assert (
        "(train-images.idx3-ubyte), packed (.gz) or not; other files there: mnist_train.csv;"
        in said
    )
    assert said.startswith(f"MNIST is not whole under {root} and")
    assert "delete" not in said
    assert "\n" not in said


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"label,1x1,1x2\n5,0,0\n", "found a CSV file"),
        (b"5,0,0,12,255\n", "found a CSV file"),
        (b"PAR1\x15\x04\x15", "found a Parquet file"),
        (b"PK\x03\x04", "found a zip archive"),
        (b"\x93NUMPY\x01\x00", "found a NumPy array"),
        (b"", "found an empty file"),
        (gzip.compress(b"5,0,0\n"), "found a CSV file"),
        (gzip.compress(CONTENT[TRAIN_IMAGES])[:40], "is a damaged gzip file"),
        (b"\x1f\x8bnonsense", "is a damaged gzip file"),
    ],
    ids=["header", "CSV", "Parquet", "zip", "npy", "empty", "CSV.gz", "cut gz", "no gz"],
)
def test_another_file_is_named_and_left(content: bytes, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "mine"
    path.write_bytes(content)
    with pytest.raises(DigitsError, match=kind) as caught:
        read_idx(path, dimensions=3)
    assert "delete" not in str(caught.value)
    assert str(path) in str(caught.value)


def test_a_packed_idx_file_is_read_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.gz").write_bytes(gzip.compress(CONTENT[TRAIN_IMAGES]))
    np.testing.assert_array_equal(read_idx(tmp_path / "mine.gz", dimensions=3), PIXELS)
