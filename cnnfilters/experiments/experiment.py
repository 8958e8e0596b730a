"""What an experiment is, and how large a build makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.run import Run


class Size(NamedTuple):
    """How large a study is: `short` for a build on a laptop, `full` for the published site.

    Attributes:
        seeds: Networks in each arm, the unit of inference.
        steps: Steps of each training.
    """

    seeds: int
    steps: int


SIZES: dict[tuple[str, str], Size] = {
    ("sample", "short"): Size(seeds=5, steps=190),  # 3 epochs of 4,000 digits
    ("sample", "full"): Size(seeds=5, steps=1_250),
    ("mnist", "short"): Size(seeds=5, steps=190),
    ("mnist", "full"): Size(seeds=5, steps=1_876),  # 2 epochs of 60,000
}
"""The size of each study, by source of digits and by how thorough a build is."""


class Experiment(NamedTuple):
    """One question.

    Attributes:
        configs: Trainings by name, for a source of digits and a size.
        measure: From the trained networks to plain numbers that JSON can hold.
    """

    configs: Callable[[Source, Size], dict[str, TrainConfig]]
    measure: Callable[[Mapping[str, Run], Digits], dict[str, Any]]
