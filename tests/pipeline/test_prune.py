"""Runs that no build asks for any more are deleted, when that is asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

import build
from cnnfilters.config import TrainConfig, headline_configs
from cnnfilters.run import Run
from cnnfilters.store import run_path
from pipeline import prune
from pipeline.places import Places
from steps.train import trainings

CONFIG = TrainConfig()  # of a headline network, and of tutorials
Keep = Callable[..., Path]


@pytest.fixture
def keep(places: Places) -> Keep:
    """Puts a Run of a config into the store, as some build would have."""

    def put(config: TrainConfig, *, device: str = "cpu", name: str = "", **changes: object) -> Path:
        run = Run(
            steps=np.array([0, 1]),
            weights={"conv1.weight": np.zeros((2, 16, 1, 5, 5), np.float32)},
            loss=np.ones(2),
            accuracy=np.ones(2),
            config={**config.to_mapping(), **changes},
            data={"checksum": f"of {config.source}"},
            machine={"device": device},
        )
        checksum = run.data["checksum"]
        path = run_path(config, checksum=checksum, device=device, store=places.runs)
        path = path.with_stem(name) if name else path
        run.save(path)
        return path

    return put


def test_what_some_build_asks_for_stays(keep: Keep, places: Places) -> None:
    study = trainings("mnist", "full")["initialisation/default 1"]
    wanted = [
        keep(CONFIG),
        keep(CONFIG, device="cuda"),
        keep(headline_configs("mnist")["default"]),
        keep(study),
    ]
    assert prune.prune(places, []) == "deleted 0 of 4 Runs, 0.0 MB"
    assert all(path.exists() for path in wanted)


def test_what_no_build_asks_for_is_deleted(keep: Keep, places: Places) -> None:
    stays = keep(CONFIG)
    gone = [
        keep(CONFIG, name=20 * "0"),  # of other code, or of another torch
        keep(replace(CONFIG, seed=12_345)),  # no experiment has it
        keep(replace(CONFIG, seed=1), name=20 * "1", momentum_of_old=0.9),  # no longer a field
    ]
    assert prune.prune(places, []).startswith("deleted 3 of 4 Runs, ")
    assert stays.exists()
    assert not any(path.exists() for path in gone)


def test_what_is_no_run_stays(keep: Keep, places: Places) -> None:
    folder = keep(CONFIG).parent
    others = [folder / name for name in (f"{20 * 'a'}.npz", "mine.npz", "notes.txt")]
    for path in others:
        path.write_bytes(b"not a Run")
    assert prune.prune(places, []) == "deleted 0 of 2 Runs, 0.0 MB"
    assert all(path.exists() for path in others)


def test_the_command_works_before_any_build(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert build.main(["prune"], root=tmp_path) == 0
    assert capsys.readouterr().out == "deleted 0 of 0 Runs, 0.0 MB\n"


def test_a_choice_that_there_is_not_is_refused() -> None:
    with pytest.raises(SystemExit) as stopped:
        build.main(["prune", "--all"])
    assert stopped.value.code == 2
