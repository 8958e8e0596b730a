"""A Run comes back as it was saved, or not at all."""

from __future__ import annotations

import io
import json
import os
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cnnfilters.config import TrainConfig
from cnnfilters.run import FORMAT, Run, RunError

RNG = np.random.default_rng(8)
RUN = Run(
    steps=np.array([0, 1, 20]),
    weights={
        "conv1.weight": RNG.normal(size=(3, 2, 1, 3, 4)).astype(np.float32),
        "fc.bias": RNG.normal(size=(3, 10)).astype(np.float32),
    },
    loss=np.array([2.3, 2.2, 0.7]),
    accuracy=np.array([0.1, 0.2, 0.8]),
    config=TrainConfig(seed=3).to_mapping(),
    data={"source": "sample", "train": 4_000},
    machine={"device": "cpu", "versions": {"torch": "2"}},
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "run.npz"


def saved(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("run") / "run.npz"
    RUN.save(path)
    return path.read_bytes()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The bytes of a good file."""
    return saved(tmp_path_factory)


def npz(**arrays: Any) -> bytes:
    buffer = io.BytesIO()
    np.savez(buffer, **arrays)
    return buffer.getvalue()


def about(**changes: object) -> np.ndarray:
    parts = {"config": RUN.config, "data": RUN.data, "machine": RUN.machine}
    return np.array(json.dumps({"format": FORMAT, **parts, **changes}))


ARRAYS = {"steps": RUN.steps, "loss": RUN.loss, "accuracy": RUN.accuracy}
WEIGHTS = {f"weights/{name}": array for name, array in RUN.weights.items()}


def test_what_was_saved_comes_back(path: Path) -> None:
    RUN.save(path)
    run = Run.load(path)
    for name, array in ARRAYS.items():
        np.testing.assert_array_equal(getattr(run, name), array)
    assert run.weights.keys() == RUN.weights.keys()
    for name, weights in RUN.weights.items():
        np.testing.assert_array_equal(run.weights[name], weights)
        assert run.weights[name].dtype == weights.dtype
    assert (run.config, run.data, run.machine) == (RUN.config, RUN.data, RUN.machine)


def test_the_config_is_of_its_own_type_again() -> None:
    assert RUN.train_config == TrainConfig(seed=3)


@pytest.mark.parametrize("snapshot", [0, 1, -1])
def test_kernels_are_those_of_a_snapshot(snapshot: int) -> None:
    expected = RUN.weights["conv1.weight"][snapshot][:, 0]
    np.testing.assert_array_equal(RUN.kernels(snapshot), expected)


def test_equal_runs_are_equal_files(path: Path, whole: bytes) -> None:
    RUN.save(path)
    assert path.read_bytes() == whole


# what a Run can't hold


@pytest.mark.usefixtures("no_type_checker")
@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"loss": np.array([1.0, np.nan, 0.5])}, "`loss` holds a value that is not finite"),
        ({"accuracy": np.array([0.1, np.nan, 0.5])}, "`accuracy` holds a value that is not"),
        ({"weights": {"fc.bias": np.full((3, 2), np.inf)}}, "`fc.bias` holds a value that is"),
        ({"weights": {"fc.bias": np.ones((2, 2))}}, r"need one length, found \[2, 3\]"),
        ({"weights": {}}, "need one length"),
    ],
    ids=["loss", "accuracy", "weights", "length", "nothing"],
)
def test_a_run_that_holds_no_numbers_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RunError, match=message):
        replace(RUN, **changes)


# files that are no Run


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "no .npz archive"),
        (b"<!DOCTYPE html><title>404</title>", "no .npz archive"),
        (bytes(range(256)) * 20, "no .npz archive"),
        (b"PK\x03\x04" + b"\xff" * 200, "no .npz archive"),
        (npz(about=about(format=FORMAT + 1)), rf"format {FORMAT + 1}, this version reads {FORMAT}"),
        (npz(about=about(), **ARRAYS), "need one length"),
        (npz(about=about(), **WEIGHTS), "'steps'"),
        (npz(about=np.array("[1]"), **ARRAYS, **WEIGHTS), "list indices"),
        (npz(about=np.array("{"), **ARRAYS, **WEIGHTS), "Expecting property name"),
        (npz(images=np.ones(3)), "'about'"),
        (
            npz(about=about(), **ARRAYS, **{"weights/fc": np.full((3, 2), np.nan)}),
            "`fc` holds a value that is not finite",
        ),
        (npz(about=about(), **ARRAYS, **{"weights/fc": np.array(["a", "b", "c"])}), "isfinite"),
    ],
    ids=[
        "empty",
        "HTML",
        "garbage",
        "garbage in a zip",
        "future format",
        "no weights",
        "no steps",
        "a list",
        "no JSON",
        "another archive",
        "NaN weights",
        "text for weights",
    ],
)
@pytest.mark.usefixtures("no_type_checker")
def test_another_file_is_named_in_one_line(content: bytes, message: str, path: Path) -> None:
    path.write_bytes(content)
    with pytest.raises(RunError, match=message) as caught:
        Run.load(path)
    assert str(caught.value).startswith(f"{path} is not a Run (")
    assert str(caught.value).endswith("; delete it and build again")


def test_a_plain_array_is_refused(path: Path) -> None:
    with path.open("wb") as file:
        np.save(file, np.ones(3))
    with pytest.raises(RunError, match=r"is not a Run .*; delete it"):
        Run.load(path)


def test_a_missing_file_is_named_and_nobody_told_to_delete_it(path: Path) -> None:
    with pytest.raises(FileNotFoundError, match="No such file") as caught:
        Run.load(path)
    assert str(path) in str(caught.value)
    assert "delete" not in str(caught.value)


def test_what_cannot_be_read_says_so_itself(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"directory|denied"):  # Windows denies
        Run.load(tmp_path)


@pytest.mark.parametrize("share", [0.01, 0.5, 0.9, 0.999])
def test_a_truncated_file_is_refused(share: float, whole: bytes, path: Path) -> None:
    path.write_bytes(whole[: int(share * len(whole))])
    with pytest.raises(RunError, match="is not a Run"):
        Run.load(path)


@settings(
    deadline=None,
    max_examples=150,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(place=st.floats(0, 0.9999), byte=st.integers(0, 255))
@pytest.mark.usefixtures("no_type_checker")
def test_a_byte_overwritten_is_refused_or_harmless(
    place: float, byte: int, whole: bytes, path: Path
) -> None:
    damaged = bytearray(whole)
    damaged[int(place * len(whole))] = byte
    path.write_bytes(damaged)
    try:
        run = Run.load(path)
    except RunError:
        return
    for name in RUN.weights.keys() & run.weights.keys():
        np.testing.assert_array_equal(run.weights[name], RUN.weights[name])


class Malice:
    """Touches a file when it is unpickled."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[Any, ...]:
        return os.mkdir, (str(self.canary),)


def pickled_in_npz(malice: Malice) -> bytes:
    return npz(about=about(), **ARRAYS, **{"weights/fc": np.array([malice] * 3, dtype=object)})


@pytest.mark.parametrize(
    ("pack", "message"),
    [(pickle.dumps, "no .npz archive"), (pickled_in_npz, "allow_pickle=False")],
    ids=["pickle", "in an npz"],
)
def test_no_code_in_a_file_is_run(pack: Any, message: str, path: Path, tmp_path: Path) -> None:
    canary = tmp_path / "canary"
    path.write_bytes(pack(Malice(canary)))
    with pytest.raises(RunError, match=message):
        Run.load(path)
    assert not canary.exists()


def test_the_canary_would_sing(tmp_path: Path) -> None:
    pickle.loads(pickle.dumps(Malice(tmp_path / "canary")))
    assert (tmp_path / "canary").exists()


def test_a_full_disk_leaves_the_earlier_run(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    RUN.save(path)
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        replace(RUN, loss=RUN.loss / 2).save(path)
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
