"""Options that change no shape, and with which PyTorch fails only once the layer runs."""

from __future__ import annotations

from numbers import Real
from typing import Any

_NUMBERS = frozenset(
    {
        "alpha",
        "beta",
        "eps",
        "k",
        "lambd",
        "lower",
        "max_val",
        "min_val",
        "momentum",
        "negative_slope",
        "threshold",
        "upper",
        "value",
    }
)
_TRUTHS = frozenset({"ceil_mode", "count_include_pad"})


def check_options(name: str, module: Any) -> None:
    """Numbers must be numbers, and what is true or false no other thing.

    Raises:
        TypeError: An option is of another type than PyTorch takes.
        ValueError: It has a value that PyTorch refuses.
    """
    for option, value in vars(module).items():
        if option in _NUMBERS and not (
            isinstance(value, Real) or _may_be_none(name, option, value)
        ):
            raise TypeError(f"`{option}` (={value!r}) must be a number")
        if option in _TRUTHS and not isinstance(value, bool):
            raise TypeError(f"`{option}` (={value!r}) must be True or False")
    if "BatchNorm" in name and module.eps <= 0:
        raise ValueError(f"`eps` (={module.eps}) must be more than 0, or training would fail")
    if isinstance(getattr(module, "divisor_override", None), bool | float):
        raise TypeError(f"`divisor_override` (={module.divisor_override}) must be an integer")


def _may_be_none(name: str, option: str, value: Any) -> bool:
    """Where nothing stands for what is usual."""
    usual = option == "momentum" or (name, option) == ("RMSNorm", "eps")
    return value is None and (usual or (option == "value" and "Pad" in name))
