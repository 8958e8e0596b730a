"""Facts about what a perceptron throws away, as the experiment measured it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnfilters.experiments.flattening import PIXELS, lost_by_moving
from cnnfilters.words import decimal, percent

Study = Mapping[str, Any]


def accuracy(study: Study, *, name: str, pixels: str = PIXELS[0]) -> str:
    """The mean accuracy of one kind of network, with pixels in order or shuffled.

    Example:
        >>> accuracy({"cnn-true": [0.96, 0.98]}, name="cnn")
        '97.0 %'
    """
    return percent(float(np.mean(study[f"{name}-{pixels}"])))


def moved(study: Study, *, name: str, pixels: int) -> str:
    """The mean accuracy on digits that were moved.

    Example:
        >>> moved({"cnn-moved": [[0.98], [0.96]]}, name="cnn", pixels=1)
        '96 %'
    """
    return percent(float(np.mean(study[f"{name}-moved"][pixels])), 0)


def lost(study: Study, *, name: str, pixels: int) -> str:
    """The points that a move costs.

    Example:
        >>> lost({"cnn-moved": [[0.98], [0.96]]}, name="cnn", pixels=1)
        '2.0'
    """
    return decimal(lost_by_moving(study, name, pixels=pixels).mean(), 1)


def ink_lost(study: Study) -> str:
    """The share of the ink that leaves the picture at the largest distance.

    Example:
        >>> ink_lost({"ink_kept": [1.0, 0.75]})
        '25.0 %'
    """
    return percent(1 - float(study["ink_kept"][-1]))


def networks(study: Study) -> str:
    """How many networks each mean is of.

    Example:
        >>> networks({"cnn-true": [0.96, 0.98]})
        '2'
    """
    return str(len(study["cnn-true"]))


def steps(study: Study) -> str:
    """How many steps each training took.

    Example:
        >>> steps({"steps": 1250})
        '1,250'
    """
    return f"{study['steps']:,}"
