"""Facts about what several networks say of edges: of starts, of labels, of pixels."""

from __future__ import annotations

from cnnfilters.experiments.arms import ACCURACY, DEFAULT, EDGE, FACTOR, REST_EDGE, UNNAMED
from cnnfilters.experiments.initialisation import EARLY_EDGE, EARLY_REST_EDGE, PENALTY
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
from cnnfilters.experiments.start_scales import at
from cnnfilters.facts.studies import mean_recipe
from cnnfilters.results import Recipe
from cnnfilters.words import decimal

INITIALISATION, LABELS = ("study:initialisation",), ("study:labels_and_pixels",)
START_SCALES = ("study:start_scales",)


def reference_edge(study: LabelsAndPixelsStudy) -> str:
    """The mean edge fit of random kernels that vary as patches of the digits do.

    Example:
        >>> about = {"arms": {}, "kernels": {}, "reference": [], "steps": 190, "held_out_words": ""}
        >>> reference_edge(LabelsAndPixelsStudy(reference_edge=0.75, **about))
        '0.75'
    """
    return decimal(study.reference_edge)


FACTS = {
    # the size of the start
    "penalty_factor": mean_recipe(INITIALISATION, FACTOR.of(PENALTY)),
    "study_early_edge": mean_recipe(INITIALISATION, EARLY_EDGE.of(DEFAULT)),
    "study_early_rest_edge": mean_recipe(INITIALISATION, EARLY_REST_EDGE.of(DEFAULT)),
    "study_edge": mean_recipe(INITIALISATION, EDGE.of(DEFAULT)),
    "study_rest_edge": mean_recipe(INITIALISATION, REST_EDGE.of(DEFAULT)),
    "large_start_accuracy": mean_recipe(START_SCALES, ACCURACY.of(at(4.0)), places=1),
    "large_start_unnamed": mean_recipe(START_SCALES, UNNAMED.of(at(4.0)), places=1),
    "usual_start_accuracy": mean_recipe(START_SCALES, ACCURACY.of(at(1.0)), places=1),
    "usual_start_unnamed": mean_recipe(START_SCALES, UNNAMED.of(at(1.0)), places=1),
    # what makes edges
    "as_smooth_edge": mean_recipe(LABELS, AS_SMOOTH_EDGE.of(TRUE)),
    "few_beyond": mean_recipe(LABELS, BEYOND_SMOOTH.of(FEW)),
    "few_edge": mean_recipe(LABELS, EDGE.of(FEW)),
    "few_unnamed": mean_recipe(LABELS, UNNAMED.of(FEW), places=1),
    "memorised_beyond": mean_recipe(LABELS, BEYOND_SMOOTH.of(MEMORISED)),
    "memorised_edge": mean_recipe(LABELS, EDGE.of(MEMORISED)),
    "memorised_unnamed": mean_recipe(LABELS, UNNAMED.of(MEMORISED), places=1),
    "permuted_covariance_edge": mean_recipe(LABELS, COVARIANCE_EDGE.of(PERMUTED)),
    "permuted_edge": mean_recipe(LABELS, EDGE.of(PERMUTED)),
    "reference_edge": Recipe(reference_edge, LABELS),
    "shuffled_factor": mean_recipe(LABELS, FACTOR.of(SHUFFLED)),
    "true_edge": mean_recipe(LABELS, EDGE.of(TRUE)),
    "true_factor": mean_recipe(LABELS, FACTOR.of(TRUE)),
}
