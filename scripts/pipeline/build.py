"""One build: every step in its order, and what it says at the end."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from filelock import FileLock, Timeout

from cnnfilters.digits import data_checksum
from cnnfilters.files import bring_over, remove_partial, write_atomically
from cnnfilters.store import DIGEST
from pipeline import draw, previews, site, studies, train, tutorials
from pipeline.device import available_device
from pipeline.manifest import Order, write_manifest
from pipeline.places import (
    CACHE,
    EARLIER,
    FIGURES,
    MANIFEST,
    ROOT,
    RUNS,
    SITE,
    STUDIES,
    TIMINGS,
    WORDS,
)
from pipeline.profile import is_tiny

Done = TypeVar("Done")


def build(chosen: argparse.Namespace) -> str:
    """Do what the command line asks for, after a build that is under way in this checkout.

    Returns:
        What was done, in words.

    Raises:
        BuildError: A step failed.
        OSError: The cache can't be written.
    """
    os.chdir(ROOT)  # where every step works
    CACHE.mkdir(parents=True, exist_ok=True)
    with _alone():
        remove_partial(CACHE)
        if not is_tiny():
            move_earlier()
        return Build(chosen).run()


@contextmanager
def _alone() -> Iterator[None]:
    """Hold the checkout's lock, and say so while another build has it."""
    lock = FileLock(CACHE / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print("another build is under way in this checkout; waiting for its end", flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def move_earlier() -> None:
    """Take over what took long to make from the folder of earlier versions, and say so once."""
    moved = bring_over(EARLIER / RUNS.name, RUNS, f"{DIGEST}.npz")
    moved += bring_over(EARLIER / STUDIES.name, STUDIES, f"*-{DIGEST}.json")
    bring_over(EARLIER, CACHE, MANIFEST.name)
    if moved:
        places = f"{EARLIER.relative_to(ROOT)}/ to {CACHE.relative_to(ROOT)}/"
        print(f"moved {moved} Runs and studies from {places}; the rest is made afresh", flush=True)


class Build:
    """One call of the script: what was asked for, what was done, how long it took."""

    def __init__(self, chosen: argparse.Namespace) -> None:
        self.chosen, self.seconds = chosen, dict[str, float]()

    def wants(self, *targets: str) -> bool:
        """Whether any of the targets, or all, was asked for."""
        return bool(self.chosen.targets & {*targets, "all"})

    def forced(self, target: str) -> bool:
        """Whether a target is to be done again."""
        return self.chosen.force and self.wants(target)

    def timed(self, name: str, step: Callable[[], Done]) -> Done:
        """Do a step and note its seconds."""
        start = time.perf_counter()
        result = step()
        self.seconds[name] = round(time.perf_counter() - start, 2)
        return result

    def run(self) -> str:
        """Do what was asked for and say what was done."""
        asked = self.chosen
        device = available_device(asked.device)
        order = Order(asked.data, asked.root, device, asked.studies, asked.device)
        checksum = data_checksum(order.source, order.root)
        force = self.forced("train")
        runs, trained = self.timed(
            "train", lambda: train.train(order, checksum, force=force, dask=asked.dask)
        )
        measured = self.timed("studies", lambda: studies.measure(order, checksum, runs))
        write_manifest(order, checksum, runs, measured)
        drawn, executed, built = 0, list[str](), False
        if self.wants("figures", "tutorials", "site"):
            self.timed("words", lambda: draw.write_words(force=self.forced("figures")))
            drawn = self.timed("figures", lambda: draw.draw(force=self.forced("figures")))
        if self.wants("widgets", "site"):
            force = self.forced("widgets")
            self.timed("widgets", lambda: draw.write_widget_data(force=force))
        if self.wants("tutorials", "site"):
            force = self.forced("tutorials")
            executed = self.timed("tutorials", lambda: tutorials.execute(order.device, force=force))
        if self.wants("site"):
            self.timed("previews", previews.draw_previews)
            built = self.timed("site", lambda: site.build_site(force=self.forced("site")))
        write_atomically(TIMINGS, json.dumps(self.seconds, indent=1))
        return self.summary(order.device, trained, drawn, len(executed), built=built)

    def summary(self, device: str, trained: int, drawn: int, executed: int, *, built: bool) -> str:
        """What a person wants to know at the end."""
        did = "built the site" if built else "left the site as it was"
        seconds = sum(self.seconds.values())
        lines = [
            (
                f"trained {trained}, drew {drawn} figures, executed {executed} tutorials, {did} "
                f"in {seconds:.1f} s on {device}"
            )
        ]
        if WORDS.exists():
            facts = json.loads(WORDS.read_text(encoding="utf-8"))["facts"]
            lines.append(
                f"data: {facts['train_data']}; accuracy {facts['accuracy']} "
                f"on {facts['accuracy_data']}"
            )
        if self.wants("site"):
            pages = len(list(SITE.rglob("index.html")))
            figures = len(list(FIGURES.glob("*.html")))
            lines.append(f"{figures} figures and {pages} pages in {SITE}")
            lines.append(f"read it: python -m http.server --directory {SITE.relative_to(ROOT)}")
        return "\n".join(lines)
