"""What a build was asked for and where its results lie; figures, facts and hooks read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from cnnfilters.config import Source
from cnnfilters.files import write_atomically
from pages.chapter import read_chapters
from pages.ledger import claim_pages
from pipeline.places import CACHE, DOCS, MANIFEST

Studies = Literal["short", "full"]


@dataclass(frozen=True)
class Order:
    """What the command line asked for.

    Attributes:
        source: Which digits.
        root: Folder of full MNIST.
        device: `cpu` or `cuda`.
        studies: How large the experiments are.
        wanted: The device that was asked for: `auto`, which chose `device`, or `device` itself.
    """

    source: Source
    root: str | None
    device: str
    studies: Studies
    wanted: str = "auto"


def write_manifest(
    order: Order, checksum: str, runs: Mapping[str, Path], studies: Mapping[str, Path]
) -> None:
    """Note the results; an unchanged file is left alone, so that nothing looks newer than it is."""
    results = {f"run:{name}": path for name, path in runs.items()}
    results |= {f"study:{name}": path for name, path in studies.items()}
    places = {name: path.relative_to(CACHE).as_posix() for name, path in results.items()}
    about = {
        **asdict(order),
        "checksum": checksum,
        "results": places,
        "pages": claim_pages(read_chapters(DOCS)),
    }
    text = json.dumps(about, indent=1, sort_keys=True)
    if not MANIFEST.exists() or MANIFEST.read_bytes() != text.encode():
        write_atomically(MANIFEST, text)


def last_order() -> list[str]:
    """The command line that repeats the last build's choice of digits, studies and device.

    `auto` is repeated as such: the GPU that it chose may be gone.
    """
    try:
        about = json.loads(MANIFEST.read_text(encoding="utf-8"))
        named = {
            "data": about["source"],
            "root": about["root"],
            "studies": about["studies"],
            "device": about["wanted"],
        }
    except (OSError, ValueError, KeyError, TypeError):
        return []  # none, or one of another version
    return [word for key, value in named.items() if value for word in (f"--{key}", value)]
