"""What was measured once and thoroughly: a file for each study, which a build takes it from.

Such a file holds a study in two worlds: the digits of the default build, and all of MNIST. It says
when, where and with which versions it was measured, and what the code did that measured it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from cnnfilters.config import Source
from cnnfilters.experiments import EXPERIMENTS, SIZES
from cnnfilters.files import write_atomically
from cnnfilters.provenance import digest
from pipeline.handing import from_json
from pipeline.meaning import meaning
from pipeline.places import Places
from pipeline.processes import BuildError

DIGITS = 6  # significant ones are kept of every number: a verdict rests on fewer


@dataclass(frozen=True)
class About:
    """How a study came about.

    Attributes:
        date: Of the measurement, as 2026-11-30.
        commit: Of the code that measured; empty outside a repository.
        machine: Processor and number of cores.
        versions: Of Python and of the libraries that compute.
        does: What that code did, as `what_measures` tells it.
        networks: In the smallest arm; or fits, where nothing is trained.
        steps: Of each training.
    """

    date: str
    commit: str
    machine: str
    versions: dict[str, str]
    does: str
    networks: int
    steps: int

    def words(self) -> str:
        """When and where, as pages say it.

        Example:
            >>> About("2026-11-30", "", "AMD EPYC, 2 cores", {}, "", 10, 1250).words()
            'measured once, on 30 November 2026, AMD EPYC, 2 cores'
        """
        day = date.fromisoformat(self.date)
        return f"measured once, on {day.day} {day:%B %Y}, {self.machine}"


def file_of(places: Places, name: str) -> Path:
    """Where a study lies."""
    return places.measured / f"{name}.json"


def worlds_of(places: Places, name: str) -> dict[Source, Any]:
    """What a study's file holds, by the digits it was measured on; empty where there is none."""
    path = file_of(places, name)
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


@cache
def what_measures(name: str, source: Source) -> str:
    """A digest of all that the numbers of a study follow from: moved or reworded code keeps it.

    Args:
        name: Of the experiment.
        source: Which digits.
    """
    from cnnfilters.training import train  # it brings torch

    experiment = EXPERIMENTS[name]
    arms = experiment.configs(source, SIZES[source, "reference"])
    trained = {arm: config.to_mapping() for arm, config in arms.items()}
    does = (experiment.measure, train) if trained else (experiment.measure,)
    return digest(meaning(*does), trained)


def write_study(places: Places, name: str, source: Source, study: Any, about: About) -> None:
    """Put one world's study into its file; the other world stays as it is."""
    path, worlds = file_of(places, name), worlds_of(places, name)
    worlds[source] = {"about": asdict(about), "study": rounded(study)}
    write_atomically(path, json.dumps(worlds, allow_nan=False, sort_keys=True) + "\n")


def rounded(value: Any) -> Any:
    """The same with fewer decimals.

    Example:
        >>> rounded({"edge": [0.123456789, 3]})
        {'edge': [0.123457, 3]}
    """
    if isinstance(value, Mapping):
        return {key: rounded(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [rounded(each) for each in value]
    return float(f"{value:.{DIGITS}g}") if isinstance(value, float) else value


def read_study(places: Places, name: str, source: Source) -> tuple[dict[str, Any], About]:
    """A study as numbers, and how it came about.

    Raises:
        BuildError: It was not measured.
    """
    worlds = worlds_of(places, name)
    if source not in worlds:
        raise BuildError(
            f"{file_of(places, name)} holds no study of {source}: run "
            f"python scripts/build.py measure {name} --data {source}"
        )
    world = worlds[source]
    return world["study"], from_json(About, json.dumps(world["about"]))


def is_stale(places: Places, name: str, source: Source) -> bool:
    """Whether today's code would measure something else than what the file holds."""
    return read_study(places, name, source)[1].does != what_measures(name, source)


def take(places: Places, source: Source) -> dict[str, Path]:
    """Each study of a build, copied from its file to where the build keeps studies.

    Returns:
        Where every study lies.

    Raises:
        BuildError: One was not measured.
    """
    taken = {}
    for name in places.scope.part("experiments", EXPERIMENTS):
        study, about = read_study(places, name, source)
        text = json.dumps(study, indent=1)
        taken[name] = places.studies / f"{name}-{digest(text, asdict(about))}.json"
        if not taken[name].exists():
            write_atomically(taken[name], text)
    return taken


def origins(places: Places, source: Source) -> dict[str, str]:
    """When and where each study that `take` takes was measured, in words.

    Raises:
        BuildError: One was not measured.
    """
    names = places.scope.part("experiments", EXPERIMENTS)
    return {name: read_study(places, name, source)[1].words() for name in names}
