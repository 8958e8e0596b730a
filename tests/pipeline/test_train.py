"""Which networks a build trains."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from cnnfilters.config import headline_configs
from cnnfilters.digits import DigitsError
from pipeline import step, train
from pipeline.manifest import Order

ORDER = Order("sample", None, "cpu", "short")


@pytest.fixture
def steps(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """The steps that were run, each of which leaves every Run."""
    done: list[tuple[str, ...]] = []

    def run_step(*step: str) -> None:
        done.append(step)
        for config in train.trainings(ORDER.source, ORDER.studies).values():
            train.run_path(config, checksum="abc", device="cpu", store=tmp_path).touch()

    monkeypatch.setattr(train, "RUNS", tmp_path)
    monkeypatch.setattr(train, "run_step", run_step)
    return done


def test_the_headline_networks_are_among_the_trainings() -> None:
    configs = train.trainings("sample", "short")
    assert headline_configs("sample").items() <= configs.items()


def test_no_two_trainings_differ_in_their_snapshots_alone() -> None:
    different = set(train.trainings("sample", "short").values())
    assert len({replace(config, snapshots=1) for config in different}) == len(different)


def test_what_is_there_is_not_trained_again(steps: list[tuple[str, ...]]) -> None:
    paths, trained = train.train(ORDER, "abc")
    assert trained == len(set(paths.values())) > 0
    assert train.train(ORDER, "abc") == (paths, 0)
    assert steps == [("train", "sample", "short", "", "cpu", "abc", "")]


def test_a_missing_run_is_trained(steps: list[tuple[str, ...]]) -> None:
    paths, _ = train.train(ORDER, "abc")
    paths["default"].unlink()
    assert train.train(ORDER, "abc")[1] == 1
    assert len(steps) == 2


def test_force_trains_all_again(steps: list[tuple[str, ...]]) -> None:
    paths, trained = train.train(ORDER, "abc")
    assert train.train(ORDER, "abc", force=True) == (paths, trained)
    assert len(steps) == 2


def test_what_stops_a_training_is_one_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def threads(_: str, most: int) -> Iterator[ThreadPoolExecutor]:
        with ThreadPoolExecutor(most) as executor:
            yield executor

    def missing(*_: object, **__: object) -> None:
        raise DigitsError("MNIST is not\nunder data")

    monkeypatch.setattr(train, "executor", threads)
    monkeypatch.setattr(train, "train_missing", missing)
    assert step.main("train", "mnist", "short", "data", "cpu", "abc") == 1
    assert capsys.readouterr().err == "build: MNIST is not under data\n"
