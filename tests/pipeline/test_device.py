"""Torch is asked for a device where there may be one, and a GPU that is gone is no fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import device
from pipeline.device import AskTorch, available_device, forget_device
from pipeline.manifest import Order
from pipeline.places import Places
from pipeline.processes import BuildError
from steps import train


class Torch:
    """Stands in for the step that asks torch."""

    def __init__(self) -> None:
        self.finds, self.asked = "cuda", list[str]()

    def __call__(self, step: AskTorch) -> None:
        self.asked.append(step.wanted)
        step.answer.write_text(self.finds)


@pytest.fixture
def torch(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Torch:
    """A torch that finds CUDA, on a machine with a sign of a GPU."""
    (tmp_path / "dxg").touch()
    stub = Torch()
    for name in device.HIDING:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(device, "SIGNS", (tmp_path / "nvidia", tmp_path / "dxg"))
    monkeypatch.setattr(device, "run_step", stub)
    return stub


def no_sign(tmp_path: Path) -> None:
    (tmp_path / "dxg").unlink()


def test_wsl_and_rocm_and_jetson_are_signs_of_a_gpu() -> None:
    signs = {sign.as_posix() for sign in device.SIGNS}
    assert {"/dev/dxg", "/dev/kfd", "/dev/nvhost-gpu", "/proc/driver/nvidia/version"} <= signs


def test_cpu_is_not_asked_for(torch: Torch, places: Places) -> None:
    assert available_device(places, "cpu") == "cpu"
    assert torch.asked == []


def test_one_sign_is_enough_to_ask(torch: Torch, places: Places) -> None:
    assert available_device(places, "auto") == "cuda"
    assert torch.asked == ["auto"]


def test_without_a_sign_nothing_is_asked(torch: Torch, places: Places, tmp_path: Path) -> None:
    no_sign(tmp_path)
    assert available_device(places, "auto") == "cpu"
    assert torch.asked == []


def test_cuda_is_asked_for_whatever_the_signs(torch: Torch, places: Places, tmp_path: Path) -> None:
    no_sign(tmp_path)
    assert [available_device(places, "cuda") for _ in range(2)] == ["cuda"] * 2
    assert torch.asked == ["cuda", "cuda"]


def test_cuda_is_remembered(torch: Torch, places: Places) -> None:
    assert [available_device(places, "auto") for _ in range(3)] == ["cuda"] * 3
    assert torch.asked == ["auto"]


def test_cpu_is_not_remembered_when_its_cause_is_gone(torch: Torch, places: Places) -> None:
    torch.finds = "cpu"
    assert available_device(places, "auto") == "cpu"
    torch.finds = "cuda"  # the driver woke up
    assert available_device(places, "auto") == "cuda"


@pytest.mark.parametrize("name", device.HIDING)
def test_a_hidden_gpu_is_asked_for_again(
    name: str, torch: Torch, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    available_device(places, "auto")
    monkeypatch.setenv(name, "")
    torch.finds = "cpu"
    assert available_device(places, "auto") == "cpu"
    monkeypatch.delenv(name)
    torch.finds = "nothing, and is not asked"
    assert available_device(places, "auto") == "cuda"


def test_another_torch_is_asked_again(
    torch: Torch, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    available_device(places, "auto")
    monkeypatch.setattr(device, "versions", lambda *_: {"torch": "another"})
    available_device(places, "auto")
    assert torch.asked == ["auto", "auto"]


def test_other_signs_are_asked_again(torch: Torch, places: Places, tmp_path: Path) -> None:
    available_device(places, "auto")
    (tmp_path / "nvidia").touch()
    available_device(places, "auto")
    assert torch.asked == ["auto", "auto"]


def test_a_gpu_on_which_a_training_failed_is_forgotten(
    torch: Torch, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_: object) -> None:
        raise BuildError("")

    available_device(places, "auto")
    monkeypatch.setattr(train, "run_step", fails)
    with pytest.raises(BuildError):
        train.train(places, Order("sample", None, "cuda", "short"), "checksum")
    torch.finds = "cpu"
    assert available_device(places, "auto") == "cpu"


def test_to_forget_nothing_is_no_fault(torch: Torch, places: Places) -> None:
    forget_device(places)
    assert available_device(places, "auto") == "cuda"


def test_cuda_that_is_not_there_is_one_line_and_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with pytest.raises(ValueError, match=r"^`device` \(='cuda'\) needs a CUDA GPU.*$"):
        AskTorch("cuda", tmp_path / "answer").run()
    assert not (tmp_path / "answer").exists()


# how many trainings share a device

GIB = 2**30


@pytest.mark.parametrize(
    ("free", "cores", "processes"),
    [(8 * GIB, 16, 4), (140 * GIB, 16, 16), (GIB, 16, 1), (8 * GIB, 2, 2)],
    ids=["a laptop", "a server", "nearly full", "two cores"],
)
def test_a_gpu_is_shared_by_no_more_than_it_can_hold(
    free: int, cores: int, processes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: True)
    monkeypatch.setattr("torch.cuda.mem_get_info", lambda: (free, free))
    monkeypatch.setattr(train, "cores", lambda: cores)
    assert train.at_once("cuda") == processes


def test_the_cpu_trains_one_network_a_core(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(train, "cores", lambda: 7)
    assert train.at_once("cpu") == 7


def test_a_gpu_that_is_gone_is_named_before_any_process_starts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with pytest.raises(ValueError, match=r"`device` \(='cuda'\) needs a CUDA GPU"):
        train.at_once("cuda")
