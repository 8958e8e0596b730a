"""Questions that need several trainings, one file each; each ends in claims.

An experiment says which networks to train, without torch, and then measures them.
"""

from cnnfilters.experiments import (
    class_images,
    flattening,
    frozen_filters,
    hierarchy,
    initialisation,
    labels_and_pixels,
    photograph_filters,
    randomised_weights,
    silenced_kernels,
    small_kernels,
    units,
)
from cnnfilters.experiments.experiment import SIZES, Experiment, Size

__all__ = ["EXPERIMENTS", "SIZES", "Experiment", "Size"]

QUESTIONS = (
    flattening,
    small_kernels,
    initialisation,
    labels_and_pixels,
    frozen_filters,
    silenced_kernels,
    units,
    randomised_weights,
    class_images,
    photograph_filters,
    hierarchy,
)
EXPERIMENTS: dict[str, Experiment] = {
    question.__name__.rsplit(".", 1)[1]: Experiment(question.configs, question.measure)
    for question in QUESTIONS
}
"""Every experiment, by the name of its module."""
