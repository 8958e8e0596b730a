"""What can be read off a stage, off as many random sums of the pixels, and off 84 sums of each.

A read-out that is given more numbers may read better for that alone. So every stage is asked
beside a control of its own width, and all of them once more after each was brought to one width.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

import numpy as np
from jaxtyping import Float, Int

from cnnfilters.analysis.linear_probe import Method, probe_accuracy
from cnnfilters.analysis.random_sums import random_sums
from cnnfilters.digits import Digits
from cnnfilters.experiments.study import Numbers, Quantity
from cnnfilters.lenet import WIDTH_F6

LEARNED, HELD_OUT = 4_000, 2_000  # digits at most: all of MNIST would take minutes
EQUAL_WIDTH = WIDTH_F6  # the narrowest stage: every other one can be brought down to it


class Features(NamedTuple):
    """The numbers that a read-out is given.

    Attributes:
        learned: Of the digits that it learns from.
        held_out: Of those that it is then asked about.
    """

    learned: Float[np.ndarray, "learned ..."]
    held_out: Float[np.ndarray, "held_out ..."]

    def map(self, change: Callable[[np.ndarray], np.ndarray]) -> Features:
        """The same change of both.

        Example:
            >>> Features(np.array([1.0]), np.array([2.0])).map(np.negative).held_out
            array([-2.])
        """
        return Features(change(self.learned), change(self.held_out))


@dataclass(frozen=True)
class Sample:
    """The digits of all read-outs.

    Attributes:
        images: Those that read-outs learn from, and those that they are asked about.
        labels: Of the first.
        held_out_labels: Of the second.
    """

    images: Features
    labels: Int[np.ndarray, " learned"]
    held_out_labels: Int[np.ndarray, " held_out"]

    @classmethod
    def of(cls, digits: Digits) -> Sample:
        """The first digits of each part, no more than a read-out takes."""
        images = Features(digits.train_images[:LEARNED], digits.held_out_images[:HELD_OUT])
        return cls(images, digits.train_labels[:LEARNED], digits.held_out_labels[:HELD_OUT])

    def read(self, quantity: Quantity, features: Features) -> dict[Quantity, float]:
        """Accuracy in % of both read-outs of some features."""
        methods: dict[Quantity, Method] = {quantity: "softmax", by_ridge(quantity): "ridge"}
        return {
            name: 100
            * probe_accuracy(
                features.learned,
                self.labels,
                features.held_out,
                self.held_out_labels,
                method=method,
            )
            for name, method in methods.items()
        }


def _named(quantity: Quantity, ending: str) -> Quantity:
    return quantity._replace(name=f"{quantity.name} {ending}")


def untrained(quantity: Quantity) -> Quantity:
    """The same before the first step.

    Example:
        >>> untrained(Quantity("F6", "%")).name
        'untrained F6'
    """
    return quantity._replace(name=f"untrained {quantity.name}")


def by_ridge(quantity: Quantity) -> Quantity:
    """The same by the ridge read-out; without it, by softmax.

    Example:
        >>> by_ridge(untrained(Quantity("F6", "%"))).name
        'untrained F6 ridge'
    """
    return _named(quantity, "ridge")


def at_equal_width(quantity: Quantity) -> Quantity:
    """The same of 84 random sums of the stage; of a stage that has 84 numbers, of these.

    Example:
        >>> at_equal_width(Quantity("S2", "%")).name
        'S2 in 84'
    """
    return _named(quantity, f"in {EQUAL_WIDTH}")


def random_sums_of_pixels(stage: Quantity) -> Quantity:
    """The same of as many random sums of all pixels, with ReLU, as the stage has numbers.

    Example:
        >>> random_sums_of_pixels(Quantity("S2", "%")).name
        'S2 random sums'
    """
    return _named(stage, "random sums")


def errors_removed(stage: Quantity) -> Quantity:
    """Of the errors of the untrained stage's read-out, the share that training removes.

    Unlike the points gained, it may be as large for a stage that reads well from the start.

    Example:
        >>> errors_removed(Quantity("S2", "%")).name
        'S2 errors removed'
    """
    return _named(stage, "errors removed")


def read_stages(
    stages: Mapping[Quantity, Features], sample: Sample, seed: int
) -> dict[Quantity, float]:
    """Every stage as it is, and at the width of the narrowest."""
    found: dict[Quantity, float] = {}
    for stage, features in stages.items():
        found |= sample.read(stage, features)
        found |= read_at_equal_width(stage, features, sample, seed)
    return found


def read_at_equal_width(
    stage: Quantity, features: Features, sample: Sample, seed: int
) -> dict[Quantity, float]:
    """Random sums of a stage, as many as the narrowest has; that one is left as it is."""
    if features.learned.shape[1] != EQUAL_WIDTH:
        features = features.map(partial(random_sums, count=EQUAL_WIDTH, seed=seed))
    return sample.read(at_equal_width(stage), features)


def read_random_sums(
    widths: Mapping[Quantity, int], pixels: Features, sample: Sample, seed: int
) -> dict[Quantity, float]:
    """For every stage the read-out of as many random sums of all pixels, with ReLU."""
    mean, spread = pixels.learned.mean(), pixels.learned.std()
    scaled = pixels.map(lambda images: (images - mean) / spread)
    found: dict[Quantity, float] = {}
    for stage, width in widths.items():
        sums = scaled.map(partial(random_sums, count=width, seed=seed, rectified=True))
        found |= sample.read(random_sums_of_pixels(stage), sums)
    return found


def removed(stage: Quantity, numbers: Numbers) -> float:
    """The share of its errors that training takes from the read-out of a stage, in %.

    Example:
        >>> s2 = Quantity("S2", "%")
        >>> removed(s2, {untrained(s2): 80.0, s2: 95.0})
        75.0
    """
    before, after = (100 - numbers[name] for name in (untrained(stage), stage))
    return 100 * (1 - after / before) if before else 0.0  # of no error none is removed
