"""`build.py measure`: train the networks of a study, measure them, and keep what was found."""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from filelock import FileLock

from cnnfilters.config import Source
from cnnfilters.digits import data_checksum
from cnnfilters.experiments import EXPERIMENTS
from cnnfilters.provenance import versions
from pipeline.device import available_device
from pipeline.machine import processor
from pipeline.manifest import Order
from pipeline.measured import (
    About,
    file_of,
    is_stale,
    read_study,
    what_measures,
    write_study,
)
from pipeline.places import Places
from pipeline.processes import BuildError
from pipeline.verdicts import changed_verdicts
from steps import studies, train

LIBRARIES = ("numpy", "scikit-image", "scikit-learn", "scipy", "torch")
EXAMPLES = """\
examples:
  python scripts/build.py measure flattening                   both worlds: the sample, and MNIST
  python scripts/build.py measure flattening --data sample     one of them
  python scripts/build.py measure --stale                      all whose code has changed since
  python scripts/build.py measure units --compare              once more: does a verdict change?

A build with `--studies reference` takes its studies from docs/measured/. Each network is kept as
soon as it is trained: who stops this and begins again loses little.
"""


def arguments(argv: list[str]) -> argparse.Namespace:
    """Parse the command line that follows `build.py measure`."""
    parser = argparse.ArgumentParser(
        prog="build.py measure",
        description="Measure studies thoroughly and keep them in docs/measured/.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("studies", nargs="*", metavar="STUDY", help=", ".join(EXPERIMENTS))
    parser.add_argument("--stale", action="store_true", help="those that the code has left behind")
    parser.add_argument("--compare", action="store_true", help="fail if a verdict is another one")
    parser.add_argument("--data", choices=("sample", "mnist"), help="one world (default: both)")
    parser.add_argument("--root", type=os.path.abspath, help="folder that holds MNIST/raw")
    parser.add_argument("--device", choices=("auto", "cpu", "cuda"), default="auto")
    parser.add_argument("--dask", metavar="ADDRESS", default="", help="of a Dask cluster")
    chosen = parser.parse_args(argv)
    for name in chosen.studies:
        if name not in EXPERIMENTS:
            parser.error(f"unknown study {name!r}: choose from {', '.join(EXPERIMENTS)}")
    if bool(chosen.studies) == chosen.stale:
        parser.error("name studies, or --stale")
    return chosen


def measure(places: Places, argv: list[str]) -> str:
    """Measure what is asked for, one study and world after the other.

    Returns:
        What was written, in words.

    Raises:
        BuildError: A step failed, or a verdict changed that should be compared.
        OSError: A file can't be written.
    """
    chosen = arguments(argv)
    os.chdir(places.root)
    places.cache.mkdir(parents=True, exist_ok=True)
    worlds: tuple[Source, ...] = (chosen.data,) if chosen.data else ("sample", "mnist")
    device = available_device(places, chosen.device)
    names = chosen.studies or places.scope.part("experiments", EXPERIMENTS)
    wanted = [
        (name, source)
        for name in names
        for source in worlds
        if chosen.studies or _is_left_behind(places, name, source)
    ]
    changed = list[str]()
    with FileLock(places.cache / "lock"):
        for name, source in wanted:
            kept = read_study(places, name, source)[0] if chosen.compare else None
            order = Order(source, chosen.root, device, "reference", chosen.device)
            measure_one(places, name, order, dask=chosen.dask)
            if kept:
                changed += changed_verdicts(name, kept, read_study(places, name, source)[0])
    if changed:
        raise BuildError("verdicts changed: " + "; ".join(changed))
    written = ", ".join(f"{name} ({source})" for name, source in wanted) or "nothing"
    return f"measured {written}; the files are in {places.measured}"


def _is_left_behind(places: Places, name: str, source: Source) -> bool:
    try:
        return is_stale(places, name, source)
    except BuildError:  # never measured
        return True


def measure_one(places: Places, name: str, order: Order, *, dask: str = "") -> Path:
    """Measure one study in one world and write its file.

    Args:
        places: Of the build.
        name: Of the experiment.
        order: The digits, the device, and how large it is.
        dask: Address of a cluster.

    Returns:
        The file.
    """
    alone = places.only("experiments", name).without("headline")
    checksum = data_checksum(order.source, order.root)
    runs, _ = train.train(alone, order, checksum, dask=dask)
    path = studies.measure(alone, order, checksum, runs)[name]
    study = json.loads(path.read_text(encoding="utf-8"))
    write_study(places, name, order.source, study, about(name, order, study))
    return file_of(places, name)


def about(name: str, order: Order, study: Mapping[str, Any]) -> About:
    """When, where and by what a study is measured now."""
    device = "" if order.device == "cpu" else ", GPU"
    return About(
        date=date.today().isoformat(),
        commit=_commit(),
        machine=f"{processor()}, {os.cpu_count()} cores{device}",
        versions={"python": platform.python_version(), **versions(*LIBRARIES)},
        does=what_measures(name, order.source),
        networks=min(len(each) for arm in study["arms"].values() for each in arm.values()),
        steps=study["steps"],
    )


def _commit() -> str:
    with suppress(OSError, subprocess.CalledProcessError):
        asked = ["git", "rev-parse", "HEAD"]
        return subprocess.run(
            asked, capture_output=True, check=True, encoding="utf-8"
        ).stdout.strip()
    return ""
