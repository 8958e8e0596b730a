"""What a build was asked for and where its results lie; figures, facts and hooks read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from cnnfilters.config import Source
from cnnfilters.files import write_atomically
from pipeline.places import CACHE, MANIFEST

Studies = Literal["short", "full"]


@dataclass(frozen=True)
class Order:
    """What the command line asked for.

    Attributes:
        source: Which digits.
        root: Folder of full MNIST.
        device: `cpu` or `cuda`.
        studies: How large the experiments are.
    """

    source: Source
    root: str | None
    device: str
    studies: Studies


def write_manifest(
    order: Order, checksum: str, runs: Mapping[str, Path], studies: Mapping[str, Path]
) -> None:
    """Note the results; an unchanged file is left alone, so that nothing looks newer than it is."""
    results = {f"run:{name}": path for name, path in runs.items()}
    results |= {f"study:{name}": path for name, path in studies.items()}
    places = {name: path.relative_to(CACHE).as_posix() for name, path in results.items()}
    about = {**asdict(order), "checksum": checksum, "results": places}
    text = json.dumps(about, indent=1, sort_keys=True)
    if not MANIFEST.exists() or MANIFEST.read_text(encoding="utf-8") != text:
        write_atomically(MANIFEST, text)


def last_order() -> list[str]:
    """The command line that repeats the last build's choice of digits and studies."""
    if not MANIFEST.exists():
        return []
    about = json.loads(MANIFEST.read_text(encoding="utf-8"))
    root = ["--root", about["root"]] if about["root"] else []
    return ["--data", about["source"], "--studies", about["studies"], *root]
