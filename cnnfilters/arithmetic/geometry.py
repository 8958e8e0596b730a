"""The geometry of one convolution: which sizes go in, which come out, which pixels are read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import KW_ONLY, dataclass, fields
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from jaxtyping import Int

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.relationships import most_specific
from cnnfilters.arithmetic.sizes import (
    Padding,
    Pair,
    Sides,
    Size,
    as_integer,
    as_pair,
    as_sides,
    halves,
    shortest,
    shortest_sides,
)
from cnnfilters.arithmetic.transposed import Stretch

T = TypeVar("T")

NAMES = ("same", "valid")  # of paddings


@dataclass(frozen=True)
class ConvGeometry:
    """Everything about a convolution but its numbers, by PyTorch's names and rules.

    A size is an integer for both axes, or a pair (height, width). Integers are exact at any size.

    Attributes:
        kernel_size: Rows and columns of the kernel.
        stride: Step of the window; of a transposed convolution, the step that it undoes.
        padding: Zeros around the input: a size, ((top, bottom), (left, right)), "valid", which is
            0, or "same", which keeps the image size. A transposed convolution takes that much off
            its output instead.
        dilation: Distance between neighbouring kernel elements; 1 leaves no gap.
        groups: Into how many separate groups the channels are split.
        transposed: Whether the input is spread out instead of gathered.
        output_padding: Rows and columns added to the bottom and right of a transposed output.

    Raises:
        TypeError: A value has the wrong type.
        ValueError: A value breaks a rule; the message names parameter, value and rule.

    Example:
        >>> ConvGeometry(3, stride=2).output_size(7)
        (3, 3)
        >>> ConvGeometry((2, 5), padding="same").output_size((28, 28))
        (28, 28)

    Source: Dumoulin & Visin 2016, *A guide to convolution arithmetic for deep learning*.
    """

    kernel_size: Size
    _: KW_ONLY
    stride: Size = 1
    padding: Padding = 0
    dilation: Size = 1
    groups: int = 1
    transposed: bool = False
    output_padding: Size = 0

    def __post_init__(self) -> None:
        # the shortest form of each size is kept, so that equal geometries compare equal
        least = {"kernel_size": 1, "stride": 1, "dilation": 1, "output_padding": 0}
        for name, bound in least.items():
            pair = as_pair(name, getattr(self, name), least=bound)
            object.__setattr__(self, name, shortest(pair))
        object.__setattr__(self, "groups", as_integer("groups", self.groups, least=1))
        if not isinstance(self.transposed, bool):
            raise TypeError(f"`transposed` (={self.transposed!r}) must be True or False")
        if isinstance(self.padding, str) and self.padding in NAMES:
            self._check_name()
        if self.padding != "same":
            around = 0 if self.padding == "valid" else self.padding
            object.__setattr__(self, "padding", shortest_sides(as_sides("padding", around)))
        _ = self.axes  # each checks what must hold between its own numbers

    def _check_name(self) -> None:
        if self.transposed:
            raise ValueError(f"`padding` (={self.padding!r}) must be a number when `transposed`")
        if self.padding == "same" and self.stride != 1:
            raise ValueError(f"`stride` (={self.stride}) must be 1 when `padding` is 'same'")

    def __repr__(self) -> str:
        changed = [
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)[1:]
            if getattr(self, field.name) != field.default
        ]
        return f"ConvGeometry({', '.join([repr(self.kernel_size), *changed])})"

    @cached_property
    def kernel_pair(self) -> Pair:
        """`kernel_size` as (height, width)."""
        return as_pair("kernel_size", self.kernel_size, least=1)

    @cached_property
    def stride_pair(self) -> Pair:
        """`stride` as (height, width)."""
        return as_pair("stride", self.stride, least=1)

    @cached_property
    def dilation_pair(self) -> Pair:
        """`dilation` as (height, width)."""
        return as_pair("dilation", self.dilation, least=1)

    @cached_property
    def output_padding_pair(self) -> Pair:
        """`output_padding` as (height, width)."""
        return as_pair("output_padding", self.output_padding, least=0)

    @cached_property
    def extent_pair(self) -> Pair:
        """Rows and columns that the kernel reaches over, its gaps included."""
        (rows, columns), (down, across) = self.kernel_pair, self.dilation_pair
        return (rows - 1) * down + 1, (columns - 1) * across + 1

    @cached_property
    def padding_pairs(self) -> Sides:
        """`padding` as ((top, bottom), (left, right)), "same" worked out.

        Example:
            >>> ConvGeometry(4, padding="same").padding_pairs
            ((1, 2), (1, 2))
        """
        if self.padding != "same":
            return as_sides("padding", self.padding)
        rows, columns = self.extent_pair
        return halves(rows - 1), halves(columns - 1)

    @cached_property
    def axes(self) -> tuple[Axis, Axis]:
        """The arithmetic of the rows and of the columns."""
        return self._axis(0, "rows"), self._axis(1, "columns")

    @property
    def relationship(self) -> int | None:
        """The most specific number that applies to both axes; None where the guide has none.

        Example:
            >>> ConvGeometry(3, padding=1).relationship  # half padding
            3

        Source: Dumoulin & Visin 2016.
        """
        return most_specific(*self.axes)

    def output_size(self, input_size: Size) -> Pair:
        """Height and width of what comes out, always as a pair.

        Args:
            input_size: Of the image, before any padding.

        Raises:
            ValueError: The size is below 1, or nothing comes out.

        Example:
            >>> ConvGeometry(3, stride=2, padding=1).output_size((5, 6))
            (3, 3)
            >>> ConvGeometry(3, stride=2, transposed=True).output_size(2)
            (5, 5)
        """
        return self._per_axis(Axis.output_length, "input_size", input_size)

    def input_sizes(self, output_size: Size) -> tuple[range, range]:
        """All heights and all widths that give this output; empty where there is none.

        Example:
            >>> ConvGeometry(3, stride=2).input_sizes(3)
            (range(7, 9), range(7, 9))
        """
        return self._per_axis(Axis.input_lengths, "output_size", output_size)

    def unused(self, input_size: Size) -> Pair:
        """Rows at the bottom and columns at the right of the padded input that no window reaches.

        Example:
            >>> ConvGeometry(3, stride=2).unused((7, 8))
            (0, 1)
        """
        return self._per_axis(Axis.unused, "input_size", input_size)

    def visits(self, input_size: Size) -> Int[np.ndarray, "height width"]:
        """How many windows read each pixel of the input; padding is not shown.

        Example:
            >>> ConvGeometry(2).visits(3)
            array([[1, 2, 1],
                   [2, 4, 2],
                   [1, 2, 1]])
        """
        return np.outer(*self._per_axis(Axis.visits, "input_size", input_size))

    def contributions(self, input_size: Size) -> Int[np.ndarray, "height width"]:
        """How many pixels of the input each output is made from: uneven counts draw checkerboards.

        Example:
            >>> ConvGeometry((1, 3), stride=2, transposed=True).contributions((1, 2))
            array([[1, 1, 2, 1, 1]])

        Source: Odena, Dumoulin & Olah 2016, *Deconvolution and checkerboard artifacts*.
        """
        return np.outer(*self._per_axis(Axis.contributions, "input_size", input_size))

    def equivalent_direct(self) -> tuple[Stretch, ConvGeometry]:
        """What gives a transposed convolution's output: stretch the input, then convolve directly.

        The direct convolution's weights are the transposed one's, through `rotated`.

        Raises:
            ValueError: The geometry is direct already, or cuts into the stretched input.

        Example:
            >>> ConvGeometry(3, stride=2, padding=1, transposed=True).equivalent_direct()
            (Stretch(zeros_between=(1, 1)), ConvGeometry(3, padding=1))

        Source: Dumoulin & Visin 2016, Relationships 8 to 14; the rotation is left out there.
        """
        if not self.transposed:
            raise ValueError("`transposed` (=False) must be True to have a direct equivalent")
        rows, columns = (axis.direct_padding() for axis in self.axes)
        direct = ConvGeometry(
            self.kernel_size, padding=(rows, columns), dilation=self.dilation, groups=self.groups
        )
        height, width = self.stride_pair
        return Stretch((height - 1, width - 1)), direct

    def _axis(self, axis: int, unit: str) -> Axis:
        return Axis(
            kernel=self.kernel_pair[axis],
            stride=self.stride_pair[axis],
            before=self.padding_pairs[axis][0],
            after=self.padding_pairs[axis][1],
            dilation=self.dilation_pair[axis],
            transposed=self.transposed,
            added=self.output_padding_pair[axis],
            unit=unit,
        )

    def _per_axis(self, answer: Callable[[Axis, int], T], name: str, size: Any) -> tuple[T, T]:
        rows, columns = self.axes
        height, width = as_pair(name, size, least=1)
        return answer(rows, height), answer(columns, width)
