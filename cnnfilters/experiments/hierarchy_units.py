"""Does a single unit ever know a digit? The best unit for each, and the output units beside it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypedDict

import numpy as np
from jaxtyping import Float

from cnnfilters.analysis.selectivity import best_units, purity
from cnnfilters.experiments.hierarchy_probes import Features, Sample
from cnnfilters.experiments.study import Quantity

BEST_UNIT, OUTPUT_UNIT = Quantity("best unit", "%"), Quantity("output unit", "%")  # means of ten
DETECTORS, OUTPUT_DETECTORS = Quantity("detectors"), Quantity("output detectors")  # of ten
DETECTS = 90.0  # %: what a unit that is called a detector of a digit reaches
SHOWN = 12  # digits of each unit's strongest, spread over all that are counted


class BestUnits(TypedDict):
    """The best unit for each of ten digits, in one network.

    Attributes:
        units: Which channel of the last convolution.
        purity: Share of the digit among those that excite it most, in %.
        output: The same of the output unit.
        counted: How many digits that is.
        shown: For each digit some of the held-out ones, from the strongest answer downwards.
    """

    units: list[int]
    purity: list[float]
    output: list[float]
    counted: list[int]
    shown: list[list[int]]


def best_of(
    last: Features, channels: int, logits: Float[np.ndarray, "held_out classes"], sample: Sample
) -> BestUnits:
    """Each digit's best unit, and held-out digits from its strongest downwards.

    Args:
        last: What the last convolution made.
        channels: How many channels it has.
        logits: The network's answers to the held-out digits.
        sample: The digits.
    """
    strongest = last.map(lambda features: _strongest(features, channels))
    best = best_units(strongest.learned, sample.labels)
    units = strongest.held_out[:, best]
    counts = np.bincount(sample.held_out_labels, minlength=len(best))
    order = np.argsort(-units, axis=0, kind="stable")
    ranks = [np.linspace(0, count - 1, SHOWN).round().astype(int) for count in counts]
    return {
        "units": best.tolist(),
        "purity": _pure(units, sample),
        "output": _pure(logits, sample),
        "counted": counts.tolist(),
        "shown": [order[rank, digit].tolist() for digit, rank in enumerate(ranks)],
    }


def unit_numbers(best: BestUnits) -> dict[Quantity, float]:
    """The means over ten digits, and how many of the ten have a detector.

    Example:
        >>> best = {"purity": [50.0, 100.0], "output": [90.0, 100.0]}
        >>> list(unit_numbers({**best, "units": [], "counted": [], "shown": []}).values())
        [75.0, 95.0, 1, 2]
    """
    return {
        BEST_UNIT: float(np.mean(best["purity"])),
        OUTPUT_UNIT: float(np.mean(best["output"])),
        DETECTORS: len(detected(best["purity"])),
        OUTPUT_DETECTORS: len(detected(best["output"])),
    }


def detected(purity: Sequence[float]) -> list[int]:
    """The digits whose unit reaches what a detector does.

    Args:
        purity: In %, by digit.

    Example:
        >>> detected([90.0, 58.0, 96.0])
        [0, 2]
    """
    return [digit for digit, share in enumerate(purity) if round(share, 6) >= DETECTS]


def _strongest(
    features: Float[np.ndarray, "n features"], channels: int
) -> Float[np.ndarray, "n channels"]:
    """One number for each channel: its strongest response, wherever it is."""
    return np.asarray(features.reshape(len(features), channels, -1).max(axis=2))


def _pure(units: Float[np.ndarray, "n classes"], sample: Sample) -> list[float]:
    """How pure each of ten units is for its own digit, in %."""
    return [100 * float(share) for share in np.diag(purity(units, sample.held_out_labels))]
