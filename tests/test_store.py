"""A Run is trained once; whatever its weights depend on gives it another name."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import cnnfilters.store
import cnnfilters.training
from cnnfilters.config import TrainConfig
from cnnfilters.run import Run, RunError
from cnnfilters.store import StaleWorkerError, load_or_train, run_path, train_job, train_missing

CONFIG = TrainConfig(steps=2, train_size=20)
BROKEN = 13  # the seed of a training that fails


@pytest.fixture
def trainings(monkeypatch: pytest.MonkeyPatch) -> list[TrainConfig]:
    """The configs that were trained, by something that takes no time."""
    done: list[TrainConfig] = []

    def pretend(config: TrainConfig, **_: object) -> Run:
        if config.seed == BROKEN:
            raise cnnfilters.training.TrainingError("loss is nan at step 1")
        done.append(config)
        return Run(
            steps=np.array([0, config.steps]),
            weights={"conv1.weight": np.full((2, 16, 1, 5, 5), config.seed, np.float32)},
            loss=np.ones(2),
            accuracy=np.ones(2),
            config=config.to_mapping(),
            data={},
            machine={},
        )

    monkeypatch.setattr(cnnfilters.training, "train", pretend)
    return done


@pytest.fixture
def executor() -> Iterator[Executor]:
    with ThreadPoolExecutor(2) as threads:
        yield threads


def stored(config: TrainConfig, store: Path, **changes: Any) -> Path:
    checksum = cnnfilters.store.data_checksum("sample")
    return run_path(config, **{"checksum": checksum, "store": store, **changes})


def test_what_is_read_again_is_what_was_trained(tmp_path: Path) -> None:
    first, second = (load_or_train(CONFIG, device="cpu", store=tmp_path) for _ in range(2))
    for name, weights in first.weights.items():
        np.testing.assert_array_equal(second.weights[name], weights)
    assert len(list(tmp_path.iterdir())) == 1


def test_the_same_run_is_never_trained_twice(trainings: list[TrainConfig], tmp_path: Path) -> None:
    for _ in range(3):
        load_or_train(CONFIG, device="cpu", store=tmp_path)
    assert trainings == [CONFIG]


def test_a_run_in_the_folder_of_earlier_versions_is_not_trained_again(
    trainings: list[TrainConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # of a reader, who has tutorials there
    load_or_train(CONFIG, device="cpu", store=cnnfilters.store.EARLIER)
    load_or_train(CONFIG, device="cpu")
    assert trainings == [CONFIG]
    assert stored(CONFIG, cnnfilters.store.STORE).exists()
    assert not list(cnnfilters.store.EARLIER.iterdir())


def test_runs_elsewhere_are_left_where_they_are(
    trainings: list[TrainConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    load_or_train(CONFIG, device="cpu", store=cnnfilters.store.EARLIER)
    load_or_train(CONFIG, device="cpu", store=tmp_path / "own")
    assert stored(CONFIG, cnnfilters.store.EARLIER).exists()


def test_a_changed_config_is_trained(trainings: list[TrainConfig], tmp_path: Path) -> None:
    other = replace(CONFIG, seed=1)
    runs = [load_or_train(config, device="cpu", store=tmp_path) for config in (CONFIG, other)]
    assert trainings == [CONFIG, other]
    assert [run.train_config.seed for run in runs] == [0, 1]


def test_changed_code_is_trained_with(
    trainings: list[TrainConfig], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_or_train(CONFIG, device="cpu", store=tmp_path)
    monkeypatch.setattr("cnnfilters.config.logic_digest", lambda *_: "other code")
    load_or_train(CONFIG, device="cpu", store=tmp_path)
    assert trainings == [CONFIG, CONFIG]


def test_data_and_device_are_in_the_name(tmp_path: Path) -> None:
    names = {
        stored(CONFIG, tmp_path),
        stored(CONFIG, tmp_path, checksum="other digits"),
        stored(CONFIG, tmp_path, device="cuda"),
    }
    assert len(names) == 3


@pytest.mark.usefixtures("trainings")
def test_a_damaged_run_is_named_and_not_replaced(tmp_path: Path) -> None:
    stored(CONFIG, tmp_path).write_bytes(b"garbage")
    with pytest.raises(RunError, match="is not a Run"):
        load_or_train(CONFIG, device="cpu", store=tmp_path)
    assert stored(CONFIG, tmp_path).read_bytes() == b"garbage"


def missing(configs: dict[str, TrainConfig], executor: Executor, store: Path) -> dict[str, Path]:
    checksum = cnnfilters.store.data_checksum("sample")
    return train_missing(configs, executor, checksum=checksum, store=store)


def test_several_trainings_are_each_done_once(
    trainings: list[TrainConfig], executor: Executor, tmp_path: Path
) -> None:
    configs = {"one": CONFIG, "two": replace(CONFIG, seed=2), "one again": CONFIG}
    paths = missing(configs, executor, tmp_path)
    assert missing(configs, executor, tmp_path) == paths
    assert {config.seed for config in trainings} == {0, 2}
    assert len(trainings) == 2
    assert paths["one"] == paths["one again"]
    assert Run.load(paths["two"]).train_config == configs["two"]


def test_one_failure_loses_no_other_training(
    trainings: list[TrainConfig], executor: Executor, tmp_path: Path
) -> None:
    configs = {f"{seed}": replace(CONFIG, seed=seed) for seed in (BROKEN, 1, 2)}
    with pytest.raises(cnnfilters.training.TrainingError, match="loss is nan at step 1"):
        missing(configs, executor, tmp_path)
    assert {config.seed for config in trainings} == {1, 2}
    assert {Run.load(path).train_config.seed for path in tmp_path.iterdir()} == {1, 2}


@pytest.mark.usefixtures("trainings")
@pytest.mark.parametrize("stale", ["data_checksum", "run_digest"], ids=["data", "code"])
def test_a_worker_that_would_train_something_else_is_refused(
    stale: str, executor: Executor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = stored(CONFIG, tmp_path).stem
    monkeypatch.setattr(cnnfilters.store, stale, lambda *_, **__: "another")
    with pytest.raises(StaleWorkerError, match="other digits, code or libraries than the build"):
        executor.submit(train_job, CONFIG, name, None, "cpu").result()
