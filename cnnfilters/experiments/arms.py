"""Arms of an experiment: trainings that differ in one thing alone, each with several seeds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cnnfilters.analysis.kernels import kernel_shares, moran_i
from cnnfilters.analysis.learning import distance_from_start, learned_change
from cnnfilters.analysis.nulls import name_kernels
from cnnfilters.config import Source, TrainConfig
from cnnfilters.evidence import Claim, Interval, Rule, Verdict
from cnnfilters.experiments.experiment import Size
from cnnfilters.run import Run

Study = Mapping[str, Any]  # what `measure` returned, read back from JSON
Arms = Mapping[str, Mapping[str, Any]]  # name: fields of TrainConfig that differ
# For arms that no other study shares: only their start and their end are read.
ENDS: dict[str, Any] = {"snapshots": 1}


def arm_configs(arms: Arms, source: Source, size: Size) -> dict[str, TrainConfig]:
    """Each arm with each seed; a seed shares its random start and its batches among the arms.

    Args:
        arms: What differs.
        source: Which digits.
        size: How many seeds, how many steps.

    Returns:
        Trainings called `ARM SEED`.

    Example:
        >>> arms = {"small start": {"conv1_scale": 0.1}}
        >>> list(arm_configs(arms, "sample", Size(seeds=2, steps=10)))
        ['small start 0', 'small start 1']
    """
    return {
        f"{arm} {seed}": TrainConfig(source=source, seed=seed, steps=size.steps, **changes)
        for arm, changes in arms.items()
        for seed in range(size.seeds)
    }


def by_arm(measured: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, list[float]]]:
    """One value for each network, seeds in order, by arm and quantity.

    Args:
        measured: The numbers of each network, by the names that `arm_configs` gave them.

    Example:
        >>> by_arm({"small start 0": {"edge": 0.25}, "small start 1": {"edge": 0.5}})
        {'small start': {'edge': [0.25, 0.5]}}
    """
    arms: dict[str, dict[str, list[float]]] = {}
    for name, numbers in measured.items():
        arm = arms.setdefault(name.rsplit(" ", 1)[0], {})
        for quantity, value in numbers.items():
            arm.setdefault(quantity, []).append(float(value))
    return arms


def looks(run: Run) -> dict[str, float]:
    """What is measured of one network: its accuracy and the means of its first kernels."""
    trained, learned = run.kernels(), learned_change(run)
    return {
        "accuracy": 100 * float(run.accuracy[-1]),
        "cosine": float(distance_from_start(run).cosine[-1]),
        "change": float(distance_from_start(run).change[-1]),
        "edge": float(kernel_shares(trained).edge.mean()),
        "smoothness": float(moran_i(trained).mean()),
        "start edge": float(kernel_shares(run.kernels(0)).edge.mean()),
        "start smoothness": float(moran_i(run.kernels(0)).mean()),
        "learned edge": float(kernel_shares(learned).edge.mean()),
        "learned smoothness": float(moran_i(learned).mean()),
        "unnamed": int((name_kernels(trained) == "none").sum()),
    }


def values(study: Study, name: str) -> list[float]:
    """One value for each network.

    Args:
        study: What was measured.
        name: `ARM: QUANTITY`.

    Example:
        >>> values({"arms": {"small start": {"edge": [0.25, 0.5]}}}, "small start: edge")
        [0.25, 0.5]
    """
    arm, quantity = name.split(": ")
    return list(study["arms"][arm][quantity])


def differences(study: Study, one: str, other: str) -> list[float]:
    """What one arm has more than another, seed by seed.

    Example:
        >>> arms = {"arms": {"a": {"edge": [0.5, 0.5]}, "b": {"edge": [0.25, 0.5]}}}
        >>> differences(arms, "a: edge", "b: edge")
        [0.25, 0.0]
    """
    pairs = zip(values(study, one), values(study, other), strict=True)
    return [mine - yours for mine, yours in pairs]


def claim(
    study: Study,
    *,
    sentence: str,
    quantity: str,
    of: str,
    less: str | None = None,
    rule: Rule,
    page: str,
    unit: str = "",
    expected: Verdict = "supported",
    each: str = "networks",
) -> Claim:
    """A sentence about the mean of one arm, or about what it has more than another.

    Args:
        study: What was measured.
        sentence: What the text says.
        quantity: What is measured, in words.
        of: `ARM: QUANTITY`.
        less: Likewise; subtracted network by network, each from the one of the same seed.
        rule: Fixed before the measurement.
        page: The chapter.
        unit: Of the value.
        expected: The verdict that the text relies on.
        each: What one value stands for, in the plural.

    Example:
        >>> study = {"arms": {"a": {"edge": [0.5, 0.7]}, "b": {"edge": [0.1, 0.3]}}}
        >>> shown = claim(
        ...     study, sentence="A has more edges.", quantity="edge share", rule=Rule(above=0.1),
        ...     of="a: edge", less="b: edge", page="learning/12-reading-the-weights",
        ... )
        >>> round(shown.interval.mean, 6)
        0.4
    """
    measured = differences(study, of, less) if less else values(study, of)
    return Claim(sentence, quantity, unit, Interval.of(measured), rule, page, expected, each)
