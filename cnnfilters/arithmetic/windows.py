"""Windows along any number of axes: what `ConvGeometry` and `Pooling` are for images alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import KW_ONLY, dataclass
from typing import Any

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.sizes import as_integer, halves

Lengths = tuple[int, ...]

_UNITS = {1: ("positions",), 2: ("rows", "columns"), 3: ("slices", "rows", "columns")}


@dataclass(frozen=True)
class Windows:
    """The windows of a convolution, a transposed one or a pooling along one to three axes.

    A size is an integer for all axes, or a sequence with a member for each.

    Attributes:
        count: How many axes.
        kernel_size: Positions of a window.
        stride: Step of the window.
        padding: Added on each side, or "same".
        dilation: Distance between neighbouring elements of a window.
        output_padding: Added to the far side of a transposed output.
        groups: Into how many separate groups the channels are split.
        transposed: Whether the input is spread out instead of gathered.
        ceil_mode: Whether a last window may hang over the far edge.

    Raises:
        TypeError: A value has the wrong type.
        ValueError: A value breaks a rule.

    Example:
        >>> Windows(1, 3, stride=2, padding=1).output_size((8,))
        (4,)
    """

    count: int
    kernel_size: Any
    _: KW_ONLY
    stride: Any = 1
    padding: Any = 0
    dilation: Any = 1
    output_padding: Any = 0
    groups: int = 1
    transposed: bool = False
    ceil_mode: Any = False

    def __post_init__(self) -> None:
        least = {"kernel_size": 1, "stride": 1, "padding": 0, "dilation": 1, "output_padding": 0}
        for name, bound in least.items():
            value = getattr(self, name)
            if name != "padding" or value != "same":
                object.__setattr__(self, name, along(name, value, self.count, least=bound))
        if self.padding == "same" and self.transposed:
            raise ValueError("`padding` (='same') must be a number when `transposed`")
        if self.padding == "same" and set(self.stride) != {1}:
            raise ValueError(f"`stride` (={self.stride}) must be 1 when `padding` is 'same'")
        object.__setattr__(self, "groups", as_integer("groups", self.groups, least=1))
        if not isinstance(self.ceil_mode, bool):
            raise TypeError(f"`ceil_mode` (={self.ceil_mode!r}) must be True or False")
        _ = self.axes  # each checks what must hold between its own numbers

    def __repr__(self) -> str:
        usual = {"stride": 1, "padding": 0, "dilation": 1, "output_padding": 0, "groups": 1}
        usual |= {"transposed": False, "ceil_mode": False}
        values = {name: shortest(getattr(self, name)) for name in usual}
        changed = [f"{name}={values[name]!r}" for name in usual if values[name] != usual[name]]
        return f"Windows({', '.join([repr(shortest(self.kernel_size)), *changed])})"

    @property
    def axes(self) -> tuple[Axis, ...]:
        """The arithmetic of each axis, `ceil_mode` apart."""
        return tuple(
            Axis(
                kernel=kernel,
                stride=self.stride[at],
                before=before,
                after=after,
                dilation=self.dilation[at],
                transposed=self.transposed,
                added=self.output_padding[at],
                unit=_UNITS[self.count][at],
            )
            for at, (kernel, (before, after)) in enumerate(
                zip(self.kernel_size, self._sides(), strict=True)
            )
        )

    def _sides(self) -> list[tuple[int, int]]:
        """Padding before and after along each axis, "same" worked out."""
        if self.padding != "same":
            return [(side, side) for side in self.padding]
        return [
            halves((kernel - 1) * dilation)
            for kernel, dilation in zip(self.kernel_size, self.dilation, strict=True)
        ]

    def output_size(self, lengths: Lengths) -> Lengths:
        """What comes out along each axis."""
        return tuple(
            windows_along(axis, length, ceil_mode=self.ceil_mode)
            for axis, length in zip(self.axes, lengths, strict=True)
        )


def windows_along(axis: Axis, length: int, *, ceil_mode: bool) -> int:
    """How many windows fit, the last one hanging over the far edge if `ceil_mode` lets it.

    Example:
        >>> windows_along(Axis(2, stride=2), 7, ceil_mode=True)
        4
    """
    short = axis.extent - length - axis.padding  # what a first window lacks
    if not ceil_mode or short >= axis.stride:
        return axis.output_length(length)
    output = -(short // axis.stride) + 1  # the ceiling, in whole numbers
    starts_past_the_end = (output - 1) * axis.stride >= length + axis.before
    return output - 1 if starts_past_the_end else output


def along(name: str, value: Any, count: int, *, least: int) -> Lengths:
    """One number for each axis; a single integer stands for all.

    Example:
        >>> along("stride", 2, 3, least=1)
        (2, 2, 2)
    """
    if not isinstance(value, Sequence) or isinstance(value, str):
        return (as_integer(name, value, least=least),) * count
    if len(value) != count:
        raise ValueError(f"`{name}` (={value!r}) must be an integer, or have {count} members")
    return tuple(as_integer(name, member, least=least) for member in value)


def shortest(lengths: Any) -> Any:
    """The lengths as one would write them: one integer where all agree."""
    return lengths[0] if isinstance(lengths, tuple) and len(set(lengths)) == 1 else lengths
