"""Which device to train on; a process of its own asks torch, whose import takes seconds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from cnnfilters.files import write_atomically
from cnnfilters.provenance import digest, versions
from pipeline.places import Places
from pipeline.processes import run_step

SIGNS = (  # of a GPU that torch may know; without any, it need not be asked
    Path("/proc/driver/nvidia/version"),
    Path("/dev/nvidiactl"),  # in a container
    Path("/dev/nvhost-gpu"),  # Jetson
    Path("/dev/dxg"),  # Windows' GPU under WSL2, which has no NVIDIA driver of its own
    Path("/dev/kfd"),  # AMD: torch for ROCm calls it CUDA, too
    Path("C:/Windows/System32/nvcuda.dll"),
    Path("C:/Windows/System32/amdhip64.dll"),
)
HIDING = ("CUDA_VISIBLE_DEVICES", "HIP_VISIBLE_DEVICES", "ROCR_VISIBLE_DEVICES")
NO_GPU = dict.fromkeys(HIDING, "")  # the environment of a process that is to see none


def available_device(places: Places, wanted: str) -> str:
    """`cpu` or `cuda`, asking torch only where there is a sign of a GPU.

    "cuda" is remembered as long as torch, the signs and the variables that hide a GPU stay as they
    are. "cpu" never is: its cause, a driver that was asleep, say, may be gone.

    Raises:
        BuildError: CUDA was asked for and is not to be had.
    """
    signs = [str(sign) for sign in SIGNS if sign.exists()]
    if wanted == "cpu" or (wanted == "auto" and not signs):
        return "cpu"
    answer = _answer(places, signs)
    if wanted == "cuda" or not _says_cuda(answer):
        run_step(AskTorch(wanted, answer))
    return answer.read_text(encoding="utf-8")


def forget_device(places: Places) -> None:
    """Ask torch again at the next build: a remembered GPU may be gone."""
    for answer in places.cache.glob("device-*"):
        answer.unlink()


def _answer(places: Places, signs: list[str]) -> Path:
    hidden = [os.environ.get(name) for name in HIDING]
    return places.cache / f"device-{digest(signs, hidden, versions('torch'))}"


def _says_cuda(answer: Path) -> bool:
    return answer.exists() and answer.read_text(encoding="utf-8") == "cuda"


@dataclass(frozen=True)
class AskTorch:
    """Write the device's name to a file."""

    wanted: str
    answer: Path

    def run(self) -> None:
        """In a process of its own."""
        from cnnfilters.training import pick_device

        write_atomically(self.answer, pick_device(self.wanted))
