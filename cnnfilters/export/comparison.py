"""Whether a file answers like the network that it was made from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
from jaxtyping import Float

from cnnfilters.digits import Digits, load_digits
from cnnfilters.export.format import logits
from cnnfilters.export.limits import ExportError

TOLERANCE = 1e-4  # of a logit: float32 in another order of sums gives a tenth of it
EVERY = 10  # of the 1,000 held-out digits, which are sorted by class: 100, ten of each


def check_digits(digits: Digits | None = None) -> Float[np.ndarray, "digits 28 28"]:
    """The digits on which answers are compared: ten of each class, held out.

    Args:
        digits: None: the sample.

    Returns:
        Ink in [0, 1].

    Example:
        >>> check_digits().shape
        (100, 28, 28)
    """
    images = (digits or load_digits()).held_out_images
    return images[::EVERY].astype(np.float64)


def check_answers(model: Mapping[str, Any], path: Path, digits: Digits) -> str:
    """Compare what a file answers with what its network answered elsewhere.

    Args:
        model: An exported network.
        path: An array in NumPy's format, (100, 10) for `check_digits` or (1000, 10) for all
            held-out digits: logits, or what softmax or log_softmax makes of them.
        digits: The sample.

    Returns:
        What was compared, as one line.

    Raises:
        ExportError: The answers part, or the file holds none.
        OSError: It cannot be read.
    """
    expected = _read_answers(path, digits)
    every = len(digits.held_out_images) // len(expected)
    images = digits.held_out_images[::every].astype(np.float64)
    end = _end_of(expected)
    found = AT_THE_END[end](logits(model, images))
    apart = np.abs(found - expected).max(axis=1)
    what = {"": "logits", "_softmax": "probabilities"}.get(end, "logarithms of probabilities")
    if not apart.max() <= TOLERANCE:
        raise ExportError(
            f"the {what} of the file and of {path} part by up to {apart.max():.2g}, most at digit "
            f"{apart.argmax()} of {len(images)}: another activation, order, padding, mean or std, "
            "or other digits; export_module says behind which layer"
        )
    return f"its {what} are within {TOLERANCE:g} of {path} on {len(images)} digits"


def _read_answers(path: Path, digits: Digits) -> Float[np.ndarray, "digits classes"]:
    counts = (len(check_digits(digits)), len(digits.held_out_images))
    try:
        with path.open("rb") as file:
            answers = np.load(file, allow_pickle=False)
    except OSError:
        raise
    except Exception as error:  # a foreign file fails in any way: zipfile, tokenize, memory
        raise ExportError(f"{path} must hold an array that np.save wrote") from error
    shapes = [(count, 10) for count in counts]
    if not isinstance(answers, np.ndarray):
        answers.close()
        raise ExportError(f"{path} is an archive of arrays; write one array by np.save")
    if answers.shape not in shapes:
        raise ExportError(
            f"{path} (of shape {answers.shape}) must hold shape {shapes[0]}, for "
            f"cnnfilters.export.check_digits(), or {shapes[1]}, for all held-out digits"
        )
    if answers.dtype.kind not in "fiu" or not np.isfinite(answers).all():
        raise ExportError(f"{path} (of {answers.dtype}) must hold finite numbers")
    if answers.dtype == np.float16:
        raise ExportError(
            f"{path} (of float16) must hold float32 or float64; float16 rounds more coarsely than "
            "the answers are compared"
        )
    return answers.astype(np.float64)


def _end_of(answers: Float[np.ndarray, "digits classes"]) -> str:
    """Which function made the answers, as their sums tell."""
    if (answers <= 0).all() and np.allclose(np.exp(answers).sum(axis=1), 1, atol=1e-3):
        return "_log_softmax"
    if (answers >= 0).all() and np.allclose(answers.sum(axis=1), 1, atol=1e-3):
        return "_softmax"
    return ""


def largest_difference(found: np.ndarray, expected: np.ndarray) -> float:
    """Between two arrays with as many numbers for each digit, whatever their shape."""
    return float(np.abs(found.reshape(len(found), -1) - expected.reshape(len(found), -1)).max())


def _log_softmax(logits: np.ndarray) -> np.ndarray:
    shifted = logits - logits.max(axis=1, keepdims=True)
    logarithms: np.ndarray = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return logarithms


AT_THE_END: dict[str, Callable[[np.ndarray], np.ndarray]] = {  # by PyTorch's own names
    "": lambda logits: logits,
    "_log_softmax": _log_softmax,
    "_softmax": lambda logits: np.exp(_log_softmax(logits)),
}
