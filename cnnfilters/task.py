"""What one training is shown: its digits, with labels, pixels and shifts as configured."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import torch
from jaxtyping import Int
from torch import Tensor

from cnnfilters.config import TrainConfig
from cnnfilters.digits import SIDE, Digits


class Task:
    """The digits of one training, on its device from the start: loading is a third of the time.

    Args:
        config: Says which digits, whose labels, what order of pixels, how much shift.
        digits: All there are.
        rng: Source of every random choice.
        device: Where the arrays go.
    """

    def __init__(
        self, config: TrainConfig, digits: Digits, rng: np.random.Generator, device: str
    ) -> None:
        self.config, self.rng, self.device = config, rng, device
        chosen = _first_of_each_class(digits.train_labels, config.train_size)
        images, labels = digits.train_images[chosen], digits.train_labels[chosen]
        if config.labels == "shuffled":
            labels = rng.permutation(labels)
        if config.pixels == "permuted":
            self.order = torch.from_numpy(rng.permutation(SIDE * SIDE)).to(device)
        margin = [(0, 0), (config.shift, config.shift), (config.shift, config.shift)]
        self.padded = torch.from_numpy(np.pad(images, margin)).to(device)
        self.labels = torch.from_numpy(labels).to(device)
        self.held_out = self._in_order(torch.from_numpy(digits.held_out_images).to(device))
        self.held_out_labels = torch.from_numpy(digits.held_out_labels).to(device)

    def batches(self) -> Iterator[Int[np.ndarray, " batch"]]:
        """Endless batches; every digit comes at most once in an epoch.

        Example:
            >>> images, labels = np.zeros((4, 28, 28), np.float32), np.array([3, 1, 4, 1])
            >>> digits = Digits("sample", images, labels, images, labels, checksum="")
            >>> task = Task(TrainConfig(batch_size=2), digits, np.random.default_rng(0), "cpu")
            >>> one, two = (batch for _, batch in zip(range(2), task.batches()))
            >>> sorted([*one.tolist(), *two.tolist()])  # an epoch: every digit once
            [0, 1, 2, 3]
        """
        count = len(self.labels)
        size = min(self.config.batch_size, count)
        while True:
            order = self.rng.permutation(count)
            yield from order[: count - count % size].reshape(-1, size)

    def at(self, batch: Int[np.ndarray, " batch"]) -> tuple[Tensor, Tensor]:
        """Images `(batch, 1, 28, 28)`, each moved by a random shift, and their labels.

        Example:
            >>> images, labels = np.zeros((4, 28, 28), np.float32), np.array([3, 1, 4, 1])
            >>> digits = Digits("sample", images, labels, images, labels, checksum="")
            >>> task = Task(TrainConfig(), digits, np.random.default_rng(0), "cpu")
            >>> shown, truth = task.at(np.array([0, 2]))
            >>> shown.shape, truth.tolist()
            (torch.Size([2, 1, 28, 28]), [3, 4])
        """
        chosen = torch.from_numpy(batch).to(self.device)
        spots = self.rng.integers(0, 2 * self.config.shift + 1, (2, len(batch)))
        rows, columns = torch.from_numpy(spots[..., None] + np.arange(SIDE)).to(self.device)
        images = self.padded[chosen[:, None, None], rows[:, :, None], columns[:, None, :]]
        return self._in_order(images), self.labels[chosen]

    def _in_order(self, images: Tensor) -> Tensor:
        """With one channel, and permuted after the shift: places far apart stay strangers."""
        if self.config.pixels == "permuted":
            images = images.flatten(1)[:, self.order].view_as(images)
        return images[:, None]


def _first_of_each_class(labels: Int[np.ndarray, " n"], size: int | None) -> slice | np.ndarray:
    """Indices of `size` digits, as equal a number of each class as can be."""
    if size is None or size >= len(labels):
        return slice(None)
    rank = np.empty(len(labels), int)  # the how-maniest of its class each digit is
    for digit in range(10):
        where = np.flatnonzero(labels == digit)
        rank[where] = np.arange(len(where))
    return np.sort(np.argsort(rank, kind="stable")[:size])
