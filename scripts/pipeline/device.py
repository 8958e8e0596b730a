"""Which device to train on; a process of its own asks torch, whose import takes seconds."""

from __future__ import annotations

from pathlib import Path

from cnnfilters.files import write_atomically
from cnnfilters.provenance import digest, versions
from pipeline.places import CACHE
from pipeline.processes import run_step


def available_device(wanted: str) -> str:
    """`cpu` or `cuda`, asking torch only where an NVIDIA driver is installed, once for each torch.

    Raises:
        BuildError: CUDA was asked for and is not to be had.
    """
    if wanted == "cpu" or (wanted == "auto" and not _nvidia_driver()):
        return "cpu"
    answer = CACHE / f"device-{digest(wanted, versions('torch'))}"
    if not answer.exists() or wanted == "cuda":
        run_step("device", wanted, str(answer))
    return answer.read_text(encoding="utf-8")


def _nvidia_driver() -> bool:
    return Path("/proc/driver/nvidia").exists() or Path("C:/Windows/System32/nvcuda.dll").exists()


def main(wanted: str, answer: str) -> None:
    """Write the device's name to a file."""
    from cnnfilters.training import pick_device

    write_atomically(Path(answer), pick_device(wanted))
