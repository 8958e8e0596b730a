"""Train what has no Run yet: the headline networks and those of the experiments."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cnnfilters.config import Source, TrainConfig, headline_configs
from cnnfilters.experiments import EXPERIMENTS, SIZES
from cnnfilters.store import run_path, train_missing
from pipeline.cluster import executor
from pipeline.device import forget_device
from pipeline.manifest import Order, Studies
from pipeline.places import Places
from pipeline.processes import BuildError, cores, run_step
from pipeline.scope import Scope

GPU_SHARE = 2 * 2**30  # bytes for one process: its context, all of MNIST, and a batch's maps


def trainings(
    source: Source, studies: Studies, scope: Scope | None = None
) -> dict[str, TrainConfig]:
    """Every training of a build, by name; an experiment's are called `EXPERIMENT/ARM`."""
    scope = scope or Scope()
    size = scope.sized(SIZES[source, studies])
    configs = scope.part("headline", headline_configs(source)) | {
        f"{experiment}/{name}": config
        for experiment, question in scope.part("experiments", EXPERIMENTS).items()
        for name, config in question.configs(source, size).items()
    }
    return {name: scope.trained(config) for name, config in configs.items()}


def train(
    places: Places, order: Order, checksum: str, *, force: bool = False, dask: str = ""
) -> tuple[dict[str, Path], int]:
    """Train what is missing, here or on a Dask cluster: no result depends on where.

    Returns:
        Where every Run lies, and how many were trained.
    """
    paths = {
        name: run_path(config, checksum=checksum, device=order.device, store=places.runs)
        for name, config in trainings(order.source, order.studies, places.scope).items()
    }
    if force:
        for path in paths.values():
            path.unlink(missing_ok=True)
    missing = {path for path in paths.values() if not path.exists()}
    if missing:
        print(f"train: {len(missing)} networks ({order.source}, {order.device})", flush=True)
        try:
            run_step(Train(places, order, checksum, dask))
        except BuildError:
            forget_device(places)
            raise
    return paths, len(missing)


def at_once(device: str) -> int:
    """How many processes train at the same time: one a core, and on a GPU no more than it can hold.

    Raises:
        ValueError: The GPU is not to be had.
    """
    if device == "cpu":
        return cores()
    import torch

    from cnnfilters.training import pick_device

    pick_device(device)  # in one line, before any process starts
    free, _ = torch.cuda.mem_get_info()
    return max(1, min(cores(), free // GPU_SHARE))


@dataclass(frozen=True)
class Train:
    """The step's own process."""

    places: Places
    order: Order
    checksum: str
    dask: str = ""

    def run(self) -> None:
        """Train what is missing."""
        order, scope = self.order, self.places.scope
        with executor(self.dask, scope.workers or at_once(order.device)) as several:
            train_missing(
                trainings(order.source, order.studies, scope),
                several,
                checksum=self.checksum,
                root=order.root,
                device=order.device,
                store=self.places.runs,
            )
