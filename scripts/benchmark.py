#!/usr/bin/env python3
"""Measure how fast everything is, beside what a reader may know; the page *How fast* shows it."""

from __future__ import annotations

import argparse
import json
import os
import platform
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parent), str(Path(__file__).resolve().parents[1])]

from cnnfilters.files import write_atomically
from pipeline.machine import processor
from pipeline.processes import BuildError, fail
from pipeline.sheet import Sheet

QUESTIONS = ("training", "building", "visits", "lab", "growth", "operations")
EXAMPLES = """\
examples:
  python scripts/benchmark.py --root data            everything, about 25 minutes on a quiet machine
  python scripts/benchmark.py operations lab         two of the questions, half a minute
  python scripts/benchmark.py --root data --json docs/how-fast.json    what the page shows

the questions (`training` needs all of MNIST, the others a built site):
  training    seconds to an accuracy, beside the source tutorial's recipe and PyTorch's example
  building    a build with nothing changed, beside one without our hooks
  visits      what a first visit of a page transfers
  lab         a forward pass in the browser
  growth      time by the number of images, channels, figures, tutorials
  operations  each way of computing a cross-correlation, beside PyTorch
"""


def arguments(argv: list[str] | None = None) -> argparse.Namespace:
    """Parse the command line."""
    parser = argparse.ArgumentParser(
        prog="benchmark.py",
        description=__doc__,
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "questions", nargs="*", metavar="QUESTION", help="which to answer (default: all)"
    )
    parser.add_argument(
        "--rounds",
        type=_positive,
        default=5,
        help="measurements of each arm, and seeds of each training (default: %(default)s)",
    )
    parser.add_argument(
        "--threads",
        type=_positive,
        default=1,
        help="CPU threads of PyTorch and NumPy (default: %(default)s)",
    )
    parser.add_argument(
        "--root", metavar="DIR", type=os.path.abspath, help="folder that holds MNIST/raw"
    )
    parser.add_argument("--json", metavar="FILE", type=Path, help="also write all numbers to FILE")
    chosen = parser.parse_args(argv)
    for question in chosen.questions:
        if question not in QUESTIONS:
            parser.error(f"unknown question {question!r}: choose from {', '.join(QUESTIONS)}")
    chosen.questions = chosen.questions or list(QUESTIONS)
    if "training" in chosen.questions and not chosen.root:
        parser.error("training needs --root DIR with all of MNIST in DIR/MNIST/raw")
    return chosen


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is no whole number above 0")
    return int(text)


def answers(chosen: argparse.Namespace) -> dict[str, Sheet]:
    """Answer each question, and print its table as soon as it is there."""
    import torch

    torch.set_num_threads(chosen.threads)
    found: dict[str, Sheet] = {}
    for question in chosen.questions:
        for name, sheet in _ask(question, chosen.rounds, chosen.root).items():
            print(f"\n{sheet.text()}", flush=True)
            found[name] = sheet
    return found


def _ask(question: str, rounds: int, root: str) -> dict[str, Sheet]:
    if question == "training":
        from benchmarks.training import training

        return dict(zip(("training", "limit"), training(root, rounds), strict=True))
    return {question: _sheets()[question](rounds)}


def _sheets() -> Mapping[str, Callable[[int], Sheet]]:
    from benchmarks.building import building
    from benchmarks.growth import growth
    from benchmarks.operations import operations
    from benchmarks.visits import lab, visits

    return {
        "building": building,
        "visits": lambda _: visits(),
        "lab": lab,
        "growth": growth,
        "operations": operations,
    }


def machine(threads: int) -> dict[str, Any]:
    """What the numbers depend on."""
    from cnnfilters.provenance import versions

    return {
        "date": date.today().isoformat(),
        "processor": processor(),
        "cores": os.cpu_count(),
        "threads": threads,
        "system": platform.system(),
        "versions": {"python": platform.python_version(), **versions("torch", "numpy", "mkdocs")},
    }


def main(argv: list[str] | None = None) -> int:
    """Measure, print and perhaps write; the exit status."""
    chosen = arguments(argv)
    os.environ.setdefault("OMP_NUM_THREADS", str(chosen.threads))  # before NumPy is imported
    about = machine(chosen.threads)
    print(" | ".join(f"{name}: {value}" for name, value in about.items()))
    try:
        found = answers(chosen)
    except (BuildError, ValueError, OSError) as error:
        return fail(error)
    if chosen.json:
        sheets = {name: vars(sheet) for name, sheet in found.items()}
        text = json.dumps({"machine": about, "sheets": sheets}, indent=1, ensure_ascii=False)
        write_atomically(chosen.json, text + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
