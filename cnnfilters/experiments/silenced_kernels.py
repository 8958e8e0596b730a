"""Which first kernels does a network need, and what does padding add to their maps?

The networks are those of the default start; nothing more is trained. The rules were fixed before
anything was measured.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from cnnfilters.analysis.feature_maps import ablation, padding_frame
from cnnfilters.analysis.forward import Network
from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Rule
from cnnfilters.experiments.arms import arm_configs, by_arm, claim
from cnnfilters.experiments.experiment import Size
from cnnfilters.results import Recipe
from cnnfilters.run import Run

ARMS: dict[str, dict[str, Any]] = {"default": {}}
LITTLE = 0.5  # points of accuracy
MOST = 1_000  # digits: all 10,000 test digits would take minutes
PAGE = "learning/14-feature-maps/"


def configs(source: Source, size: Size) -> dict[str, TrainConfig]:
    """The default start with each seed.

    Example:
        >>> list(configs("sample", Size(seeds=1, steps=10)))
        ['default 0']
    """
    return arm_configs(ARMS, source, size)


def measure(runs: Mapping[str, Run], digits: Digits) -> dict[str, Any]:
    """The accuracy lost without each kernel, its length, and the frame that padding draws."""
    seven = digits.held_out_images[digits.held_out_labels == 7][0]
    lost = {name: _lost(run, digits) for name, run in runs.items()}
    lengths = {name: np.linalg.norm(run.kernels(), axis=(1, 2)) for name, run in runs.items()}
    numbers = {
        name: {
            "little needed": int((lost[name] < LITTLE).sum()),
            "most needed": float(lost[name].max()),
            "likeness to length": float(np.corrcoef(lost[name], lengths[name])[0, 1]),
            "frame": 100 * float(np.median(padding_frame(Network.of(run), seven))),
        }
        for name, run in runs.items()
    }
    return {
        "arms": by_arm(numbers),
        "lost": {name: values.round(4).tolist() for name, values in lost.items()},
        "held_out_words": digits.held_out_words,
    }


def _lost(run: Run, digits: Digits) -> np.ndarray:
    some = slice(MOST)
    found = ablation(Network.of(run), digits.held_out_images[some], digits.held_out_labels[some])
    return 100 * found.lost


def _recipe(**options: Any) -> Recipe:
    return Recipe(claim, ("study:silenced_kernels",), {**options, "page": PAGE})


CLAIMS: dict[str, Recipe] = {
    "most-kernels-are-spare": _recipe(
        sentence="Most first kernels can be silenced, one at a time, for less than half a point.",
        quantity="kernels of 16 that cost less than half a point of accuracy each",
        of="default: little needed",
        rule=Rule(above=8),
    ),
    "some-kernel-is-needed": _recipe(
        sentence="One kernel costs more than half a point.",
        quantity="accuracy lost without the most needed kernel",
        unit="points",
        of="default: most needed",
        rule=Rule(above=0.5),
    ),
    "long-kernels-are-needed": _recipe(
        sentence="The larger a kernel's weights are, the more its silence costs.",
        quantity="correlation of a kernel's length with the accuracy lost without it",
        of="default: likeness to length",
        rule=Rule(above=0),
    ),
    "padding-draws-a-frame": _recipe(
        sentence="Zero padding makes kernels answer to the border of blank paper.",
        quantity="strongest response to a blank sheet padded by 2, for each 100 of the "
        "strongest to a 7; median of the kernels",
        unit="%",
        of="default: frame",
        rule=Rule(above=5),
    ),
}
