"""MNIST's own files: read from any folder, and every way in which one can be wrong."""

from __future__ import annotations

import hashlib
import os
import struct
import tracemalloc
from collections.abc import Callable
from pathlib import Path
from urllib.error import URLError

import numpy as np
import pytest

import cnnfilters.digits
from cnnfilters.digits import (
    MNIST_FILES,
    DigitsError,
    data_checksum,
    load_digits,
    read_idx,
)

TRAIN_IMAGES, TRAIN_LABELS, TEST_IMAGES, TEST_LABELS = MNIST_FILES
Damage = Callable[[bytes], bytes]


def idx(array: np.ndarray) -> bytes:
    """The IDX file of an array of bytes."""
    header = struct.pack(f">BBBB{array.ndim}I", 0, 0, 8, array.ndim, *array.shape)
    return header + array.astype(np.uint8).tobytes()


PIXELS = np.arange(5 * 28 * 28).reshape(5, 28, 28) % 251
LABELS = np.array([7, 2, 1, 0, 4])
FILES = {
    TRAIN_IMAGES: idx(PIXELS[:3]),
    TRAIN_LABELS: idx(LABELS[:3]),
    TEST_IMAGES: idx(PIXELS[3:]),
    TEST_LABELS: idx(LABELS[3:]),
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with five digits in MNIST's layout, whose sums are expected."""
    sums = {name: hashlib.md5(content).hexdigest() for name, content in FILES.items()}
    monkeypatch.setattr(cnnfilters.digits, "MNIST_FILES", sums)
    root = tmp_path / "des données ☃"
    (root / "MNIST" / "raw").mkdir(parents=True)
    for name, content in FILES.items():
        (root / "MNIST" / "raw" / name).write_bytes(content)
    return root


def header(*numbers: int) -> Damage:
    """Puts other numbers into the header, and keeps what follows it."""
    return lambda content: struct.pack(f">{len(numbers)}I", *numbers) + content[4 * len(numbers) :]


def test_images_and_labels_are_read_from_a_folder_of_any_name(root: Path) -> None:
    digits = load_digits("mnist", root)
    np.testing.assert_allclose(digits.train_images, PIXELS[:3] / 255, atol=1e-7)
    np.testing.assert_allclose(digits.held_out_images, PIXELS[3:] / 255, atol=1e-7)
    assert digits.train_labels.tolist() == [7, 2, 1]
    assert digits.held_out_labels.tolist() == [0, 4]
    assert digits.held_out_words == "2 test digits"
    assert digits.checksum == data_checksum("mnist", root)


def test_a_changed_file_has_another_checksum(root: Path) -> None:
    before = data_checksum("mnist", root)
    path = root / "MNIST" / "raw" / TEST_LABELS
    path.write_bytes(path.read_bytes()[:-1] + b"\x05")
    assert data_checksum("mnist", root) != before


@pytest.mark.parametrize(
    ("name", "damage", "message"),
    [
        (TRAIN_IMAGES, lambda c: c[:-100], r"header says 2368 bytes, file has 2268"),
        (TRAIN_IMAGES, lambda c: c[:10], r"header says 16 bytes, file has 10"),
        (TRAIN_IMAGES, lambda _: b"", r"expected magic number 00000803, found an empty file;"),
        (TRAIN_IMAGES, lambda c: c + b"\x00", r"header says 2368 bytes, file has 2369"),
        (TRAIN_LABELS, header(0x801, 60_000), r"header says 60008 bytes, file has 11"),
        (TRAIN_IMAGES, lambda _: FILES[TRAIN_LABELS], "00000803, found magic number 00000801"),
        (TEST_LABELS, lambda _: FILES[TEST_IMAGES], "00000801, found magic number 00000803"),
        (TRAIN_IMAGES, header(0x03080000), "00000803, found magic number 03080000"),
        (TRAIN_IMAGES, header(0xD03), "00000803, found magic number 00000d03"),
        (TEST_IMAGES, lambda _: b"\n<!DOCTYPE html><title>404</title>", "found an HTML page"),
        (TRAIN_LABELS, lambda _: struct.pack(">2I", 0x801, 0), "there is nothing in it"),
        (TEST_IMAGES, header(0x803, 2, 0, 28), "header says 16 bytes"),
        (TEST_IMAGES, lambda _: FILES[TRAIN_IMAGES], "MD5 .*, expected"),
        (TRAIN_IMAGES, lambda c: c[:-1] + b"\x09", "MD5 .*, expected"),
        (TRAIN_LABELS, lambda c: c[:-1] + b"\x0a", "MD5 .*, expected"),
        (TRAIN_LABELS, lambda c: c[:-1] + b"\xff", "MD5 .*, expected"),
        (TRAIN_LABELS, lambda _: idx(LABELS[:2]), "MD5 .*, expected"),
    ],
    ids=[
        "truncated in the data",
        "truncated in the header",
        "empty",
        "one byte too many",
        "count larger than the bytes",
        "labels where images belong",
        "images where labels belong",
        "other byte order",
        "floats",
        "HTML page",
        "no label",
        "no height",
        "other set",
        "one pixel changed",
        "a label of 10",
        "a label of 255",
        "a label too few",
    ],
)
def test_a_wrong_file_is_named_in_one_line(
    name: str, damage: Damage, message: str, root: Path
) -> None:
    path = root / "MNIST" / "raw" / name
    path.write_bytes(damage(path.read_bytes()))
    with pytest.raises(DigitsError, match=message) as caught:
        load_digits("mnist", root)
    assert str(path) in str(caught.value)
    assert "; move it away, and MNIST's own is downloaded in its place" in str(caught.value)
    assert "delete" not in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_hostile_header_allocates_nothing(tmp_path: Path) -> None:
    path = tmp_path / "huge"
    path.write_bytes(struct.pack(">4I", 0x803, 2**31, 2**31, 2**31))
    tracemalloc.start()
    with pytest.raises(DigitsError, match=f"header says {16 + 2**93} bytes, file has 16"):
        read_idx(path, dimensions=3)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 1_000_000


def test_a_folder_in_the_place_of_a_file_is_named(root: Path) -> None:
    path = root / "MNIST" / "raw" / TEST_LABELS
    path.unlink()
    path.mkdir()
    with pytest.raises(DigitsError, match=r"t10k-labels-idx1-ubyte: .*; give MNIST's folder"):
        load_digits("mnist", root)


def refusing(error: Exception) -> Callable[..., None]:
    def download(*_: object) -> None:
        raise error

    return download


NO_NETWORK = URLError(OSError(-3, "Temporary failure in name resolution"))


@pytest.mark.parametrize(
    ("error", "reason"),
    [
        (NO_NETWORK, "Temporary failure in name resolution"),
        (OSError(), r"OSError\(\)"),
        (PermissionError(13, "Permission denied", "MNIST"), "Permission denied"),
    ],
    ids=["no network", "no words", "read-only root"],
)
@pytest.mark.parametrize("door", [load_digits, data_checksum])
def test_a_download_that_fails_says_why_in_one_line(
    door: Callable[[str, Path], object],
    error: Exception,
    reason: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(cnnfilters.digits, "download", refusing(error))
    with pytest.raises(DigitsError, match=rf"{reason}.*; give its folder with --root") as caught:
        door("mnist", tmp_path)
    assert str(tmp_path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_root_that_is_a_file_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cnnfilters.mirrors.MIRRORS", ())
    file = tmp_path / "data"
    file.touch()
    with pytest.raises(DigitsError, match=r"MNIST is not under .*data and could not"):
        load_digits("mnist", file)
    assert file.read_bytes() == b""


def test_the_missing_files_are_downloaded_into_the_root(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (root / "MNIST" / "raw" / TEST_LABELS).unlink()

    def download(files: dict[str, str], folder: Path) -> None:
        assert files[TEST_LABELS] == hashlib.md5(FILES[TEST_LABELS]).hexdigest()
        (folder / TEST_LABELS).write_bytes(FILES[TEST_LABELS])

    monkeypatch.setattr(cnnfilters.digits, "download", download)
    assert len(load_digits("mnist", root).held_out_labels) == 2


def test_a_full_root_needs_neither_network_nor_write_permission(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cnnfilters.mirrors.MIRRORS", ())
    raw = root / "MNIST" / "raw"
    raw.chmod(0o555)
    assert len(load_digits("mnist", root).train_labels) == 3
    raw.chmod(0o755)


@pytest.mark.skipif(
    "CNNFILTERS_MNIST" not in os.environ, reason="CNNFILTERS_MNIST names no root of full MNIST"
)
def test_full_mnist_has_its_seventy_thousand_digits() -> None:
    digits = load_digits("mnist", os.environ["CNNFILTERS_MNIST"])
    assert digits.train_images.shape == (60_000, 28, 28)
    assert np.bincount(digits.held_out_labels).tolist() == [
        *(980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009)
    ]
    assert digits.train_images.mean() == pytest.approx(cnnfilters.digits.MEAN, abs=1e-4)
    assert digits.train_images.std() == pytest.approx(cnnfilters.digits.STD, abs=1e-4)
