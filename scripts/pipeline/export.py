"""`build.py export`: one network as a JSON file that the digit lab opens."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from cnnfilters.digits import MEAN, STD, load_digits
from cnnfilters.export import ExportError, export_run, export_weights, with_accuracy
from cnnfilters.files import write_atomically
from cnnfilters.results import Results
from pipeline.places import MANIFEST

EXAMPLES = """\
examples:
  python scripts/build.py export --run default model.json
  python scripts/build.py export --state-dict mine.pt --name "My network" model.json

The format is described in docs/reference/model-format.md.
"""


def arguments(argv: list[str]) -> argparse.Namespace:
    """Parse the command line that follows `build.py export`."""
    parser = argparse.ArgumentParser(
        prog="build.py export",
        description="Write a trained network as a JSON file that the digit lab opens.",
        epilog=EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--run", metavar="NAME", help="a network of the last build, such as default")
    which.add_argument(
        "--state-dict",
        metavar="FILE",
        type=Path,
        help="your own: what torch.save(model.state_dict(), FILE) wrote",
    )
    parser.add_argument("--name", help="what the digit lab shows (default: the run or file name)")
    parser.add_argument(
        "--padding", type=int, help="of both convolutions (default: what the linear layer fits)"
    )
    parser.add_argument("--mean", type=float, default=MEAN, help="subtracted from ink in [0, 1]")
    parser.add_argument("--std", type=float, default=STD, help="what the difference is divided by")
    parser.add_argument("output", type=Path, help="the file to write")
    return parser.parse_args(argv)


def export(argv: list[str]) -> str:
    """Write the file.

    Returns:
        What was written, in words.

    Raises:
        ExportError: The network cannot be exported.
        OSError: A file cannot be read or written.
        ValueError: The last build has no such Run.
    """
    asked = arguments(argv)
    model = _of_run(asked) if asked.run else _of_state_dict(asked)
    text = json.dumps(model, separators=(",", ":"), allow_nan=False)
    write_atomically(asked.output, text + "\n")
    return (
        f"wrote {model['name']} to {asked.output} ({len(text) / 1000:,.0f} kB): "
        f"{100 * model['accuracy']:.1f} % of {model['accuracy_on']}"
    )


def _of_run(asked: argparse.Namespace) -> dict[str, Any]:
    results, result = Results(MANIFEST), f"run:{asked.run}"
    known = results.about["results"]
    if result not in known:
        runs = sorted(name.removeprefix("run:") for name in known if name.startswith("run:"))
        headline = ", ".join(name for name in runs if "/" not in name)
        raise ExportError(
            f"`--run` (={asked.run!r}) must be {headline}, or a network of an experiment"
        )
    return export_run(results.get(result), name=asked.name or asked.run)


def _of_state_dict(asked: argparse.Namespace) -> dict[str, Any]:
    """The reader's network with its accuracy, in which a wrong padding or mean shows."""
    model = export_weights(
        read_state_dict(asked.state_dict),
        name=asked.name or asked.state_dict.stem,
        padding=asked.padding,
        mean=asked.mean,
        std=asked.std,
    )
    digits = load_digits("sample")
    return with_accuracy(
        model, digits.held_out_images, digits.held_out_labels, words=digits.held_out_words
    )


def read_state_dict(path: Path) -> Mapping[str, np.ndarray]:
    """The arrays of a file that torch wrote, running no code from it.

    Raises:
        ExportError: The file is no state_dict.
        OSError: It cannot be read.
    """
    import torch

    path.stat()  # a missing file says so itself
    try:
        state = torch.load(path, map_location="cpu", weights_only=True)
        return {str(name): value.float().numpy() for name, value in state.items()}
    except Exception as error:  # a foreign file fails in any way: zipfile, pickle, torch
        raise ExportError(
            f"{path} must hold a state_dict and nothing else; write it by "
            "torch.save(model.state_dict(), FILE)"
        ) from error
