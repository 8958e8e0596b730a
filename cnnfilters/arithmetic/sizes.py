"""What a caller may write for a size, read once: an integer or a pair (height, width)."""

from __future__ import annotations

from collections.abc import Sequence
from operator import index
from typing import Any, Literal, SupportsIndex, TypeAlias

Size: TypeAlias = SupportsIndex | Sequence[SupportsIndex]
Padding: TypeAlias = Size | Sequence[Sequence[SupportsIndex]] | Literal["same", "valid"]
Pair: TypeAlias = tuple[int, int]
Sides: TypeAlias = tuple[Pair, Pair]

_A_SIZE = "an integer or a pair (height, width) of integers"
_A_PADDING = f"{_A_SIZE}, ((top, bottom), (left, right)), 'same' or 'valid'"


def as_integer(name: str, value: Any, *, least: int, rule: str = "an integer") -> int:
    """The value as an exact `int`; a numpy integer will do, `True` and 3.0 will not.

    Args:
        name: The parameter, for the message.
        value: What the caller gave.
        least: The smallest value allowed.
        rule: What the parameter must be, for the message.

    Raises:
        TypeError: The value is no integer.
        ValueError: It is below `least`.

    Example:
        >>> as_integer("stride", 0, least=1)
        Traceback (most recent call last):
        ValueError: `stride` (=0) must be at least 1
    """
    number = _index(value)
    if number is None:
        raise TypeError(f"`{name}` (={value!r}) must be {rule}")
    if number < least:
        raise ValueError(f"`{name}` (={number}) must be at least {least}")
    return number


def as_pair(name: str, value: Any, *, least: int) -> Pair:
    """One number for each axis, (height, width); a single integer stands for both.

    Raises:
        TypeError: The value is neither an integer nor a sequence of integers.
        ValueError: It has not two members, or one is below `least`.

    Example:
        >>> as_pair("kernel_size", 3, least=1)
        (3, 3)
        >>> as_pair("kernel_size", (3, 5, 7), least=1)
        Traceback (most recent call last):
        ValueError: `kernel_size` (=(3, 5, 7)) must have two members, (height, width)
    """
    if not _is_sequence(value):
        number = as_integer(name, value, least=least, rule=_A_SIZE)
        return number, number
    if len(value) != 2:
        raise ValueError(f"`{name}` (={value!r}) must have two members, (height, width)")
    height, width = (as_integer(name, member, least=least, rule=_A_SIZE) for member in value)
    return height, width


def as_sides(name: str, value: Any) -> Sides:
    """Padding of each side, ((top, bottom), (left, right)).

    Raises:
        TypeError: The value is neither a size nor a pair of pairs.
        ValueError: It has not two members, or one is negative.

    Example:
        >>> as_sides("padding", (1, 2))
        ((1, 1), (2, 2))
    """
    if isinstance(value, str) or not (_is_sequence(value) or _index(value) is not None):
        raise TypeError(f"`{name}` (={value!r}) must be {_A_PADDING}")
    if not (_is_sequence(value) and any(_is_sequence(member) for member in value)):
        height, width = as_pair(name, value, least=0)
        return (height, height), (width, width)
    if len(value) != 2 or not all(_is_sequence(member) and len(member) == 2 for member in value):
        raise ValueError(f"`{name}` (={value!r}) must be ((top, bottom), (left, right))")
    return as_pair(name, value[0], least=0), as_pair(name, value[1], least=0)


def shortest(pair: Pair) -> int | Pair:
    """The pair as a caller would write it: one integer where both members agree."""
    return pair[0] if pair[0] == pair[1] else pair


def shortest_sides(sides: Sides) -> int | Pair | Sides:
    """The padding as a caller would write it: an integer, a pair, or all four sides."""
    (top, bottom), (left, right) = sides
    return shortest((top, left)) if (top, left) == (bottom, right) else sides


def halves(zeros: int) -> Pair:
    """Zeros shared between two sides; a spare one goes to the bottom or right, as in PyTorch.

    Example:
        >>> halves(3)
        (1, 2)
    """
    return zeros // 2, zeros - zeros // 2


def _index(value: Any) -> int | None:
    """The value as an integer, or None; `True` has an index, yet means no size."""
    try:
        return None if isinstance(value, bool) else index(value)
    except TypeError:
        return None


def _is_sequence(value: Any) -> bool:
    """Lists, tuples and arrays with an axis, but no text and no mapping."""
    if isinstance(value, str | bytes):
        return False
    return isinstance(value, Sequence) or bool(getattr(value, "shape", ()))
