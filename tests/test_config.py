"""A training's description: what it refuses, and what gives it another name."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

import numpy as np
import pytest

from cnnfilters.config import DECIDES_WEIGHTS, TrainConfig, headline_configs, run_digest
from cnnfilters.provenance import PACKAGE, source_files

# keep and name what was trained, or fetch what is then checked, without a say in it
KEEPERS = {"files", "mirrors", "mnist_files", "provenance", "run"}

OTHER: dict[str, Any] = {  # for every field a value that is not the default
    "source": "mnist",
    "train_size": 100,
    "seed": 1,
    "model": "MLP",
    "padding": 2,
    "conv1_scale": 0.1,
    "conv1": "frozen",
    "steps": 1,
    "batch_size": 1,
    "optimizer": "adam",
    "learning_rate": 1e-3,
    "schedule": "constant",
    "conv1_l2": 0.1,
    "shift": 0,
    "snapshots": 3,
    "labels": "shuffled",
    "pixels": "permuted",
}


@pytest.mark.usefixtures("no_type_checker")
@pytest.mark.parametrize(
    ("field", "value", "error", "rule"),
    [
        ("steps", 0, ValueError, "at least 1"),
        ("batch_size", 0, ValueError, "at least 1"),
        ("batch_size", -1, ValueError, "at least 1"),
        ("seed", -1, ValueError, "at least 0"),
        ("padding", -1, ValueError, "at least 0"),
        ("shift", -1, ValueError, "at least 0"),
        ("snapshots", 0, ValueError, "at least 1"),
        ("train_size", 9, ValueError, "at least 10"),
        ("learning_rate", 0, ValueError, "above 0 and finite"),
        ("learning_rate", float("inf"), ValueError, "above 0 and finite"),
        ("conv1_scale", float("nan"), ValueError, "above 0 and finite"),
        ("conv1_l2", -0.5, ValueError, "at least 0 and finite"),
        ("source", "fashion", ValueError, "one of sample, mnist"),
        ("model", "SmolCNN", ValueError, "one of SmallCNN, LeNet5, MLP, 7x7"),
        ("schedule", "cosine", ValueError, "one of one-cycle, constant"),
        ("seed", "zero", TypeError, "a whole number"),
        ("seed", None, TypeError, "a whole number"),
        ("steps", 2.5, TypeError, "a whole number"),
        ("steps", True, TypeError, "a whole number"),
        ("learning_rate", "fast", TypeError, "a number"),
    ],
)
def test_a_bad_value_is_named_with_its_rule(
    field: str, value: object, error: type[Exception], rule: str
) -> None:
    with pytest.raises(error, match=rf"^`{field}` \(={value!r}\) must be {rule}"):
        TrainConfig(**{field: value})  # type: ignore[arg-type]


def test_a_bank_is_refused_for_a_layer_that_it_does_not_fit() -> None:
    with pytest.raises(ValueError, match=r"^`model` \(='MLP'\) must be SmallCNN"):
        TrainConfig(model="MLP", conv1="bank")


def test_every_field_is_tried() -> None:
    assert set(OTHER) == {field.name for field in fields(TrainConfig)}


@pytest.mark.parametrize("field", OTHER)
def test_every_field_changes_the_digest(field: str) -> None:
    assert replace(TrainConfig(), **{field: OTHER[field]}).digest() != TrainConfig().digest()


@pytest.mark.usefixtures("no_type_checker")
@pytest.mark.parametrize(
    "same",
    [
        {"conv1_scale": 1},
        {"conv1_l2": 0},
        {"seed": np.int64(0)},
        {"learning_rate": np.float64(6e-3)},
    ],
)
def test_equal_configs_have_one_digest(same: dict[str, Any]) -> None:
    assert TrainConfig(**same) == TrainConfig()
    assert TrainConfig(**same).digest() == TrainConfig().digest()


def test_a_mapping_gives_the_config_back() -> None:
    config = TrainConfig(**OTHER)
    assert TrainConfig.from_mapping(config.to_mapping()) == config


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(ValueError, match="unknown field of TrainConfig: momentum, size"):
        TrainConfig.from_mapping({"size": 1, "momentum": 0.9})


def differences(one: TrainConfig, other: TrainConfig) -> set[str]:
    return {name for name, value in one.to_mapping().items() if value != other.to_mapping()[name]}


@pytest.mark.parametrize("source", ["sample", "mnist"])
def test_the_small_start_differs_in_its_start_alone(source: str) -> None:
    configs = headline_configs(source)  # type: ignore[arg-type]
    assert differences(configs["default"], configs["small-start"]) == {"conv1_scale"}
    assert configs["small-start"].conv1_scale == 0.1


@pytest.mark.parametrize("source", ["sample", "mnist"])
def test_the_source_recipe_is_that_of_the_source_tutorial(source: str) -> None:
    recipe = headline_configs(source)["source"]  # type: ignore[arg-type]
    assert (recipe.padding, recipe.batch_size, recipe.shift) == (2, 64, 0)
    assert (recipe.optimizer, recipe.learning_rate) == ("adam", 1e-3)
    assert (recipe.schedule, recipe.conv1_scale) == ("constant", 1)
    assert recipe.steps == 3 * -(-60_000 // 64)  # three epochs, as many steps on either set


def test_a_run_is_named_by_all_that_decides_its_weights(monkeypatch: pytest.MonkeyPatch) -> None:
    def name(config: TrainConfig, data: str = "d", device: str = "cpu", threads: int = 1) -> str:
        return run_digest(config, data_checksum=data, device=device, threads=threads)

    config = TrainConfig()
    names = [
        name(config),
        name(replace(config, seed=1)),
        name(config, data="e"),
        name(config, device="cuda"),
        name(config, threads=2),
    ]
    monkeypatch.setattr("cnnfilters.config.logic_digest", lambda *_: "other code")
    names.append(name(config))
    monkeypatch.undo()
    monkeypatch.setattr("cnnfilters.config.versions", lambda *_: {"torch": "0"})
    names.append(name(config))
    assert len(set(names)) == len(names)


def test_all_that_training_imports_decides_the_weights_or_keeps_them() -> None:
    imported = {
        path.relative_to(PACKAGE).with_suffix("").as_posix().replace("/", ".")
        for path in source_files("cnnfilters.training")
    }
    deciding = {name.removeprefix("cnnfilters.") for name in DECIDES_WEIGHTS}
    assert imported == deciding | KEEPERS
