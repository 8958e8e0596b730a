"""What a measurement was made on."""

from __future__ import annotations

import platform
from collections.abc import Iterable
from pathlib import Path


def processor(about: Path = Path("/proc/cpuinfo")) -> str:
    """The processor's name, where the system tells it."""
    lines: Iterable[str] = about.read_text(encoding="utf-8").splitlines() if about.exists() else ()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.processor() or platform.machine())
