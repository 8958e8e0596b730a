"""The reference arms are what they are said to be, and the count of work is PyTorch's."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional
from torch.utils.flop_counter import FlopCounterMode

from benchmarks import references
from benchmarks.peak import multiply_adds, peak_rate
from benchmarks.training import accuracy_on, reference
from cnnfilters.config import TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.model import SmallCNN

EPOCHS = 4  # of 800 digits


@pytest.mark.full  # it trains
@pytest.mark.parametrize(
    ("recipe", "least"),
    [(references.train_as_the_source, 0.7), (references.train_as_the_example, 0.7)],
)
def test_a_reference_learns(recipe, least: float, root: str, few_digits: Digits) -> None:
    answer = reference(recipe, root, EPOCHS)(0)
    assert accuracy_on(answer, few_digits) > least


def test_batches_hold_every_digit_once_and_normalised(root: str, few_digits: Digits) -> None:
    images, labels = zip(*references.loader(root), strict=True)
    every = torch.cat(images)
    assert len(every) == len(few_digits.train_images)
    ink = every * references.STD[0] + references.MEAN[0]
    assert ink.mean().item() == pytest.approx(few_digits.train_images.mean(), abs=1e-4)
    assert torch.cat(labels).bincount().tolist() == np.bincount(few_digits.train_labels).tolist()


def test_the_sources_network_is_small_cnn_with_padding() -> None:
    theirs, ours = references.source_network(), SmallCNN(padding=2)
    with torch.no_grad():
        for target, weight in zip(ours.parameters(), theirs.parameters(), strict=True):
            target.copy_(weight)
        ink = torch.rand(4, 1, 28, 28)
        expected = theirs((ink - references.MEAN[0]) / references.STD[0])
        torch.testing.assert_close(ours(ink), expected)


@pytest.mark.parametrize("padding", [0, 2])
def test_the_multiply_adds_of_a_step_are_those_that_pytorch_counts(padding: int) -> None:
    model: nn.Module = SmallCNN(padding=padding)
    with FlopCounterMode(display=False) as counter:
        functional.cross_entropy(model(torch.rand(1, 1, 28, 28)), torch.tensor([3])).backward()
    assert 2 * multiply_adds(TrainConfig(padding=padding)) == counter.get_total_flops()


def test_no_training_beats_the_peak() -> None:
    assert peak_rate(rounds=2) > 1e8  # a slow core of one multiply–add in ten cycles has more
