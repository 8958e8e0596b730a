"""Training on a device: the one that was asked for, or a line that says why not."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from cnnfilters.config import TrainConfig
from cnnfilters.digits import Digits
from cnnfilters.task import Task
from cnnfilters.training import TrainingError, pick_device, train

SHORT = TrainConfig(steps=20, batch_size=32)


def test_no_step_is_taken_on_a_device_that_is_not_there(
    few_digits: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: False)
    with pytest.raises(ValueError, match=r"`device` \(='cuda'\) needs a CUDA GPU .*; use cpu"):
        train(SHORT, digits=few_digits, device="cuda")


def test_a_gpu_whose_memory_is_full_is_named_with_the_remedy(
    few_digits: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise torch.OutOfMemoryError("CUDA out of memory.\nTried to allocate 2 GiB")

    monkeypatch.setattr(Task, "at", full)
    with pytest.raises(TrainingError, match=r"^`device` \(='cpu'\) has .* use cpu, or a smaller"):
        train(SHORT, digits=few_digits, device="cpu")


@pytest.mark.parametrize(
    ("wanted", "there", "device"),
    [
        ("auto", False, "cpu"),
        ("auto", True, "cuda"),
        ("cpu", True, "cpu"),
        ("cuda", True, "cuda"),
    ],
)
def test_the_device_is_what_was_asked_for_or_what_is_there(
    wanted: str, there: bool, device: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(torch.cuda, "is_available", lambda: there)
    assert pick_device(wanted) == device


def test_an_unknown_device_is_refused() -> None:
    with pytest.raises(ValueError, match=r"`device` \(='tpu'\) must be one of auto, cpu, cuda"):
        pick_device("tpu")


def test_the_cpu_asks_nothing_of_a_gpu(few_digits: Digits, monkeypatch: pytest.MonkeyPatch) -> None:
    """With two GPUs, forking their generators would warn; with a full one, it would fail."""

    def touched(*_: object) -> None:
        raise AssertionError("a GPU was asked for its generator")

    for name in ("current_device", "manual_seed", "manual_seed_all", "get_rng_state"):
        monkeypatch.setattr(torch.cuda, name, touched)
    monkeypatch.setattr(torch.cuda, "device_count", lambda: 2)
    train(SHORT, digits=few_digits, device="cpu")


def test_random_numbers_of_the_caller_go_on_as_they_were(few_digits: Digits) -> None:
    before = torch.get_rng_state()
    train(SHORT, digits=few_digits, device="cpu")
    assert torch.equal(torch.get_rng_state(), before)


@pytest.mark.skipif(not torch.cuda.is_available(), reason="no CUDA GPU, or no CUDA build of torch")
def test_cuda_learns_what_the_cpu_learns(few_digits: Digits) -> None:
    run, other = (train(SHORT, digits=few_digits, device=name) for name in ("cuda", "cpu"))
    assert run.machine["device"] == "cuda"
    np.testing.assert_array_equal(run.kernels(0), other.kernels(0))
    np.testing.assert_allclose(run.loss, other.loss, rtol=0.05)
