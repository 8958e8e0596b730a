"""Train what has no Run yet: the headline networks and those of the experiments."""

from __future__ import annotations

from pathlib import Path

from cnnfilters.config import Source, TrainConfig, headline_configs
from cnnfilters.experiments import EXPERIMENTS, SIZES
from cnnfilters.store import run_path, train_missing
from pipeline.cluster import executor
from pipeline.device import forget_device
from pipeline.manifest import Order, Studies
from pipeline.places import RUNS
from pipeline.processes import BuildError, cores, run_step
from pipeline.profile import SIZE, is_tiny, kept, shortened

GPU_SHARE = 2 * 2**30  # bytes for one process: its context, all of MNIST, and a batch's maps


def trainings(source: Source, studies: Studies) -> dict[str, TrainConfig]:
    """Every training of a build, by name; an experiment's are called `EXPERIMENT/ARM`."""
    size = SIZE if is_tiny() else SIZES[source, studies]
    configs = headline_configs(source) | {
        f"{experiment}/{name}": config
        for experiment, question in kept("experiments", EXPERIMENTS).items()
        for name, config in question.configs(source, size).items()
    }
    return {name: shortened(config) for name, config in configs.items()}


def train(
    order: Order, checksum: str, *, force: bool = False, dask: str = ""
) -> tuple[dict[str, Path], int]:
    """Train what is missing, here or on a Dask cluster: no result depends on where.

    Returns:
        Where every Run lies, and how many were trained.
    """
    paths = {
        name: run_path(config, checksum=checksum, device=order.device, store=RUNS)
        for name, config in trainings(order.source, order.studies).items()
    }
    if force:
        for path in paths.values():
            path.unlink(missing_ok=True)
    missing = {path for path in paths.values() if not path.exists()}
    if missing:
        print(f"train: {len(missing)} networks ({order.source}, {order.device})", flush=True)
        words = (order.source, order.studies, order.root or "", order.device, checksum, dask)
        try:
            run_step("train", *words)
        except BuildError:
            forget_device()
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


def main(
    source: Source, studies: Studies, root: str, device: str, checksum: str, dask: str = ""
) -> None:
    """The step's own process."""
    with executor(dask, at_once(device)) as several:
        train_missing(
            trainings(source, studies),
            several,
            checksum=checksum,
            root=root or None,
            device=device,
            store=RUNS,
        )
