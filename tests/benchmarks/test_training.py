"""Every arm starts from the files, is timed as often as the others, and judged on test digits."""

from __future__ import annotations

from dataclasses import replace

import pytest
import torch

from benchmarks import training
from cnnfilters.config import TrainConfig
from cnnfilters.digits import Digits


@pytest.fixture
def short(few_digits: Digits, monkeypatch: pytest.MonkeyPatch) -> None:
    """Few digits and few steps."""
    configs = {name: replace(config, steps=3) for name, config in training.CONFIGS.items()}
    monkeypatch.setattr(training, "CONFIGS", configs)
    monkeypatch.setattr(training, "load_digits", lambda _, __: few_digits)


@pytest.mark.full  # it trains
@pytest.mark.usefixtures("short")
def test_every_arm_has_its_seconds_and_its_accuracy(root: str) -> None:
    sheet, limit = training.training(root, rounds=2)
    names = [row[0] for row in sheet.rows]
    assert names == [training.SOURCE, *training.CONFIGS, training.EXAMPLE]
    assert "2 seeds each" in sheet.caption
    for name, found in sheet.measured.items():
        rounds = 1 if name == training.EXAMPLE else 2
        assert len(found["seconds"]) == len(found["accuracy"]) == rounds
        assert all(0 < right <= 1 for right in found["accuracy"])
    assert sheet.rows[0][2] == "100.0 %"
    assert len(limit.rows) == len(training.CONFIGS)
    assert limit.measured["peak"] > max(limit.measured[name] for name in training.CONFIGS)


def test_accuracy_is_the_share_of_right_answers(few_digits: Digits) -> None:
    labels = torch.from_numpy(few_digits.held_out_labels)
    wrong = labels.clone()
    wrong[:50] = (wrong[:50] + 1) % 10
    answers = iter(torch.nn.functional.one_hot(wrong, 10).split(1_000))
    share = training.accuracy_on(lambda _: next(answers), few_digits)
    assert share == pytest.approx(1 - 50 / len(labels))


@pytest.mark.full  # it trains
@pytest.mark.usefixtures("short")
def test_ours_is_trained_as_the_package_trains(few_digits: Digits) -> None:
    config = TrainConfig(source="mnist", steps=3)
    answer = training.train_ours(config, "", seed=1)
    ink = torch.from_numpy(few_digits.held_out_images[:5])[:, None]
    run = training.train(replace(config, seed=1), digits=few_digits, device="cpu")
    torch.testing.assert_close(answer(ink), training.trained_network(run)(ink))
    assert not torch.equal(answer(ink), training.train_ours(config, "", seed=2)(ink))
