"""What experiments share: the default arm, what is measured of first kernels, and a claim."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.kernels import moran_i
from cnnfilters.analysis.learning import distance_from_start, start_and_rest
from cnnfilters.analysis.nulls import fit_chance, kernel_fits, name_kernels
from cnnfilters.evidence import NO_DIFFERENCE, Chance, Claim, Rule, Verdict
from cnnfilters.experiments.study import Arm, Quantity, Runs, Series, Study
from cnnfilters.run import Run

DEFAULT = Arm("default")
# For arms that no other study shares: only their start and their end are read.
ENDS: dict[str, Any] = {"snapshots": 1}

SHARE, COSINES = (0.0, 1.0), (-1.0, 1.0)  # the bounds of a quantity
ONE_IN_TEN = Chance(10.0, "guessing one of ten digits")
NOISE = "kernels of independent weights"


def edge_by_chance() -> Chance:
    """How well the best edge fits random kernels, in the mean: seconds, when first asked for.

    Example:
        >>> round(edge_by_chance().value, 2)
        0.24
    """
    return Chance(fit_chance()["edge"].mean, NOISE)


ACCURACY = Quantity("accuracy", "%", chance=ONE_IN_TEN)
COSINE = Quantity(  # of the first kernels with their start
    "cosine", within=COSINES, chance=Chance(0.0, "directions that know nothing of each other")
)
CHANGE = Quantity(  # length of what was added to them, over that of their start
    "change", chance=Chance(0.0, "kernels that do not move")
)
EDGE, START_EDGE, REST_EDGE = (  # means of the first kernels
    Quantity(name, within=SHARE, chance=edge_by_chance)
    for name in ("edge fit", "start edge fit", "rest edge fit")
)
SMOOTHNESS, START_SMOOTHNESS, REST_SMOOTHNESS = (
    Quantity(name, chance=Chance(-1 / 24, NOISE))  # of 25 weights: Moran's I is -1 / (25 - 1)
    for name in ("smoothness", "start smoothness", "rest smoothness")
)
CHANCE_EDGE = Quantity("chance edge fit", within=SHARE)  # the mean of the same fit of noise
# Of W = a·W₀ + R: how many times the start W₀ the first kernels W hold, and how long the rest R is.
FACTOR, REST_STRENGTH = Quantity("start factor"), Quantity("rest strength")
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


def edge_likeness(kernels: Float[np.ndarray, "*stack side side"]) -> float:
    """How edge-like kernels are: the fit of the best edge to each, in the mean.

    Example:
        >>> step, none = [[0.0, 0, 1, 1, 1]] * 5, [[0.0] * 5] * 5
        >>> round(edge_likeness(np.array([step, none])), 2)  # of 1 and 0
        0.5
    """
    return float(kernel_fits(kernels).edge.mean())


def kernel_numbers(run: Run) -> dict[Quantity, float]:
    """What is measured of one network: its accuracy and the means of its first kernels.

    Example:
        >>> import numpy as np
        >>> start = np.array([[[0.0, 0, 1, 0, 0]] * 5])  # a line
        >>> edge = np.array([[[1.0, 1, 0, -1, -1]] * 5])  # at right angles to it
        >>> weights = {"conv1.weight": np.stack([start, 2 * start + edge])[:, :, None]}
        >>> right = np.array([0.1, 0.9])
        >>> found = kernel_numbers(Run(np.array([0, 9]), weights, np.ones(2), right, {}, {}, {}))
        >>> found[ACCURACY], found[FACTOR], found[REST_STRENGTH]  # 5·4 over 5·1 is 2²
        (90.0, 2.0, 2.0)
        >>> found[REST_EDGE] > 0.9 > found[EDGE] > found[START_EDGE]
        True
    """
    start, trained, moved = run.kernels(0), run.kernels(), distance_from_start(run)
    factor, rest, strength = start_and_rest(run)
    return {
        ACCURACY: accuracy(run),
        COSINE: float(moved.cosine[-1]),
        CHANGE: float(moved.change[-1]),
        FACTOR: factor,
        REST_STRENGTH: strength,
        EDGE: edge_likeness(trained),
        SMOOTHNESS: float(moran_i(trained).mean()),
        START_EDGE: edge_likeness(start),
        CHANCE_EDGE: fit_chance(trained.shape[-1])["edge"].mean,
        START_SMOOTHNESS: float(moran_i(start).mean()),
        REST_EDGE: edge_likeness(rest),
        REST_SMOOTHNESS: float(moran_i(rest).mean()),
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
        sentence: What the text says; `{steps}` in it becomes the length of the trainings.
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
        ...     sentence="After {steps} steps, A has more edges.",
        ...     quantity="edge share of A minus that of B", rule=Rule(above=0.1),
        ... )
        >>> shown = made(Study(arms=arms, steps=1_250, held_out_words="1,000 digits"))
        >>> shown.sentence, round(shown.interval.mean, 6)
        ('After 1,250 steps, A has more edges.', 0.4)
    """
    unit = "points" if baseline and series.quantity.unit == "%" else series.quantity.unit

    def made(study: Study) -> Claim:
        interval = study.interval(series, baseline)
        chance = NO_DIFFERENCE if baseline else series.quantity.null
        told = sentence.format(steps=f"{study.steps:,}")
        return Claim(told, quantity, unit, interval, rule, expected, replicates, chance)

    return made
