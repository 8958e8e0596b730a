"""What an experiment is, and how large a build makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from cnnfilters.config import Source, TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.evidence import Claim
from cnnfilters.experiments.study import Arm, Runs, Study
from cnnfilters.run import Run

Measured = TypeVar("Measured", bound=Study)


class Size(NamedTuple):
    """How large a study is: `short` for a build on a laptop, `full` for the published site.

    `reference` is what was measured once, for builds that take it from there.

    Attributes:
        seeds: Networks in each arm, the unit of inference.
        steps: Steps of each training.
    """

    seeds: int
    steps: int


SIZES: dict[tuple[str, str], Size] = {
    ("sample", "short"): Size(seeds=5, steps=190),  # 3 epochs of 4,000 digits
    ("sample", "full"): Size(seeds=5, steps=1_250),
    ("sample", "reference"): Size(seeds=10, steps=1_250),
    ("mnist", "short"): Size(seeds=5, steps=190),
    ("mnist", "full"): Size(seeds=5, steps=1_876),  # 2 epochs of 60,000
    ("mnist", "reference"): Size(seeds=10, steps=1_876),
}
"""The size of each study, by source of digits and by how thorough a build is."""


@dataclass(frozen=True)
class Experiment(Generic[Measured]):
    """One question.

    Attributes:
        arms: What is trained, each arm with several seeds.
        study: The type of what is measured, which a file is read into.
        measure: From the trained networks of each arm to what was found.
        claims: Sentences by id, each as a function of the study.
    """

    arms: Sequence[Arm]
    study: type[Measured]
    measure: Callable[[Runs, Digits], Measured]
    claims: Mapping[str, Callable[[Measured], Claim]]

    def configs(self, source: Source, size: Size) -> dict[str, TrainConfig]:
        """Each arm with each seed; a seed shares its random start and its batches among the arms.

        Args:
            source: Which digits.
            size: How many seeds, how many steps.

        Returns:
            Trainings called `ARM SEED`.
        """
        return {
            f"{arm.name} {seed}": TrainConfig(
                source=source, seed=seed, steps=size.steps, **arm.changes
            )
            for arm in self.arms
            for seed in range(size.seeds)
        }

    def study_of(self, runs: Mapping[str, Run], digits: Digits) -> Measured:
        """Measure trained networks.

        Args:
            runs: By the names that `configs` gave.
            digits: What they learned from, and what was held out.
        """
        seeds = range(len(runs) // max(1, len(self.arms)))
        return self.measure(
            {arm: [runs[f"{arm.name} {seed}"] for seed in seeds] for arm in self.arms}, digits
        )
