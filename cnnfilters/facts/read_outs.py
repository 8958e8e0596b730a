"""Facts about what can be read off stages and units."""

from __future__ import annotations

from collections.abc import Sequence

from cnnfilters.evidence import Interval
from cnnfilters.experiments.arms import ACCURACY
from cnnfilters.experiments.hierarchy import C5, F6, LENET, PIXELS, S2, S4, SMALL, HierarchyStudy
from cnnfilters.experiments.hierarchy_probes import (
    at_equal_width,
    by_ridge,
    errors_removed,
    random_sums_of_pixels,
    untrained,
)
from cnnfilters.experiments.hierarchy_units import (
    BEST_UNIT,
    DETECTORS,
    OUTPUT_DETECTORS,
    detected,
)
from cnnfilters.experiments.study import Quantity, Series, Study
from cnnfilters.facts.studies import count, mean, spread
from cnnfilters.results import Recipe
from cnnfilters.words import decimal

HIERARCHY = ("study:hierarchy",)


def lead(study: Study, *, series: Series, baseline: Series) -> str:
    """What each network has more than one of another, in points, with the interval of its mean.

    Example:
        >>> arms = {"LeNet5": {"F6": [96.0, 97.0, 98.0], "pixels": [90.0, 90.0, 90.0]}}
        >>> study = Study(arms=arms, steps=190, held_out_words="1,000 digits")
        >>> lead(study, series=F6.of(LENET), baseline=PIXELS.of(LENET))
        '7.0 points (95 % interval 4.5 to 9.5)'
    """
    interval = Interval.of(study.differences(series, baseline))
    low, middle, high = (decimal(end, 1) for end in (interval.low, interval.mean, interval.high))
    return f"{middle} points (95 % interval {low} to {high})"


def digits_with_a_detector(study: HierarchyStudy) -> str:
    """The digits that a unit of LeNet-5's C5 detects, in the network that is drawn."""
    return _listed(detected(study.best[LENET.name]["purity"]))


def _listed(digits: Sequence[int]) -> str:
    if len(digits) < 2:
        return str(digits[0]) if digits else "none"
    *first, last = map(str, digits)
    return f"{', '.join(first)} and {last}"


def _read(quantity: Quantity) -> Recipe:
    """The mean accuracy of LeNet-5's read-out."""
    return Recipe(mean, HIERARCHY, {"series": quantity.of(LENET), "baseline": None, "places": 1})


def _lead(quantity: Quantity, baseline: Quantity) -> Recipe:
    return Recipe(lead, HIERARCHY, {"series": quantity.of(LENET), "baseline": baseline.of(LENET)})


def _beside_sums(stage: Quantity) -> Recipe:
    return _lead(untrained(stage), random_sums_of_pixels(stage))


FACTS = {
    "best_unit_small": Recipe(
        mean, HIERARCHY, {"series": BEST_UNIT.of(SMALL), "baseline": None, "places": 1}
    ),
    "detected_digits": Recipe(digits_with_a_detector, HIERARCHY),
    "detected_spread": Recipe(spread, HIERARCHY, {"series": DETECTORS.of(LENET)}),
    "lenet_accuracy": _read(ACCURACY),
    "outputs_detected_spread": Recipe(spread, HIERARCHY, {"series": OUTPUT_DETECTORS.of(LENET)}),
    "probe_c5_beside_sums": _beside_sums(C5),
    "probe_f6": _read(F6),
    "probe_f6_beside_sums": _beside_sums(F6),
    "probe_f6_errors_removed": _read(errors_removed(F6)),
    "probe_f6_untrained": _read(untrained(F6)),
    "probe_learned": Recipe(count, HIERARCHY, {"field": "learned"}),
    "probe_pixels": _read(PIXELS),
    "probe_pixels_narrow": _read(at_equal_width(PIXELS)),
    "probe_pixels_ridge": _read(by_ridge(PIXELS)),
    "probe_s2": _read(S2),
    "probe_s2_errors_removed": _read(errors_removed(at_equal_width(S2))),
    "probe_s2_narrow": _read(untrained(at_equal_width(S2))),
    "probe_s2_sums": _read(random_sums_of_pixels(S2)),
    "probe_s2_untrained": _read(untrained(S2)),
    "probe_s4_narrow": _read(untrained(at_equal_width(S4))),
    "probe_s4_sums": _read(random_sums_of_pixels(S4)),
    "probe_s4_untrained": _read(untrained(S4)),
}
