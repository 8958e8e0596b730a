"""Questions that need several trainings, one file each; each ends in claims.

An experiment says which networks to train, without torch, and then measures them.
"""

from cnnfilters.experiments import (
    frozen_filters,
    initialisation,
    labels_and_pixels,
    silenced_kernels,
)
from cnnfilters.experiments import flattening, small_kernels
from cnnfilters.experiments.experiment import SIZES, Experiment, Size

__all__ = ["EXPERIMENTS", "SIZES", "Experiment", "Size"]

EXPERIMENTS: dict[str, Experiment] = {
    question.__name__.rsplit(".", 1)[1]: Experiment(question.configs, question.measure)
    for question in (initialisation, labels_and_pixels, frozen_filters, silenced_kernels)
    "flattening": Experiment(flattening.configs, flattening.measure),
    "small_kernels": Experiment(small_kernels.configs, small_kernels.measure),
}
