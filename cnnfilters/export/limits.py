"""How large a network the digit lab opens: one table, read by the exporter and by the page."""

from __future__ import annotations

import json
import math
from types import MappingProxyType
from typing import Any

import numpy as np

LIMITS = MappingProxyType(
    {
        "bytes": 20_000_000,  # of the file: 1,024 hidden units after 3,136 features take 17.5 MB
        "filters": 64,  # of a convolution: each gets a map that can still be looked at
        "kernel": 11,  # rows of a kernel, and columns
        "features": 20_000,  # numbers that a linear layer takes
        "outputs": 1024,  # numbers that it gives
        "linears": 4,  # linear layers
        "characters": 120,  # of a name
        "number": 1_000_000,  # a weight's size: what is larger overflows further on
        "least_std": 0.000001,
    }
)


class ExportError(ValueError):
    """The network is none that the digit lab can run, or a file does not hold one."""


def limits_module() -> str:
    """The table as docs/widgets/lib/model_limits.js, which the page imports.

    Example:
        >>> print(limits_module().splitlines()[2])
          "bytes": 20000000,
    """
    table = json.dumps(dict(LIMITS), indent=2)
    head = "// The table of cnnfilters/export/limits.py, which the exporter reads: change it there."
    return f"{head}\nexport const LIMITS = Object.freeze({table});\n"


def at_most(count: int, limit: str, what: str) -> None:
    """Refuse what the page would refuse.

    Args:
        count: How large it is.
        limit: A name in `LIMITS`.
        what: What it is, to begin the message with.

    Raises:
        ExportError: It is larger.

    Example:
        >>> at_most(64, "filters", "filters of `conv1`")
    """
    if count > LIMITS[limit]:
        raise ExportError(f"{what} (={count:,}) must be at most {LIMITS[limit]:,} in the digit lab")


def check_name(name: str, what: str) -> None:
    """Refuse a name that is empty, longer than the page shows, or of several lines.

    Raises:
        ExportError: It is.
    """
    if not isinstance(name, str) or len(name.splitlines()) > 1:
        raise ExportError(f"{what} (={name!r}) must be a text of one line")
    length = len(name.encode("utf-16-le", "surrogatepass")) // 2  # as JavaScript counts
    if not name.strip() or length > LIMITS["characters"]:
        raise ExportError(
            f"{what} (of {length} characters) must have 1 to {LIMITS['characters']} of them"
        )


def check_numbers(array: np.ndarray, what: str) -> None:
    """Refuse what is no number, or too large a one.

    Raises:
        ExportError: It holds NaN, infinity or a number beyond the limit.
    """
    if not np.isfinite(array).all():
        raise ExportError(f"`{what}` holds a number that is not finite")
    if np.abs(array).max(initial=0) > LIMITS["number"]:
        raise ExportError(f"`{what}` holds a number beyond {LIMITS['number']:,}")


def one_number(value: Any, what: str) -> float:
    """A number, or the only one in a tuple, an array or a tensor.

    Args:
        value: What the reader gave.
        what: Its name, for the message.

    Raises:
        ExportError: It is none, or there are several.

    Example:
        >>> one_number((0.5,), "mean")  # as torchvision's Normalize takes it
        0.5
    """
    try:
        array = np.asarray(value)
    except (TypeError, ValueError, RuntimeError):  # ragged, or a tensor that is elsewhere
        array = np.empty(0)
    if array.size != 1 or array.dtype.kind not in "fiu":
        raise ExportError(f"`{what}` (={value!r}) must be one number")
    return float(array.reshape(()))


def check_input(mean: float, std: float) -> None:
    """Refuse a mean or a standard deviation with which no digit could be seen.

    Raises:
        ExportError: One is not finite, or beyond the limits.
    """
    if not (math.isfinite(mean) and math.isfinite(std) and std > 0):
        raise ExportError(f"`mean` (={mean}) and `std` (={std}) must be finite, `std` above 0")
    if abs(mean) > LIMITS["number"] or not LIMITS["least_std"] <= std <= LIMITS["number"]:
        raise ExportError(
            f"`mean` (={mean}) must be within {LIMITS['number']:,} of 0, and `std` (={std}) "
            f"between {LIMITS['least_std']} and {LIMITS['number']:,}"
        )
