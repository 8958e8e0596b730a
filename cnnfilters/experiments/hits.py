"""How many networks of an arm named each held-out digit right, for intervals that cover digits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np
from jaxtyping import Bool, Float

from cnnfilters.analysis.forward import batches
from cnnfilters.digits import Digits
from cnnfilters.run import Run

FIRST = ord("0")


class Hits(TypedDict):
    """The answers to each held-out digit, counted.

    Attributes:
        asked: How often each digit was shown, to all networks of the arm together.
        right: How often it was named right: one sign a digit, `0` for never, and on in Unicode.
    """

    asked: int
    right: str


def counted(right: Bool[np.ndarray, "asked digits"]) -> Hits:
    """Answers as a study keeps them: a byte a digit.

    Args:
        right: Whether each answer to each digit was right.

    Example:
        >>> counted(np.array([[True, True, False], [True, False, False]]))
        {'asked': 2, 'right': '210'}
    """
    return {
        "asked": len(right),
        "right": "".join(chr(FIRST + int(count)) for count in right.sum(axis=0)),
    }


def percent_right(hits: Hits) -> list[float]:
    """The accuracy on each digit, as the mean of the networks, in %.

    Example:
        >>> percent_right({"asked": 2, "right": "210"})
        [100.0, 50.0, 0.0]
    """
    return [100 * (ord(sign) - FIRST) / hits["asked"] for sign in hits["right"]]


def right_answers(runs: Sequence[Run], digits: Digits) -> Bool[np.ndarray, "networks digits"]:
    """Whether each network names each held-out digit right, its pixels in the network's own order.

    Args:
        runs: Trainings, of any network of digits.
        digits: Those that the networks did not learn from.
    """
    return np.stack([_right(run, digits) for run in runs])


def _right(run: Run, digits: Digits) -> Bool[np.ndarray, " digits"]:
    from cnnfilters.trained import logits_of  # torch, which figures lack

    network, images = logits_of(run), _as_shown(run, digits)
    answers = [network(images[part]).argmax(axis=1) for part in batches(len(images))]
    return np.asarray(np.concatenate(answers) == digits.held_out_labels)


def _as_shown(run: Run, digits: Digits) -> Float[np.ndarray, "digits side side"]:
    """The held-out digits in the order of pixels that the network learned, drawn as it was then."""
    from cnnfilters.task import Task

    config = run.train_config
    if config.pixels != "permuted":
        return digits.held_out_images
    task = Task(config, digits, np.random.default_rng(config.seed), "cpu")
    return np.asarray(task.held_out[:, 0].numpy())
