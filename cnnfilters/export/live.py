"""A network that is at hand: it is asked what it does, and the file has to answer the same."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from jaxtyping import Float

from cnnfilters.digits import load_digits
from cnnfilters.export.comparison import AT_THE_END, TOLERANCE, check_digits, largest_difference
from cnnfilters.export.format import steps, with_accuracy, write_model
from cnnfilters.export.layers import model_of, words_of
from cnnfilters.export.limits import ExportError, check_input, one_number
from cnnfilters.export.reading import Reading, read_steps, with_input

if TYPE_CHECKING:
    from torch import nn


def export_module(
    network: nn.Module, path: str | Path, *, mean: float, std: float, name: str | None = None
) -> str:
    """Write a live network as a file for the digit lab, and check that both answer the same.

    The network is shown 100 held-out digits, at rest: without dropout, and with the running
    statistics of batch normalisation. Every operation on them is noted, so that it does not matter
    how `forward` is written. The file is written if its logits for these digits are within 1e-4 of
    the network's. A softmax or log_softmax at the end is left out, since the lab takes softmax
    itself; what enters it is compared. The network is left as it was: its mode, hooks, types of
    numbers and devices.

    Args:
        network: Any module that takes digits of shape `(batch, 1, 28, 28)` and gives ten logits.
        path: Where to write.
        mean: What you subtract from ink in [0, 1] before the network sees it; a number, or a tuple
            of one.
        std: What you then divide by, likewise. Where the network normalises digits itself, either
            0 and 1, or its own mean and standard deviation.
        name: What the lab's reader sees; None: the file's name.

    Returns:
        What was written and checked, as one line.

    Raises:
        ExportError: The lab has not all that the network does; or their answers part, and the line
            says behind which layer and by how much. No file is written, an earlier one stays.
        OSError: The file cannot be written.
    """
    from cnnfilters.export.recording import left_as_it_was  # torch is loaded only where it runs

    mean, std = one_number(mean, "mean"), one_number(std, "std")
    check_input(mean, std)
    _check_module(network)
    path, digits = Path(path), load_digits()
    images = check_digits(digits)
    with left_as_it_was(network):
        asked = _ask(network, images, mean=mean, std=std)
    reading, given = asked.reading, {"mean": asked.mean, "std": asked.std}
    model = model_of(reading.convolutions, reading.linears, name=name or path.stem, **given)
    apart = _difference(asked, model, images)
    held_out = digits.held_out_images, digits.held_out_labels
    model = with_accuracy(model, *held_out, words=digits.held_out_words)
    size = write_model(model, path)
    left_out = f"; {reading.end.lstrip('_')} at the end is left out" if reading.end else ""
    return (
        f"wrote {model['name']} to {path} ({size / 1000:,.0f} kB): {words_of(model)}{left_out}; "
        f"its logits are within {apart:.0e} of the network's on {len(images)} digits, "
        f"{100 * model['accuracy']:.1f} % of {model['accuracy_on']}"
    )


def _check_module(network: Any) -> None:
    from torch import nn

    if isinstance(network, type) and issubclass(network, nn.Module):
        raise ExportError(
            f"`network` is the class {network.__name__}; give the trained module, which it made"
        )
    if not isinstance(network, nn.Module):
        raise ExportError(
            f"`network` (a {type(network).__name__}) must be a torch.nn.Module; of a state_dict "
            "alone, `export_weights` makes what can be made"
        )


@dataclass(frozen=True)
class Asked:
    """A network that was shown digits.

    Attributes:
        reading: Its layers.
        shown: The digits as it takes them.
        answers: What it gave, with nothing noted.
        mean: What is subtracted from ink in [0, 1] before the first convolution, by whomever.
        std: What is then divided by.
    """

    reading: Reading
    shown: Float[np.ndarray, "n 1 28 28"]
    answers: Float[np.ndarray, "n classes"]
    mean: float
    std: float


def _ask(
    network: nn.Module, images: Float[np.ndarray, "n 28 28"], *, mean: float, std: float
) -> Asked:
    from cnnfilters.export.recording import answers, record

    shown = (images[:, None] - mean) / std
    reading = read_steps(record(network, shown).path())
    own = with_input(reading, mean=0.0, std=1.0)
    if (mean, std) != (0, 1) and np.allclose(own, (mean, std), rtol=1e-6):
        return _ask(network, images, mean=0.0, std=1.0)  # they say what the network does itself
    mean, std = with_input(reading, mean=mean, std=std)
    return Asked(reading, shown, answers(network, shown), mean, std)


def _difference(asked: Asked, model: dict[str, Any], images: Float[np.ndarray, "n 28 28"]) -> float:
    """The largest difference between the logits of the file and the network.

    Raises:
        ExportError: It is too large; or the network answered otherwise when it was asked again.
    """
    found = list(steps(model, images))
    *_, (_, _, noted) = asked.reading.outputs
    again = largest_difference(AT_THE_END[asked.reading.end](noted), asked.answers)
    if not again <= TOLERANCE:
        raise ExportError(
            f"the network answers the same {len(images)} digits otherwise when it is asked again, "
            f"by up to {again:.2g}; no file is written"
        )
    apart = largest_difference(found[-1], noted)
    if not apart <= TOLERANCE:
        where, by = _parting(asked.reading, found)
        raise ExportError(
            f"the file and the network part behind `{where}`, by up to {by:.2g} on {len(images)} "
            f"digits, and their logits by {apart:.2g}; no file is written"
        )
    return apart


def _parting(reading: Reading, found: list[np.ndarray]) -> tuple[str, float]:
    """The first layer behind which numbers differ by more than a share of the largest."""
    for place, name, output in reading.outputs:
        apart = largest_difference(found[place], output)
        if not apart <= TOLERANCE * max(1.0, np.abs(output).max()):
            return name, apart
    return name, apart
