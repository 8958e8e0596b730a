"""Trainings on a real Dask cluster on this machine: the same bits, and nothing lost to a kill."""

import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import Executor, Future
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from cnnfilters.config import TrainConfig
from cnnfilters.digits import data_checksum
from cnnfilters.run import Run
from cnnfilters.store import train_missing
from cnnfilters.training import train
from pipeline.cluster import executor
from pipeline.processes import BuildError

distributed = pytest.importorskip("distributed")
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore::ResourceWarning")]
ROOT = Path(__file__).parents[2]
PATIENCE = 120  # seconds


@pytest.fixture(scope="module")
def cluster():
    """Two workers with one thread each, as separate processes that are restarted when killed."""
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0", host="127.0.0.1"
    ) as found:
        yield found


@pytest.fixture
def checksum():
    return data_checksum("sample")


def some(steps, count=3):
    return {f"run {seed}": TrainConfig(steps=steps, seed=seed) for seed in range(count)}


def wait_for(condition):
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.05)


def same(one, other):
    return all(np.array_equal(one.weights[name], other.weights[name]) for name in one.weights)


@pytest.mark.full
def test_a_cluster_trains_to_the_same_bit(cluster, checksum, tmp_path):
    configs = some(4, count=2)
    with executor(cluster.scheduler_address) as several:
        paths = train_missing(configs, several, checksum=checksum, store=tmp_path)
    for name, config in configs.items():
        assert same(Run.load(paths[name]), train(config, device="cpu"))


@pytest.mark.full
def test_a_worker_that_is_killed_loses_nothing(cluster, checksum, tmp_path):
    configs, found = some(40), {}

    def work():
        with executor(cluster.scheduler_address) as several:
            found.update(train_missing(configs, several, checksum=checksum, store=tmp_path))

    thread = threading.Thread(target=work)
    thread.start()
    with distributed.Client(cluster.scheduler_address, set_as_default=False) as client:
        wait_for(lambda: any(client.processing().values()))
        busy = next(worker for worker, tasks in client.processing().items() if tasks)
        victim = client.run(os.getpid, workers=[busy])[busy]
        os.kill(victim, signal.SIGKILL)
    thread.join(PATIENCE)
    assert {name for name, path in found.items() if path.exists()} == set(configs)
    assert same(Run.load(found["run 0"]), train(configs["run 0"], device="cpu"))


BUILD = """
import sys
from pathlib import Path
from cnnfilters.config import TrainConfig
from cnnfilters.store import train_missing
from pipeline.cluster import executor

address, store, checksum = sys.argv[1:]
configs = {f"run {s}": TrainConfig(steps=400 if s == 0 else 8, seed=s) for s in range(3)}
with executor(address) as several:
    train_missing(configs, several, checksum=checksum, store=Path(store))
"""


@pytest.mark.full
def test_a_build_that_is_killed_repeats_no_finished_run(cluster, checksum, tmp_path):
    paths = os.pathsep.join([str(ROOT), str(ROOT / "scripts")])
    command = [sys.executable, "-c", BUILD, cluster.scheduler_address, str(tmp_path), checksum]
    build = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": paths})
    wait_for(lambda: build.poll() is not None or any(tmp_path.glob("*.npz")))
    build.kill()
    build.wait()
    done = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.npz")}
    assert done
    counted = _Counted()
    configs = {f"run {s}": TrainConfig(steps=400 if s == 0 else 8, seed=s) for s in range(3)}
    with suppress(_EnoughError):
        train_missing(configs, counted, checksum=checksum, store=tmp_path)
    assert len(counted.asked) == len(configs) - len(done)
    assert {path: path.stat().st_mtime_ns for path in done} == done


class _EnoughError(Exception):
    """What would be trained is known; there is no need to train it."""


class _Counted(Executor):
    """Notes what is asked for, and does not do it."""

    def __init__(self):
        self.asked = []

    def submit(self, _, config, *_others):
        self.asked.append(config)
        future = Future()
        future.set_exception(_EnoughError())
        return future


def test_no_scheduler_is_said_in_one_line(monkeypatch):
    monkeypatch.setattr("pipeline.cluster.PATIENCE", 0.3)
    with (
        pytest.raises(BuildError, match=r"^no Dask scheduler answers at tcp://127.0.0.1:9"),
        executor("tcp://127.0.0.1:9"),
    ):
        pass


def test_without_dask_one_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(BuildError, match="pip install"), executor("tcp://127.0.0.1:9"):
        pass
