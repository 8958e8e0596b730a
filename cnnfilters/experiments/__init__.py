"""Questions that need several trainings, one file each; each ends in claims.

An experiment says which networks to train, without torch, and then measures them.
"""

from typing import Any

from cnnfilters.experiments import (
    class_images,
    flattening,
    frozen_filters,
    hierarchy_claims,
    initialisation_claims,
    labels_claims,
    photograph_claims,
    randomised_claims,
    silenced_kernels,
    small_kernels,
    start_scales,
    units,
)
from cnnfilters.experiments.experiment import SIZES, Experiment, Size
from cnnfilters.experiments.study import Study

__all__ = ["EXPERIMENTS", "SIZES", "Experiment", "Size", "Study"]

EXPERIMENTS: dict[str, Experiment[Any]] = {
    "flattening": flattening.EXPERIMENT,
    "small_kernels": small_kernels.EXPERIMENT,
    "initialisation": initialisation_claims.EXPERIMENT,
    "start_scales": start_scales.EXPERIMENT,
    "labels_and_pixels": labels_claims.EXPERIMENT,
    "frozen_filters": frozen_filters.EXPERIMENT,
    "silenced_kernels": silenced_kernels.EXPERIMENT,
    "units": units.EXPERIMENT,
    "randomised_weights": randomised_claims.EXPERIMENT,
    "class_images": class_images.EXPERIMENT,
    "photograph_filters": photograph_claims.EXPERIMENT,
    "hierarchy": hierarchy_claims.EXPERIMENT,
}
"""Every experiment, by the name of the module that measures."""
