"""How much a build makes: the whole, or so little that a test can build it again and again.

The tiny build goes through the same steps, theme, hooks and plugins as the whole. Links from its
pages to those that are left out are reported and tolerated, as mkdocs does for excluded pages.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from cnnfilters.config import TrainConfig
from cnnfilters.experiments.experiment import Size

Value = TypeVar("Value")

PROFILES = ("whole", "tiny")
VARIABLE = "CNNFILTERS_PROFILE"  # build.py sets it, its steps and mkdocs inherit it
DIGITS, STEPS, SNAPSHOTS = 200, 5, 2
SIZE = Size(seeds=1, steps=STEPS)
KEPT = {  # by the tiny build
    "experiments": {"silenced_kernels"},
    "figures": {"broken-network", "film-strip", "traced-network"},
    "facts": {
        *("accuracy", "accuracy_small_start", "accuracy_source", "accuracy_data", "train_data"),
        *("cosine", "cosine_small_start", "cosine_source"),
    },
    "claims": set[str](),  # no interval comes from one network
    "widget data": {"digits"},
    "pages": {"arithmetic/10-shape-clinic.md", "index.md", "tutorials/02-arithmetic.py"},
}


def is_tiny() -> bool:
    """Whether this process works for a tiny build."""
    return os.environ.get(VARIABLE) == "tiny"


def kept(kind: str, catalogue: Mapping[str, Value]) -> dict[str, Value]:
    """The part of a catalogue that this build makes.

    Args:
        kind: A key of `KEPT`.
        catalogue: Everything, by name.
    """
    wanted = KEPT[kind] if is_tiny() else catalogue
    return {name: value for name, value in catalogue.items() if name in wanted}


def kept_pages(docs: Path, pattern: str) -> list[Path]:
    """The documents of this build, sorted.

    Args:
        docs: The folder that mkdocs reads.
        pattern: Which of them, as `*.md`.
    """
    pages = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob(pattern))}
    return list(kept("pages", pages).values())


def shortened(config: TrainConfig) -> TrainConfig:
    """A training as this build does it."""
    if not is_tiny():
        return config
    return replace(config, steps=STEPS, train_size=DIGITS, snapshots=SNAPSHOTS)
