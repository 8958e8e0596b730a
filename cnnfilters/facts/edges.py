"""Facts about what several networks say of edges: of starts, of labels, of pixels."""

from __future__ import annotations

from cnnfilters.experiments.arms import DEFAULT, EDGE, FACTOR, REST_EDGE, UNNAMED
from cnnfilters.experiments.initialisation import PENALTY
from cnnfilters.experiments.labels_and_pixels import (
    AS_SMOOTH_EDGE,
    BEYOND_SMOOTH,
    COVARIANCE_EDGE,
    FEW,
    MEMORISED,
    PERMUTED,
    SHUFFLED,
    TRUE,
    LabelsAndPixelsStudy,
)
from cnnfilters.experiments.study import Series
from cnnfilters.facts.studies import mean
from cnnfilters.results import Recipe
from cnnfilters.words import decimal

INITIALISATION, LABELS = ("study:initialisation",), ("study:labels_and_pixels",)


def reference_edge(study: LabelsAndPixelsStudy) -> str:
    """The mean edge fit of random kernels that vary as patches of the digits do.

    Example:
        >>> about = {"arms": {}, "kernels": {}, "reference": [], "steps": 190, "held_out_words": ""}
        >>> reference_edge(LabelsAndPixelsStudy(reference_edge=0.75, **about))
        '0.75'
    """
    return decimal(study.reference_edge)


def _mean(study: tuple[str], series: Series, *, places: int = 2) -> Recipe:
    return Recipe(mean, study, {"series": series, "places": places})


FACTS = {
    # the size of the start
    "penalty_factor": _mean(INITIALISATION, FACTOR.of(PENALTY)),
    "study_edge": _mean(INITIALISATION, EDGE.of(DEFAULT)),
    "study_rest_edge": _mean(INITIALISATION, REST_EDGE.of(DEFAULT)),
    # what makes edges
    "as_smooth_edge": _mean(LABELS, AS_SMOOTH_EDGE.of(TRUE)),
    "few_beyond": _mean(LABELS, BEYOND_SMOOTH.of(FEW)),
    "few_edge": _mean(LABELS, EDGE.of(FEW)),
    "few_unnamed": _mean(LABELS, UNNAMED.of(FEW), places=1),
    "memorised_beyond": _mean(LABELS, BEYOND_SMOOTH.of(MEMORISED)),
    "memorised_edge": _mean(LABELS, EDGE.of(MEMORISED)),
    "memorised_unnamed": _mean(LABELS, UNNAMED.of(MEMORISED), places=1),
    "permuted_covariance_edge": _mean(LABELS, COVARIANCE_EDGE.of(PERMUTED)),
    "permuted_edge": _mean(LABELS, EDGE.of(PERMUTED)),
    "reference_edge": Recipe(reference_edge, LABELS),
    "shuffled_factor": _mean(LABELS, FACTOR.of(SHUFFLED)),
    "true_edge": _mean(LABELS, EDGE.of(TRUE)),
    "true_factor": _mean(LABELS, FACTOR.of(TRUE)),
}
