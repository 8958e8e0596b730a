"""What a training is shown, on images whose pixels say where they come from."""

from __future__ import annotations

from collections.abc import Callable
from itertools import islice

import numpy as np
import pytest

from cnnfilters.config import TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.task import Task

COUNT, HELD_OUT = 70, 12
MOVES = [(down, right) for down in (-1, 0, 1) for right in (-1, 0, 1)]


@pytest.fixture(scope="module")
def marked() -> Digits:
    """Images in which no two pixels are alike, of every class in turn."""
    rng = np.random.default_rng(5)

    def images(count: int) -> np.ndarray:
        return rng.permuted(np.tile(np.arange(1, 785), (count, 1)), axis=1).reshape(-1, 28, 28)

    return Digits(
        source="sample",
        train_images=(images(COUNT) / 784).astype(np.float32),
        train_labels=np.arange(COUNT) * 3 % 10,
        held_out_images=(images(HELD_OUT) / 784).astype(np.float32),
        held_out_labels=np.arange(HELD_OUT) % 10,
        checksum="",
    )


Shown = Callable[..., Task]


@pytest.fixture
def shown(marked: Digits) -> Shown:
    """The task of a config that differs from the default in some fields."""

    def show(**changes: object) -> Task:
        config = TrainConfig(**changes)  # type: ignore[arg-type]
        return Task(config, marked, np.random.default_rng(config.seed), "cpu")

    return show


def moved(image: np.ndarray, down: int, right: int) -> np.ndarray:
    """The image on paper of its own size, moved."""
    paper = np.pad(image, 1)
    return np.roll(paper, (down, right), axis=(0, 1))[1:-1, 1:-1]


def test_without_a_shift_the_digits_come_as_they_are(shown: Shown, marked: Digits) -> None:
    batch = np.array([4, 0, 66])
    images, labels = shown(shift=0).at(batch)
    np.testing.assert_array_equal(images[:, 0], marked.train_images[batch])
    np.testing.assert_array_equal(labels, marked.train_labels[batch])


def test_each_digit_moves_by_up_to_the_shift_onto_empty_paper(shown: Shown, marked: Digits) -> None:
    batch = np.arange(COUNT)
    images, _ = shown(shift=1).at(batch)
    found = []
    for image, original in zip(images[:, 0].numpy(), marked.train_images, strict=True):
        found += [move for move in MOVES if np.array_equal(image, moved(original, *move))]
    assert len(found) == COUNT  # each is one of the nine moves, and no other
    assert set(found) == set(MOVES)


def test_a_batch_has_its_size_and_an_epoch_no_digit_twice(shown: Shown) -> None:
    first, second, third = islice(shown(batch_size=32).batches(), 3)
    assert len(first) == len(second) == len(third) == 32
    assert len({*first, *second}) == 64
    assert not np.array_equal(first, third)


def test_a_batch_larger_than_the_data_is_all_of_it(shown: Shown) -> None:
    assert sorted(next(shown(batch_size=1_000).batches())) == list(range(COUNT))


def test_held_out_digits_are_never_moved(shown: Shown, marked: Digits) -> None:
    task = shown(shift=1)
    np.testing.assert_array_equal(task.held_out[:, 0], marked.held_out_images)
    np.testing.assert_array_equal(task.held_out_labels, marked.held_out_labels)


def test_shuffled_labels_are_the_same_labels_on_other_digits(shown: Shown, marked: Digits) -> None:
    task = shown(labels="shuffled", shift=0)
    images, labels = task.at(np.arange(COUNT))
    np.testing.assert_array_equal(images[:, 0], marked.train_images)
    np.testing.assert_array_equal(np.sort(labels), np.sort(marked.train_labels))
    assert (labels.numpy() != marked.train_labels).mean() > 0.7  # nine in ten, by chance
    np.testing.assert_array_equal(task.held_out_labels, marked.held_out_labels)


def order_of(task: Task, marked: Digits) -> np.ndarray:
    """Where each place of a shown image comes from, read off the first held-out digit."""
    where = {value: place for place, value in enumerate(marked.held_out_images[0].flat)}
    return np.array([where[float(value)] for value in task.held_out[0, 0].flatten()])


def test_permuted_pixels_are_one_shuffling_for_every_digit(shown: Shown, marked: Digits) -> None:
    task = shown(pixels="permuted", shift=0)
    order = order_of(task, marked)
    assert sorted(order) == list(range(784))
    assert (order != np.arange(784)).mean() > 0.9
    for shown_images, originals in (
        (task.at(np.arange(COUNT))[0], marked.train_images),
        (task.held_out, marked.held_out_images),
    ):
        expected = originals.reshape(-1, 784)[:, order]
        np.testing.assert_array_equal(shown_images.flatten(1), expected)


def test_pixels_are_permuted_after_the_shift(shown: Shown, marked: Digits) -> None:
    """Moving a permuted image would tell the network which places lie side by side."""
    task = shown(pixels="permuted", shift=1)
    back = np.argsort(order_of(task, marked))
    images = task.at(np.arange(COUNT))[0].flatten(1).numpy()[:, back].reshape(-1, 28, 28)
    for image, original in zip(images, marked.train_images, strict=True):
        assert any(np.array_equal(image, moved(original, *move)) for move in MOVES)


@pytest.mark.parametrize("size", [10, 25, 69])
def test_a_part_of_the_digits_has_as_many_of_each_class_as_can_be(size: int, shown: Shown) -> None:
    counts = np.bincount(shown(train_size=size).labels.numpy(), minlength=10)
    assert counts.sum() == size
    assert counts.max() - counts.min() <= 1


def test_a_part_of_the_digits_is_the_first_of_each_class(shown: Shown, marked: Digits) -> None:
    task = shown(train_size=20, shift=0)
    images, labels = task.at(np.arange(20))
    np.testing.assert_array_equal(images[:, 0], marked.train_images[:20])  # the classes take turns
    np.testing.assert_array_equal(labels, marked.train_labels[:20])


def test_more_digits_than_there_are_means_all(shown: Shown) -> None:
    assert len(shown(train_size=10_000).labels) == COUNT
