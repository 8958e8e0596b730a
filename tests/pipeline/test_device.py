"""The device is asked for once, where there is something to ask."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline import device
from pipeline.device import available_device, main

Asked = list[str]


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Asked:
    """What torch, which finds CUDA here, was asked for."""
    questions: Asked = []

    def run_step(_: str, wanted: str, answer: str) -> None:
        questions.append(wanted)
        Path(answer).write_text("cuda")

    monkeypatch.setattr(device, "CACHE", tmp_path)
    monkeypatch.setattr(device, "run_step", run_step)
    return questions


def driver(monkeypatch: pytest.MonkeyPatch, *, there: bool) -> None:
    monkeypatch.setattr(device, "_nvidia_driver", lambda: there)


@pytest.mark.parametrize(
    ("wanted", "there", "found", "questions"),
    [
        ("cpu", True, "cpu", []),
        ("auto", False, "cpu", []),
        ("auto", True, "cuda", ["auto"]),
        ("cuda", False, "cuda", ["cuda"]),
    ],
)
def test_torch_is_asked_only_where_it_must(
    wanted: str,
    there: bool,
    found: str,
    questions: Asked,
    asked: Asked,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    driver(monkeypatch, there=there)
    assert available_device(wanted) == found
    assert asked == questions


def test_the_answer_is_kept(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    driver(monkeypatch, there=True)
    assert [available_device("auto") for _ in range(3)] == ["cuda"] * 3
    assert asked == ["auto"]


def test_another_torch_is_asked_again(asked: Asked, monkeypatch: pytest.MonkeyPatch) -> None:
    driver(monkeypatch, there=True)
    available_device("auto")
    monkeypatch.setattr(device, "versions", lambda *_: {"torch": "another"})
    available_device("auto")
    assert asked == ["auto", "auto"]


def test_cuda_that_is_not_there_is_one_line_and_no_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("torch.cuda.is_available", lambda: False)
    with pytest.raises(ValueError, match=r"^`device` \(='cuda'\) needs a CUDA GPU.*$"):
        main("cuda", str(tmp_path / "answer"))
    assert list(tmp_path.iterdir()) == []
