"""Train what has no Run yet."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

from cnnfilters.config import Source, TrainConfig, headline_configs
from cnnfilters.digits import data_checksum
from cnnfilters.files import write_atomically
from cnnfilters.provenance import digest, versions
from cnnfilters.store import run_path, train_missing
from pipeline.places import CACHE, MANIFEST, RUNS
from pipeline.processes import fail, run_step, workers


@dataclass(frozen=True)
class Order:
    """What the command line asked for."""

    source: Source
    root: str | None
    device: str  # cpu or cuda


def trainings(source: Source) -> dict[str, TrainConfig]:
    """Every training of the build, by name."""
    return headline_configs(source)


def train(order: Order, *, force: bool = False) -> int:
    """Train what is missing and write the manifest.

    Returns:
        How many were trained.
    """
    checksum = data_checksum(order.source, order.root)
    paths = {
        name: run_path(config, checksum=checksum, device=order.device, store=RUNS)
        for name, config in trainings(order.source).items()
    }
    if force:
        for path in paths.values():
            path.unlink(missing_ok=True)
    missing = [name for name, path in paths.items() if not path.exists()]
    if missing:
        print(f"train: {', '.join(missing)} ({order.source}, {order.device})", flush=True)
        run_step("train", order.source, order.root or "", order.device, checksum)
    _write_manifest(order, checksum, paths)
    return len(missing)


def _write_manifest(order: Order, checksum: str, paths: dict[str, Path]) -> None:
    results = {f"run:{name}": path.relative_to(CACHE).as_posix() for name, path in paths.items()}
    about = {
        "source": order.source,
        "root": order.root,
        "device": order.device,
        "checksum": checksum,
        "results": results,
    }
    text = json.dumps(about, indent=1, sort_keys=True)
    if not MANIFEST.exists() or MANIFEST.read_text(encoding="utf-8") != text:
        write_atomically(MANIFEST, text)


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


def main(source: Source, root: str, device: str, checksum: str) -> int:
    """The step's own process."""
    try:
        with workers() as executor:
            train_missing(
                trainings(source),
                executor,
                checksum=checksum,
                root=root or None,
                device=device,
                store=RUNS,
            )
    except (ValueError, RuntimeError, OSError) as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))  # type: ignore[arg-type]  # checked by build.py
