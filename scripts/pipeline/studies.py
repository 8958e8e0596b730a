"""Measure the networks of each experiment; what is measured is kept as plain numbers."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

from cnnfilters.config import Source
from cnnfilters.digits import load_digits
from cnnfilters.experiments import EXPERIMENTS
from cnnfilters.files import write_atomically
from cnnfilters.provenance import code_digest, digest, versions
from cnnfilters.run import Run
from pipeline.manifest import Order
from pipeline.places import STUDIES
from pipeline.processes import run_step, side_by_side
from pipeline.profile import kept

LONGEST = ("hierarchy", "photograph_filters", "flattening")  # begun first: no core waits for them


def measure(order: Order, checksum: str, runs: Mapping[str, Path]) -> dict[str, Path]:
    """Measure what is missing; a study depends on its code, its networks and the digits.

    Returns:
        Where every study lies.
    """
    paths = {
        name: _path(name, _own(name, runs), checksum) for name in kept("experiments", EXPERIMENTS)
    }
    missing = [name for name, path in paths.items() if not path.exists()]
    if missing:
        print(f"studies: measuring {', '.join(missing)}", flush=True)
        places = json.dumps(
            {
                name: [str(paths[name]), {arm: str(p) for arm, p in _own(name, runs).items()}]
                for name in missing
            }
        )
        run_step("studies", order.source, order.root or "", places)
    return paths


def _own(experiment: str, runs: Mapping[str, Path]) -> dict[str, Path]:
    """The Runs of one experiment, by the names that it gave them."""
    prefix = f"{experiment}/"
    return {
        name.removeprefix(prefix): path for name, path in runs.items() if name.startswith(prefix)
    }


def _path(name: str, runs: Mapping[str, Path], checksum: str) -> Path:
    key = digest(
        code_digest(EXPERIMENTS[name].measure.__module__),
        {arm: path.name for arm, path in runs.items()},
        checksum,
        versions("numpy", "scikit-image", "scikit-learn", "scipy", "torch"),
    )
    return STUDIES / f"{name}-{key}.json"


def measure_one(name: str, path: str, runs: Mapping[str, str], source: Source, root: str) -> None:
    """Measure one experiment's networks and keep what was found."""
    loaded = {arm: Run.load(Path(run)) for arm, run in runs.items()}
    measured = EXPERIMENTS[name].study_of(loaded, load_digits(source, root or None))
    write_atomically(Path(path), json.dumps(asdict(measured), allow_nan=False, indent=1))


def main(source: Source, root: str, places: str) -> None:
    """The step's own process, which has others measure: a study for each core."""
    given = json.loads(places)
    first = [name for name in LONGEST if name in given]
    calls = {
        f"study {name}": (name, *given[name], source, root)
        for name in dict.fromkeys([*first, *given])
    }
    side_by_side("studies", measure_one, calls)
