"""`build.py export`: one network as a JSON file that the digit lab opens."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

from cnnfilters.digits import MEAN, STD, load_digits
from cnnfilters.export import ExportError, assumed, export_run, export_weights, with_accuracy
from cnnfilters.export.comparison import check_answers
from cnnfilters.export.format import write_model
from cnnfilters.results import Results
from pipeline.checkpoint import find_state_dict
from pipeline.places import Places

EXAMPLES = """\
examples:
  python scripts/build.py export --run default model.json
  python scripts/build.py export --state-dict mine.pt --name "My network" model.json
  python scripts/build.py export --state-dict mine.pt --answers logits.npy model.json

A state_dict does not say in which order layers run, nor with which activations. Where the network
is at hand, cnnfilters.export.export_module asks the network itself. logits.npy holds what it
answers to 100 digits: cnnfilters.export.check_digits() gives them.

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
        help="your own: what torch.save(model.state_dict(), FILE) wrote, or a checkpoint with it",
    )
    parser.add_argument("--key", help="where the state_dict lies in a checkpoint that has several")
    parser.add_argument(
        "--answers",
        metavar="FILE.npy",
        type=Path,
        help="logits of your network, to be compared with the file's",
    )
    parser.add_argument("--name", help="what the digit lab shows (default: the run or file name)")
    parser.add_argument(
        "--padding",
        type=_padding,
        metavar="N or N,M",
        help="of both convolutions, or of each (default: what the linear layer fits)",
    )
    parser.add_argument(
        "--mean", type=float, help=f"subtracted from ink in [0, 1] (default: {MEAN})"
    )
    parser.add_argument(
        "--std", type=float, help=f"what the difference is divided by (default: {STD})"
    )
    parser.add_argument("output", type=Path, help="the file to write")
    return parser.parse_args(argv)


def export(places: Places, argv: list[str]) -> str:
    """Write the file.

    Returns:
        What was written, in words.

    Raises:
        ExportError: The network cannot be exported.
        OSError: A file cannot be read or written.
        ValueError: The last build has no such Run.
    """
    asked = arguments(argv)
    model, told = _of_run(places, asked) if asked.run else _of_state_dict(asked)
    size = write_model(model, asked.output)
    wrote = (
        f"wrote {model['name']} to {asked.output} ({size / 1000:,.0f} kB): "
        f"{100 * model['accuracy']:.1f} % of {model['accuracy_on']}"
    )
    return "\n".join([wrote, *told])


def _padding(text: str) -> int | tuple[int, int]:
    if not re.fullmatch(r"\d{1,2}(,\d{1,2})?", text):
        raise argparse.ArgumentTypeError(
            f"{text!r} must be a whole number, or two with a comma between: 2 or 2,0 "
            "(padding='same' of a 5×5 kernel is 2)"
        )
    first, _, second = text.partition(",")
    return (int(first), int(second)) if second else int(first)


def _of_run(places: Places, asked: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """The network of a Run."""
    for option in ("answers", "key", "padding", "mean", "std"):
        if getattr(asked, option) is not None:
            raise ExportError(f"`--{option}` goes with --state-dict, not with --run")
    results, result = Results(places.manifest), f"run:{asked.run}"
    known = results.about["results"]
    if result not in known:
        runs = sorted(name.removeprefix("run:") for name in known if name.startswith("run:"))
        headline = ", ".join(name for name in runs if "/" not in name)
        raise ExportError(
            f"`--run` (={asked.run!r}) must be {headline}, or a network of an experiment"
        )
    return export_run(results.get(result), name=asked.run if asked.name is None else asked.name), []


def _of_state_dict(asked: argparse.Namespace) -> tuple[dict[str, Any], list[str]]:
    """The reader's network with its accuracy, what was assumed, and what was checked."""
    key, weights = find_state_dict(asked.state_dict, asked.key)
    model = export_weights(
        weights,
        name=asked.state_dict.stem if asked.name is None else asked.name,
        padding=asked.padding,
        mean=MEAN if asked.mean is None else asked.mean,
        std=STD if asked.std is None else asked.std,
    )
    digits = load_digits("sample")
    checked = check_answers(model, asked.answers, digits) if asked.answers else UNCHECKED
    model = with_accuracy(
        model, digits.held_out_images, digits.held_out_labels, words=digits.held_out_words
    )
    found = [f"read `{key}` of {asked.state_dict}"] if key else []
    return model, [*found, assumed(weights, model), checked]


UNCHECKED = (
    "only the accuracy was checked, not the answers: give logits of your own by --answers, or use "
    "cnnfilters.export.export_module"
)
