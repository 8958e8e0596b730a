"""Delete the Runs that no build asks for any more: those of other code, libraries or configs.

A build never does this by itself: who goes back to an earlier commit, or to other digits, would
train for hours again. The Pages workflow does, so that what it keeps does not grow for ever.
"""

from __future__ import annotations

import argparse
from itertools import product
from pathlib import Path
from typing import get_args

from filelock import FileLock

from cnnfilters.config import Source, TrainConfig
from cnnfilters.run import Run, RunError
from cnnfilters.store import DIGEST, run_path
from pipeline.manifest import Studies
from pipeline.places import Places
from steps.train import trainings


def prune(places: Places, words: list[str]) -> str:
    """Delete them, while no build is under way.

    Returns:
        What was deleted, in words.

    Raises:
        OSError: A file can't be deleted.
    """
    argparse.ArgumentParser(
        prog="build.py prune",
        description="Delete the trained networks that no build of this code asks for, "
        "whatever its --data, --studies and --device.",
    ).parse_args(words)
    places.cache.mkdir(parents=True, exist_ok=True)
    with FileLock(places.cache / "lock"):
        wanted = wanted_configs()
        paths = sorted(places.runs.glob(f"{DIGEST}.npz"))
        old = [path for path in paths if not is_wanted(path, wanted)]
        size = sum(path.stat().st_size for path in old)
        for path in old:
            path.unlink()
    return f"deleted {len(old)} of {len(paths)} Runs, {size / 1e6:.1f} MB"


def wanted_configs() -> set[TrainConfig]:
    """Every training of every build, and so of the tutorials."""
    builds = product(get_args(Source), get_args(Studies))
    return {config for build in builds for config in trainings(*build).values()}


def is_wanted(path: Path, wanted: set[TrainConfig]) -> bool:
    """Whether a build may ask for this file; one that can't be read stays, to be named by a build.

    Args:
        path: A Run, whose name says what it was made from.
        wanted: The configs that builds ask for.
    """
    try:
        run = Run.load(path)
    except RunError:
        return True
    try:
        config = run.train_config
    except (KeyError, TypeError, ValueError):
        return False  # it has a field or a choice that this version has not
    checksum, device = run.data["checksum"], run.machine["device"]
    today = run_path(config, checksum=checksum, device=device, store=path.parent)
    return config in wanted and path == today
