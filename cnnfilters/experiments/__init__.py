"""Questions that need several trainings, one file each; each ends in claims.

An experiment says which networks to train, without torch, and then measures them.
"""

from cnnfilters.experiments import small_kernels
from cnnfilters.experiments.experiment import SIZES, Experiment, Size

__all__ = ["EXPERIMENTS", "SIZES", "Experiment", "Size"]

EXPERIMENTS: dict[str, Experiment] = {
    "small_kernels": Experiment(small_kernels.configs, small_kernels.measure),
}
