"""Runs on disk: each is trained once, under a name that says all that its weights depend on."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import Executor, as_completed
from pathlib import Path
from threading import Lock

from tqdm import tqdm

from cnnfilters.config import THREADS, TrainConfig, run_digest
from cnnfilters.digits import data_checksum
from cnnfilters.files import bring_over
from cnnfilters.run import Run

STORE = Path(".cnnfilters/runs")
EARLIER = Path(".cache/runs")  # where they lay before; other tools empty `.cache`
DIGEST = "[0-9a-f]" * 20  # in the name of every Run
_ONE_AT_A_TIME = Lock()


class StaleWorkerError(RuntimeError):
    """A worker's data, code or libraries are not those of the build."""


def run_path(
    config: TrainConfig, *, checksum: str, device: str = "cpu", store: Path = STORE
) -> Path:
    """Where the Run of this config, data, device, code and library versions is kept.

    Args:
        config: The training.
        checksum: `data_checksum` of its digits.
        device: `cpu` or `cuda`.
        store: Folder of the kept Runs.

    Returns:
        A path that may not exist yet.

    Example:
        >>> run_path(TrainConfig(), checksum="1") == run_path(TrainConfig(seed=0), checksum="1")
        True
        >>> run_path(TrainConfig(), checksum="1") == run_path(TrainConfig(seed=1), checksum="1")
        False
    """
    name = run_digest(config, data_checksum=checksum, device=device, threads=THREADS)
    return store / f"{name}.npz"


def load_or_train(
    config: TrainConfig,
    *,
    root: str | Path | None = None,
    device: str = "auto",
    store: Path = STORE,
    label: str | None = None,
) -> Run:
    """The Run of this config: read if it was ever trained here, else trained and kept.

    Args:
        config: What to do.
        root: Folder of full MNIST.
        device: `auto`, `cpu` or `cuda`.
        store: Folder of the kept Runs.
        label: Name on the progress bar; None hides it.

    Returns:
        The Run.

    Example:
        >>> load_or_train(TrainConfig(), device="tpu")
        Traceback (most recent call last):
        ValueError: `device` (='tpu') must be one of auto, cpu, cuda
    """
    from cnnfilters.training import pick_device, train

    if store == STORE:
        bring_over(EARLIER, STORE, f"{DIGEST}.npz")
    checksum, device = data_checksum(config.source, root), pick_device(device)
    path = run_path(config, checksum=checksum, device=device, store=store)
    if path.exists():
        return Run.load(path)
    run = train(config, root=root, device=device, label=label)
    run.save(path)
    return run


def train_missing(
    configs: Mapping[str, TrainConfig],
    executor: Executor,
    *,
    checksum: str,
    root: str | Path | None = None,
    device: str = "cpu",
    store: Path = STORE,
) -> dict[str, Path]:
    """Train, several at once, the configs that have no Run yet; each is kept as soon as it ends.

    Args:
        configs: Trainings by name, all from one source of digits.
        executor: Runs them: processes here, or a cluster's.
        checksum: `data_checksum` of the digits.
        root: Folder of full MNIST on every worker.
        device: `cpu` or `cuda`.
        store: Folder of the kept Runs.

    Returns:
        The path of every Run, by name.

    Raises:
        StaleWorkerError: A worker would have trained something else.
        Exception: What the first training that failed raised, after the others have ended.

    Example:
        >>> from concurrent.futures import ThreadPoolExecutor
        >>> from tempfile import TemporaryDirectory
        >>> with TemporaryDirectory() as folder, ThreadPoolExecutor() as executor:
        ...     kept = {"checksum": "1", "store": Path(folder)}
        ...     run_path(TrainConfig(), **kept).touch()  # it is there: nothing is trained
        ...     list(train_missing({"mine": TrainConfig()}, executor, **kept))
        ['mine']
    """
    paths = {
        name: run_path(config, checksum=checksum, device=device, store=store)
        for name, config in configs.items()
    }
    missing = {path: configs[name] for name, path in paths.items() if not path.exists()}
    jobs = {
        executor.submit(train_job, config, path.stem, root, device): path
        for path, config in sorted(missing.items(), key=lambda job: -job[1].steps)
    }  # the longest first, so that none is waited for
    failures = []
    for job in tqdm(as_completed(jobs), total=len(jobs), desc="train", disable=None):
        if failure := job.exception():
            failures.append(failure)  # the others are kept all the same
        else:
            job.result().save(jobs[job])
    if failures:
        raise failures[0]
    return paths


def train_job(config: TrainConfig, name: str, root: str | Path | None, device: str) -> Run:
    """One training on a worker, which first makes sure that it would name the Run the same.

    A worker with several threads trains one network at a time: torch has one source of random
    numbers for all of them.

    Args:
        config: What to do.
        name: Of the Run, as the build would name it.
        root: Folder of full MNIST on the worker.
        device: `cpu` or `cuda`.

    Returns:
        The Run; whoever asked for it keeps it.

    Raises:
        StaleWorkerError: It would not: other data, code, or versions of torch or numpy.

    Example:
        >>> train_job(TrainConfig(), "0" * 20, None, "cpu")  # a name that nothing has here
        Traceback (most recent call last):
        cnnfilters.store.StaleWorkerError: a worker has other digits, code or libraries than the
        build; make them the same
    """
    from cnnfilters.training import train

    checksum = data_checksum(config.source, root)
    if run_path(config, checksum=checksum, device=device).stem != name:
        raise StaleWorkerError(
            "a worker has other digits, code or libraries than the build; make them the same"
        )
    with _ONE_AT_A_TIME:
        return train(config, root=root, device=device)
