"""Which device to train on; a process of its own asks torch, whose import takes seconds."""

from __future__ import annotations

import os
from pathlib import Path

from cnnfilters.files import write_atomically
from cnnfilters.provenance import digest, versions
from pipeline.places import CACHE
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


def available_device(wanted: str) -> str:
    """`cpu` or `cuda`, asking torch only where there is a sign of a GPU.

    "cuda" is remembered as long as torch, the signs and the variables that hide a GPU stay as they
    are. "cpu" never is: its cause, a driver that was asleep, say, may be gone.

    Raises:
        BuildError: CUDA was asked for and is not to be had.
    """
    signs = [str(sign) for sign in SIGNS if sign.exists()]
    if wanted == "cpu" or (wanted == "auto" and not signs):
        return "cpu"
    answer = _answer(signs)
    if wanted == "cuda" or not _says_cuda(answer):
        run_step("device", wanted, str(answer))
    return answer.read_text(encoding="utf-8")


def forget_device() -> None:
    """Ask torch again at the next build: a remembered GPU may be gone."""
    for answer in CACHE.glob("device-*"):
        answer.unlink()


def _answer(signs: list[str]) -> Path:
    hidden = [os.environ.get(name) for name in HIDING]
    return CACHE / f"device-{digest(signs, hidden, versions('torch'))}"


def _says_cuda(answer: Path) -> bool:
    return answer.exists() and answer.read_text(encoding="utf-8") == "cuda"


def main(wanted: str, answer: str) -> None:
    """Write the device's name to a file."""
    from cnnfilters.training import pick_device

    write_atomically(Path(answer), pick_device(wanted))
