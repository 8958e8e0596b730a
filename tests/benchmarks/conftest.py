"""A small MNIST."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from cnnfilters.digits import MNIST_FILES, Digits


@pytest.fixture(scope="session")
def root(few_digits: Digits, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder as torchvision wants it, with few of the sample's digits."""
    raw = tmp_path_factory.mktemp("root") / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name, images, labels in (
        ("train", few_digits.train_images, few_digits.train_labels),
        ("t10k", few_digits.held_out_images, few_digits.held_out_labels),
    ):
        _write(raw / f"{name}-images-idx3-ubyte", (255 * images).round())
        _write(raw / f"{name}-labels-idx1-ubyte", labels)
    assert {path.name for path in raw.iterdir()} == set(MNIST_FILES)
    return str(raw.parents[1])


def _write(path: Path, array: np.ndarray) -> None:
    sizes = b"".join(size.to_bytes(4, "big") for size in array.shape)
    path.write_bytes(bytes([0, 0, 8, array.ndim]) + sizes + array.astype(np.uint8).tobytes())
