"""What experiments share: the default arm, what is measured of first kernels, and a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cnnfilters.analysis.kernels import kernel_shares, moran_i
from cnnfilters.analysis.learning import distance_from_start, learned_change
from cnnfilters.analysis.nulls import chance_mean, name_kernels
from cnnfilters.evidence import NO_DIFFERENCE, Chance, Claim, Rule, Verdict
from cnnfilters.experiments.study import Arm, Quantity, Runs, Series, Study
from cnnfilters.run import Run

DEFAULT = Arm("default")
# For arms that no other study shares: only their start and their end are read.
ENDS: dict[str, Any] = {"snapshots": 1}

SHARE, COSINES = (0.0, 1.0), (-1.0, 1.0)  # the bounds of a quantity
ONE_IN_TEN = Chance(10.0, "guessing one of ten digits")
NOISE = "kernels of independent weights"

ACCURACY = Quantity("accuracy", "%", chance=ONE_IN_TEN)
COSINE = Quantity(  # of the first kernels with their start
    "cosine", within=COSINES, chance=Chance(0.0, "directions that know nothing of each other")
)
CHANGE = Quantity(  # length of what was added to them, over that of their start
    "change", chance=Chance(0.0, "kernels that do not move")
)
EDGE, START_EDGE, LEARNED_EDGE = (  # means of the first kernels
    Quantity(name, within=SHARE, chance=Chance(chance_mean("edge"), NOISE))
    for name in ("edge", "start edge", "learned edge")
)
SMOOTHNESS, START_SMOOTHNESS, LEARNED_SMOOTHNESS = (
    Quantity(name, chance=Chance(-1 / 24, NOISE))  # of 25 weights: Moran's I is -1 / (25 - 1)
    for name in ("smoothness", "start smoothness", "learned smoothness")
)
UNNAMED = Quantity("unnamed", within=(0, 16), things=16)  # neither edge nor line nor blob


def accuracy(run: Run) -> float:
    """Of the trained network on held-out digits, in %.

    Example:
        >>> import numpy as np
        >>> right, kernels = np.array([0.125, 0.75]), {"conv1.weight": np.ones((2, 1, 1, 5, 5))}
        >>> accuracy(Run(np.array([0, 190]), kernels, np.ones(2), right, {}, {}, {}))
        75.0
    """
    return 100 * float(run.accuracy[-1])


def steps(runs: Runs) -> int:
    """How long each network of a study was trained.

    Example:
        >>> import numpy as np
        >>> right, kernels = np.array([0.125, 0.75]), {"conv1.weight": np.ones((2, 1, 1, 5, 5))}
        >>> steps({DEFAULT: [Run(np.array([0, 190]), kernels, np.ones(2), right, {}, {}, {})]})
        190
    """
    return int(next(iter(runs.values()))[0].steps[-1])


def kernel_numbers(run: Run) -> dict[Quantity, float]:
    """What is measured of one network: its accuracy and the means of its first kernels.

    Example:
        >>> import numpy as np
        >>> from cnnfilters.kernel_bank import family_bases
        >>> line, edge = (family_bases(5)[family][:1] for family in ("line", "edge"))  # (1, 5, 5)
        >>> weights = {"conv1.weight": np.stack([line, edge])[:, :, None]}  # from a line to an edge
        >>> right = np.array([0.1, 0.9])
        >>> found = kernel_numbers(Run(np.array([0, 9]), weights, np.ones(2), right, {}, {}, {}))
        >>> [round(found[of], 6) + 0.0 for of in (ACCURACY, START_EDGE, EDGE, COSINE)]
        [90.0, 0.0, 1.0, 0.0]
    """
    start, trained, learned = run.kernels(0), run.kernels(), learned_change(run)
    moved = distance_from_start(run)
    return {
        ACCURACY: accuracy(run),
        COSINE: float(moved.cosine[-1]),
        CHANGE: float(moved.change[-1]),
        EDGE: float(kernel_shares(trained).edge.mean()),
        SMOOTHNESS: float(moran_i(trained).mean()),
        START_EDGE: float(kernel_shares(start).edge.mean()),
        START_SMOOTHNESS: float(moran_i(start).mean()),
        LEARNED_EDGE: float(kernel_shares(learned).edge.mean()),
        LEARNED_SMOOTHNESS: float(moran_i(learned).mean()),
        UNNAMED: int((name_kernels(trained) == "none").sum()),
    }


def claim(
    series: Series,
    baseline: Series | None = None,
    *,
    sentence: str,
    quantity: str,
    rule: Rule,
    expected: Verdict = "supported",
    replicates: str = "networks",
) -> Callable[[Study], Claim]:
    """A sentence about the mean of one arm, or about what it has more than another.

    Args:
        series: What is measured.
        baseline: What is subtracted, network by network, each from the one of the same seed.
        sentence: What the text says.
        quantity: What is measured, in words.
        rule: Fixed before the measurement.
        expected: The verdict that the text relies on.
        replicates: What one value stands for, in the plural.

    Returns:
        The claim as a function of what was measured.

    Example:
        >>> edge, arms = Quantity("edge"), {"a": {"edge": [0.5, 0.7]}, "b": {"edge": [0.1, 0.3]}}
        >>> made = claim(
        ...     edge.of(Arm("a")), edge.of(Arm("b")),
        ...     sentence="A has more edges.", quantity="edge share", rule=Rule(above=0.1),
        ... )
        >>> shown = made(Study(arms=arms, steps=190, held_out_words="1,000 digits"))
        >>> round(shown.interval.mean, 6)
        0.4
    """
    unit = "points" if baseline and series.quantity.unit == "%" else series.quantity.unit
    chance = NO_DIFFERENCE if baseline else series.quantity.chance

    def made(study: Study) -> Claim:
        interval = study.interval(series, baseline)
        return Claim(sentence, quantity, unit, interval, rule, expected, replicates, chance)

    return made
