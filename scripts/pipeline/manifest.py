"""What a build was asked for and where its results lie; figures, facts and hooks read it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from cnnfilters.config import Source
from cnnfilters.files import write_atomically
from cnnfilters.provenance import code_digest, digest, versions
from pages.chapter import read_chapters
from pages.ledger import claim_pages
from pipeline.places import Places

Studies = Literal["short", "full", "reference"]
LIBRARIES = ("matplotlib", "numpy", "torch")


@dataclass(frozen=True)
class Order:
    """What the command line asked for.

    Attributes:
        source: Which digits.
        root: Folder of full MNIST.
        device: `cpu` or `cuda`.
        studies: How large the experiments are; `reference`: measured once, and taken from there.
        wanted: The device that was asked for: `auto`, which chose `device`, or `device` itself.
    """

    source: Source
    root: str | None
    device: str
    studies: Studies
    wanted: str = "auto"


def write_manifest(
    places: Places,
    order: Order,
    checksum: str,
    runs: Mapping[str, Path],
    studies: Mapping[str, Path],
    origins: Mapping[str, str],
) -> None:
    """Note the results; an unchanged file is left alone, so that nothing looks newer than it is.

    Args:
        places: Of the build.
        order: What was asked for.
        checksum: Of the digits.
        runs: Where the trainings lie.
        studies: Where the studies lie.
        origins: Of studies that this build has not measured, when and where they were.
    """
    results = {f"run:{name}": path for name, path in runs.items()}
    results |= {f"study:{name}": path for name, path in studies.items()}
    files = {name: path.relative_to(places.cache).as_posix() for name, path in results.items()}
    pages = claim_pages(read_chapters(places.docs))
    about = {**asdict(order), "checksum": checksum, "results": files, "pages": pages}
    about["origins"] = dict(origins)
    text = json.dumps(about, indent=1, sort_keys=True)
    if not places.manifest.exists() or places.manifest.read_bytes() != text.encode():
        write_atomically(places.manifest, text)


def results_key(places: Places, *modules: str) -> str:
    """The digest of all results of a build, and of the code that makes something of them."""
    about = json.loads(places.manifest.read_text(encoding="utf-8"))
    measured = (about["checksum"], about["results"], about["pages"])
    return digest(code_digest(*modules), *measured, versions(*LIBRARIES))


def last_order(places: Places) -> list[str]:
    """The command line that repeats the last build's choice of digits, studies and device.

    `auto` is repeated as such: the GPU that it chose may be gone.
    """
    try:
        about = json.loads(places.manifest.read_text(encoding="utf-8"))
        named = {
            "data": about["source"],
            "root": about["root"],
            "studies": about["studies"],
            "device": about["wanted"],
        }
    except (OSError, ValueError, KeyError, TypeError):
        return []  # none, or one of another version
    return [word for key, value in named.items() if value for word in (f"--{key}", value)]
