"""One build: every step in its order, and what it says at the end."""

from __future__ import annotations

import argparse
import json
import os
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from filelock import FileLock, Timeout

from cnnfilters.digits import data_checksum
from cnnfilters.files import bring_over, remove_partial, write_atomically
from cnnfilters.store import DIGEST
from pipeline.device import available_device
from pipeline.manifest import Order, write_manifest
from pipeline.measured import origins, take
from pipeline.places import Places
from steps import figures, previews, site, studies, train, tutorials, widgets, words

Done = TypeVar("Done")


def build(places: Places, chosen: argparse.Namespace) -> str:
    """Do what the command line asks for, after a build that is under way in this checkout.

    Returns:
        What was done, in words.

    Raises:
        BuildError: A step failed.
        OSError: The cache can't be written.
    """
    os.chdir(places.root)  # where every step works
    places.cache.mkdir(parents=True, exist_ok=True)
    with _alone(places):
        remove_partial(places.cache)
        move_earlier(places)
        return Build(places, chosen).run()


@contextmanager
def _alone(places: Places) -> Iterator[None]:
    """Hold the checkout's lock, and say so while another build has it."""
    lock = FileLock(places.cache / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        print("another build is under way in this checkout; waiting for its end", flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def move_earlier(places: Places) -> None:
    """Take over what took long to make from the folder of earlier versions, and say so once."""
    earlier = places.earlier
    moved = bring_over(earlier / places.runs.name, places.runs, f"{DIGEST}.npz")
    moved += bring_over(earlier / places.studies.name, places.studies, f"*-{DIGEST}.json")
    bring_over(earlier, places.cache, places.manifest.name)
    if moved:
        way = " to ".join(f"{place.relative_to(places.root)}/" for place in (earlier, places.cache))
        print(f"moved {moved} Runs and studies from {way}; the rest is made afresh", flush=True)


class Build:
    """One call of the script: what was asked for, what was done, how long it took."""

    def __init__(self, places: Places, chosen: argparse.Namespace) -> None:
        self.places, self.chosen, self.seconds = places, chosen, dict[str, float]()

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
        asked, places = self.chosen, self.places
        device = available_device(places, asked.device)
        order = Order(asked.data, asked.root, device, asked.studies, asked.device)
        checksum = data_checksum(order.source, order.root)
        force = self.forced("train")
        taught = places.without("experiments") if order.studies == "reference" else places
        runs, trained = self.timed(
            "train", lambda: train.train(taught, order, checksum, force=force, dask=asked.dask)
        )
        measured = self.timed("studies", lambda: self.studies(order, checksum, runs))
        taken = order.studies == "reference"
        known = origins(places, order.source) if taken else {}
        write_manifest(places, order, checksum, runs, measured, known)
        drawn, executed, built = 0, list[str](), False
        if self.wants("figures", "tutorials", "site"):
            force = self.forced("figures")
            self.timed("words", lambda: words.write_words(places, force=force))
            drawn = self.timed("figures", lambda: figures.draw(places, force=force))
        if self.wants("widgets", "site"):
            force = self.forced("widgets")
            self.timed("widgets", lambda: widgets.write_widget_data(places, force=force))
        if self.wants("tutorials", "site"):
            force = self.forced("tutorials")
            executed = self.timed(
                "tutorials", lambda: tutorials.execute(places, order.device, force=force)
            )
        if self.wants("site"):
            self.timed("previews", lambda: previews.draw_previews(places))
            built = self.timed("site", lambda: site.build_site(places, force=self.forced("site")))
        write_atomically(places.timings, json.dumps(self.seconds, indent=1))
        return self.summary(order.device, trained, drawn, len(executed), built=built)

    def studies(self, order: Order, checksum: str, runs: Mapping[str, Path]) -> dict[str, Path]:
        """What was measured once, or else is measured now."""
        if order.studies == "reference":
            return take(self.places, order.source)
        return studies.measure(self.places, order, checksum, runs)

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
        places = self.places
        if places.words.exists():
            facts = json.loads(places.words.read_text(encoding="utf-8"))["facts"]
            lines.append(
                f"data: {facts['train_data']}; accuracy {facts['accuracy']} "
                f"on {facts['accuracy_data']}"
            )
        if self.wants("site"):
            pages = len(list(places.site.rglob("index.html")))
            drawings = len(list(places.figures.glob("*.html")))
            lines.append(f"{drawings} figures and {pages} pages in {places.site}")
            folder = places.site.relative_to(places.root)
            lines.append(f"read it: python -m http.server --directory {folder}")
        return "\n".join(lines)
