"""Measure the networks of each experiment; what is measured is kept as plain numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from cnnfilters.config import Source
from cnnfilters.digits import load_digits
from cnnfilters.experiments import EXPERIMENTS
from cnnfilters.files import write_atomically
from cnnfilters.provenance import code_digest, digest, versions
from cnnfilters.run import Run
from pipeline.manifest import Order
from pipeline.places import Places
from pipeline.processes import run_step, side_by_side

LONGEST = ("hierarchy", "photograph_filters", "flattening")  # begun first: no core waits for them


@dataclass(frozen=True)
class Study:
    """What is to be measured, where the answer goes, and the Runs by the names of their arms."""

    name: str
    path: Path
    runs: dict[str, Path]


def measure(
    places: Places, order: Order, checksum: str, runs: Mapping[str, Path]
) -> dict[str, Path]:
    """Measure what is missing; a study depends on its code, its networks and the digits.

    Returns:
        Where every study lies.
    """
    wanted = places.scope.part("experiments", EXPERIMENTS)
    studies = [_study(places, name, checksum, runs) for name in wanted]
    missing = tuple(study for study in studies if not study.path.exists())
    if missing:
        print(f"studies: measuring {', '.join(study.name for study in missing)}", flush=True)
        run_step(Measure(order.source, order.root, missing, places.scope.workers))
    return {study.name: study.path for study in studies}


def _study(places: Places, name: str, checksum: str, runs: Mapping[str, Path]) -> Study:
    """A study of those Runs that its experiment asked for."""
    prefix = f"{name}/"
    own = {arm.removeprefix(prefix): run for arm, run in runs.items() if arm.startswith(prefix)}
    key = digest(
        code_digest(EXPERIMENTS[name].measure.__module__),
        {arm: path.name for arm, path in own.items()},
        checksum,
        versions("numpy", "scikit-image", "scikit-learn", "scipy", "torch"),
    )
    return Study(name, places.studies / f"{name}-{key}.json", own)


def measure_one(study: Study, source: Source, root: str | None) -> None:
    """Measure one experiment's networks and keep what was found."""
    loaded = {arm: Run.load(run) for arm, run in study.runs.items()}
    measured = EXPERIMENTS[study.name].study_of(loaded, load_digits(source, root))
    write_atomically(study.path, json.dumps(asdict(measured), allow_nan=False, indent=1))


@dataclass(frozen=True)
class Measure:
    """The step's own process, which has others measure: a study for each core."""

    source: Source
    root: str | None
    studies: tuple[Study, ...]
    workers: int | None = None

    def run(self) -> None:
        """Measure them, those that take long first."""
        first = {name: place for place, name in enumerate(LONGEST)}
        ordered = sorted(self.studies, key=lambda study: first.get(study.name, len(first)))
        calls = {f"study {study.name}": (study, self.source, self.root) for study in ordered}
        side_by_side("studies", measure_one, calls, self.workers)
