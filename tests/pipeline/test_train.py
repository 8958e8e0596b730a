"""Which networks a build trains."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import pytest

from cnnfilters.config import headline_configs
from cnnfilters.digits import DigitsError
from pipeline import step
from pipeline.handing import to_json
from pipeline.manifest import Order
from pipeline.places import Places
from steps import train
from steps.train import Train

ORDER = Order("sample", None, "cpu", "short")


@pytest.fixture
def steps(places: Places, monkeypatch: pytest.MonkeyPatch) -> list[Train]:
    """The steps that were run, each of which leaves every Run."""
    done: list[Train] = []
    places.runs.mkdir()

    def run_step(step: Train) -> None:
        done.append(step)
        for config in train.trainings(ORDER.source, ORDER.studies).values():
            train.run_path(config, checksum="abc", device="cpu", store=places.runs).touch()

    monkeypatch.setattr(train, "run_step", run_step)
    return done


def test_the_headline_networks_are_among_the_trainings() -> None:
    configs = train.trainings("sample", "short")
    assert headline_configs("sample").items() <= configs.items()


def test_no_two_trainings_differ_in_their_snapshots_alone() -> None:
    different = set(train.trainings("sample", "short").values())
    assert len({replace(config, snapshots=1) for config in different}) == len(different)


def test_what_is_there_is_not_trained_again(steps: list[Train], places: Places) -> None:
    paths, trained = train.train(places, ORDER, "abc")
    assert trained == len(set(paths.values())) > 0
    assert train.train(places, ORDER, "abc") == (paths, 0)
    assert steps == [Train(places, ORDER, "abc")]


def test_a_missing_run_is_trained(steps: list[Train], places: Places) -> None:
    paths, _ = train.train(places, ORDER, "abc")
    paths["default"].unlink()
    assert train.train(places, ORDER, "abc")[1] == 1
    assert len(steps) == 2


def test_force_trains_all_again(steps: list[Train], places: Places) -> None:
    paths, trained = train.train(places, ORDER, "abc")
    assert train.train(places, ORDER, "abc", force=True) == (paths, trained)
    assert len(steps) == 2


def test_what_stops_a_training_is_one_line(
    places: Places, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    @contextmanager
    def threads(_: str, most: int) -> Iterator[ThreadPoolExecutor]:
        with ThreadPoolExecutor(most) as executor:
            yield executor

    def missing(*_: object, **__: object) -> None:
        raise DigitsError("MNIST is not\nunder data")

    monkeypatch.setattr(train, "executor", threads)
    monkeypatch.setattr(train, "train_missing", missing)
    given = to_json(Train(places, Order("mnist", "data", "cpu", "short"), "abc"))
    assert step.main("steps.train", "Train", given) == 1
    assert capsys.readouterr().err == "build: MNIST is not under data\n"
