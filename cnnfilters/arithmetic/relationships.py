"""The fifteen numbered relationships of the guide to convolution arithmetic, as data.

Source: Dumoulin & Visin 2016, *A guide to convolution arithmetic for deep learning*. The numbers
are its own; wording, predicates and formulas in code are ours. Conditions that the guide leaves
unsaid (p no larger than k − 1 in 9, 13 and 14) are written out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, NamedTuple

from cnnfilters.arithmetic.axis import Axis

Kind = Literal["convolution", "pooling", "transposed"]

SYMBOLS: dict[str, str] = {
    "i": "input size along one axis",
    "o": "output size",
    "k": "kernel size",
    "s": "stride",
    "p": "zero padding on each side",
    "d": "dilation",
    "a": "rows or columns at the end of its padded input that the direct convolution leaves "
    "unread; added at the bottom and right",
    "i'": "input size of the transposed convolution: what the direct one gives",
    "o'": "output size of the transposed convolution: what the direct one takes",
}
"""The letters of the formulas, and what each stands for."""


class Symbols(NamedTuple):
    """One axis in the guide's letters; of a transposed convolution, those of its direct one.

    Attributes:
        k: Kernel size.
        s: Stride.
        p: Zero padding on each side.
        d: Dilation.
        a: Rows or columns that the direct convolution leaves unread at the end of its padded input.
    """

    k: int
    s: int = 1
    p: int = 0
    d: int = 1
    a: int = 0


@dataclass(frozen=True)
class Relationship:
    """One numbered relationship: when it holds and what it says.

    Attributes:
        number: The guide's; None for what it lacks.
        name: Of the case.
        kind: The operation that it is about.
        conditions: In words and letters.
        applies: The conditions as a predicate.
        formula: In TeX.
        output: The formula in code: input size and letters to output size.
        example: Input size and letters of the guide's own picture.
    """

    number: int | None
    name: str
    kind: Kind
    conditions: str
    applies: Callable[[Symbols], bool]
    formula: str
    output: Callable[[int, Symbols], int]
    example: tuple[int, Symbols]


def most_specific(*axes: Axis) -> int | None:
    """The number of the most specific relationship that applies to every axis.

    Args:
        axes: Of one convolution, direct or transposed.

    Returns:
        The number; None where an axis is none of the guide's cases.

    Example:
        >>> most_specific(Axis(kernel=3, before=1, after=1), Axis(kernel=4, before=1, after=1))
        2
    """
    if any(axis.before != axis.after for axis in axes):
        return None  # the guide pads both sides alike
    letters = [Symbols(a.kernel, a.stride, a.before, a.dilation, a.added) for a in axes]
    order = TRANSPOSED_FIRST_TO_LAST if axes[0].transposed else DIRECT_FIRST_TO_LAST
    for number in order:
        if all(map(RELATIONSHIPS[number - 1].applies, letters)):
            return number
    return None


DIRECT_FIRST_TO_LAST = (1, 3, 4, 2, 5, 6, 15)  # the first that applies is the most specific
TRANSPOSED_FIRST_TO_LAST = (8, 10, 11, 9, 12, 13, 14)

RELATIONSHIPS: tuple[Relationship, ...] = (
    Relationship(
        1,
        "No padding, unit stride",
        "convolution",
        "s = 1, p = 0",
        lambda x: x.d == 1 and x.s == 1 and x.p == 0,
        r"o = (i - k) + 1",
        lambda i, x: (i - x.k) + 1,
        (4, Symbols(k=3)),
    ),
    Relationship(
        2,
        "Padding, unit stride",
        "convolution",
        "s = 1, any p",
        lambda x: x.d == 1 and x.s == 1,
        r"o = (i - k) + 2p + 1",
        lambda i, x: (i - x.k) + 2 * x.p + 1,
        (5, Symbols(k=4, p=2)),
    ),
    Relationship(
        3,
        "Half (same) padding",
        "convolution",
        "s = 1, k odd, p = (k − 1) / 2",
        lambda x: x.d == 1 and x.s == 1 and x.k == 2 * x.p + 1,
        r"o = i",
        lambda i, _: i,
        (5, Symbols(k=3, p=1)),
    ),
    Relationship(
        4,
        "Full padding",
        "convolution",
        "s = 1, p = k − 1",
        lambda x: x.d == 1 and x.s == 1 and x.p == x.k - 1,
        r"o = i + (k - 1)",
        lambda i, x: i + (x.k - 1),
        (5, Symbols(k=3, p=2)),
    ),
    Relationship(
        5,
        "No padding, strides",
        "convolution",
        "p = 0, any s",
        lambda x: x.d == 1 and x.p == 0,
        r"o = \left\lfloor \frac{i - k}{s} \right\rfloor + 1",
        lambda i, x: (i - x.k) // x.s + 1,
        (5, Symbols(k=3, s=2)),
    ),
    Relationship(
        6,
        "Padding and strides",
        "convolution",
        "any p and s",
        lambda x: x.d == 1,
        r"o = \left\lfloor \frac{i + 2p - k}{s} \right\rfloor + 1",
        lambda i, x: (i + 2 * x.p - x.k) // x.s + 1,
        (5, Symbols(k=3, s=2, p=1)),
    ),
    Relationship(
        7,
        "Pooling of any kind",
        "pooling",
        "p = 0, any s",
        lambda x: x.d == 1 and x.p == 0,
        r"o = \left\lfloor \frac{i - k}{s} \right\rfloor + 1",
        lambda i, x: (i - x.k) // x.s + 1,
        (5, Symbols(k=3)),
    ),
    Relationship(
        8,
        "No padding, unit stride, transposed",
        "transposed",
        "s = 1, p = 0; pad by k − 1",
        lambda x: x.d == 1 and x.s == 1 and x.p == 0,
        r"o' = i' + (k - 1)",
        lambda i, x: i + (x.k - 1),
        (2, Symbols(k=3)),
    ),
    Relationship(
        9,
        "Padding, unit stride, transposed",
        "transposed",
        "s = 1, p ≤ k − 1; pad by k − p − 1",
        lambda x: x.d == 1 and x.s == 1 and x.p <= x.k - 1,
        r"o' = i' + (k - 1) - 2p",
        lambda i, x: i + (x.k - 1) - 2 * x.p,
        (6, Symbols(k=4, p=2)),
    ),
    Relationship(
        10,
        "Half (same) padding, transposed",
        "transposed",
        "s = 1, k odd, p = (k − 1) / 2; pad by p",
        lambda x: x.d == 1 and x.s == 1 and x.k == 2 * x.p + 1,
        r"o' = i'",
        lambda i, _: i,
        (5, Symbols(k=3, p=1)),
    ),
    Relationship(
        11,
        "Full padding, transposed",
        "transposed",
        "s = 1, p = k − 1; no padding",
        lambda x: x.d == 1 and x.s == 1 and x.p == x.k - 1,
        r"o' = i' - (k - 1)",
        lambda i, x: i - (x.k - 1),
        (7, Symbols(k=3, p=2)),
    ),
    Relationship(
        12,
        "No padding, strides, transposed",
        "transposed",
        "p = 0, s divides i − k; s − 1 zeros between inputs, pad by k − 1",
        lambda x: x.d == 1 and x.p == 0 and x.a == 0,
        r"o' = s(i' - 1) + k",
        lambda i, x: x.s * (i - 1) + x.k,
        (2, Symbols(k=3, s=2)),
    ),
    Relationship(
        13,
        "Padding and strides, transposed",
        "transposed",
        "p ≤ k − 1, s divides i + 2p − k; s − 1 zeros between inputs, pad by k − p − 1",
        lambda x: x.d == 1 and x.p <= x.k - 1 and x.a == 0,
        r"o' = s(i' - 1) + k - 2p",
        lambda i, x: x.s * (i - 1) + x.k - 2 * x.p,
        (3, Symbols(k=3, s=2, p=1)),
    ),
    Relationship(
        14,
        "Padding and strides with a remainder, transposed",
        "transposed",
        "p ≤ k − 1, a = (i + 2p − k) mod s; s − 1 zeros between inputs, pad by k − p − 1, "
        "then a more at the bottom and right",
        lambda x: x.d == 1 and x.p <= x.k - 1 and x.a < x.s,
        r"o' = s(i' - 1) + a + k - 2p",
        lambda i, x: x.s * (i - 1) + x.a + x.k - 2 * x.p,
        (3, Symbols(k=3, s=2, p=1, a=1)),
    ),
    Relationship(
        15,
        "Dilation",
        "convolution",
        "any p, s and d",
        lambda _: True,
        r"o = \left\lfloor \frac{i + 2p - k - (k - 1)(d - 1)}{s} \right\rfloor + 1",
        lambda i, x: (i + 2 * x.p - x.k - (x.k - 1) * (x.d - 1)) // x.s + 1,
        (7, Symbols(k=3, d=2)),
    ),
)
"""All fifteen, in the order of the guide: number 1 comes first."""
