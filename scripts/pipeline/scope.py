"""How much a build makes: the whole, or so little that a test can build it again and again.

A small build goes through the same steps, theme, hooks and plugins as the whole. Links from its
pages to those that are left out are reported and tolerated, as mkdocs does for excluded pages.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

from cnnfilters.config import TrainConfig
from cnnfilters.experiments.experiment import Size

Value = TypeVar("Value")


@dataclass(frozen=True)
class Scope:
    """The part of everything that is made; without arguments, all of it.

    Attributes:
        only: Names to keep, by the kind of catalogue: `figures`, say; other kinds are kept whole.
        training: Fields of every training that are set otherwise.
        size: Fields of every experiment's size that are.
        workers: Processes at once; None: one for each core.
    """

    only: dict[str, list[str]] = field(default_factory=dict)
    training: dict[str, Any] = field(default_factory=dict)
    size: dict[str, int] = field(default_factory=dict)
    workers: int | None = None

    def part(self, kind: str, catalogue: Mapping[str, Value]) -> dict[str, Value]:
        """What is made of a catalogue.

        Args:
            kind: A key of `only`.
            catalogue: Everything, by name.
        """
        names = self.only.get(kind, catalogue)
        return {name: value for name, value in catalogue.items() if name in names}

    def pages(self, docs: Path, pattern: str) -> list[Path]:
        """The documents that are made, sorted.

        Args:
            docs: The folder of what people wrote.
            pattern: Which of them, as `*.md`.
        """
        pages = {path.relative_to(docs).as_posix(): path for path in sorted(docs.rglob(pattern))}
        return list(self.part("pages", pages).values())

    def trained(self, config: TrainConfig) -> TrainConfig:
        """A training as it is done."""
        return replace(config, **self.training)

    def sized(self, size: Size) -> Size:
        """An experiment's size as it is taken."""
        return size._replace(**self.size)
