"""Convolution along one axis; rows and columns never interact, so this is all the arithmetic."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from jaxtyping import Int


@dataclass(frozen=True)
class Axis:
    """One axis of a `ConvGeometry`, every size a plain integer.

    Attributes:
        kernel: Cells of the kernel, at least 1.
        stride: Pixels from one window to the next, at least 1.
        before: Padding at the top or left, in pixels.
        after: Padding at the bottom or right, in pixels.
        dilation: Pixels from one cell of the kernel to the next, at least 1.
        transposed: Whether it is the transposed convolution.
        added: Output padding of a transposed one, in pixels.
        unit: What is counted, for messages: `rows` or `columns`.
    """

    kernel: int
    stride: int = 1
    before: int = 0
    after: int = 0
    dilation: int = 1
    transposed: bool = False
    added: int = 0
    unit: str = "rows"

    def __post_init__(self) -> None:
        if self.added and not self.transposed:
            raise ValueError(
                f"`output_padding` (={self.added}) must be 0 unless `transposed` is True"
            )
        if self.added and self.added >= max(self.stride, self.dilation):
            raise ValueError(
                f"`output_padding` (={self.added}) must be smaller than `stride` (={self.stride}) "
                f"or `dilation` (={self.dilation})"
            )

    @property
    def extent(self) -> int:
        """How far the kernel reaches, its gaps included.

        Source: Dumoulin & Visin 2016, section 5.1: k + (k − 1)(d − 1).
        """
        return (self.kernel - 1) * self.dilation + 1

    @property
    def padding(self) -> int:
        """Zeros on both sides together."""
        return self.before + self.after

    def output_length(self, length: int) -> int:
        """Positions that come out.

        Raises:
            ValueError: Nothing comes out.

        Example:
            >>> Axis(kernel=3, stride=2).output_length(7)
            3
            >>> Axis(kernel=3, stride=2, transposed=True).output_length(3)
            7
        """
        if self.transposed:
            return self._spread(length)
        if self.extent > length + self.padding:
            raise ValueError(
                f"`kernel_size` (={self.kernel}) reaches over {self.extent} {self.unit} and must "
                f"fit into the padded input, which has {length + self.padding}"
            )
        return (length + self.padding - self.extent) // self.stride + 1

    def input_lengths(self, output: int) -> range:
        """Every input length that gives this output length; empty where there is none.

        Example:
            >>> Axis(kernel=3, stride=2).input_lengths(3)  # the floor forgets the remainder
            range(7, 9)
        """
        if not self.transposed:
            least = (output - 1) * self.stride + self.extent - self.padding
            return range(max(1, least), max(1, least + self.stride))
        steps, rest = divmod(output - self.added - self.extent + self.padding, self.stride)
        return range(steps + 1, steps + 2) if rest == 0 and steps >= 0 else range(0)

    def unused(self, length: int) -> int:
        """Positions at the end of the padded input that no window reaches.

        Example:
            >>> Axis(kernel=3, stride=2).unused(8)
            1
        """
        output = self.output_length(length)
        if self.transposed:
            return 0
        return length + self.padding - self.extent - (output - 1) * self.stride

    def direct_padding(self) -> tuple[int, int]:
        """Zeros before and after the stretched input of a transposed axis: k − 1 − p, dilated.

        Raises:
            ValueError: The padding is larger than the extent less one, so zeros can't do it.

        Example:
            >>> Axis(3, stride=2, before=1, after=1, transposed=True, added=1).direct_padding()
            (1, 2)
        """
        before = self.extent - 1 - self.before
        after = self.extent - 1 - self.after + self.added
        if min(before, after) < 0:
            raise ValueError(
                f"`padding` (=({self.before}, {self.after}) {self.unit}) must be at most "
                f"{self.extent - 1} for a direct equivalent"
            )
        return before, after

    def visits(self, length: int) -> Int[np.ndarray, " input"]:
        """How many windows read each position of the input.

        Example:
            >>> Axis(kernel=2).visits(4)
            array([1, 2, 2, 1])
        """
        return np.bincount(self._products(length)[1], minlength=length)

    def contributions(self, length: int) -> Int[np.ndarray, " output"]:
        """How many positions of the input each output is made from.

        Example:
            >>> Axis(kernel=2, before=1, after=1).contributions(3)
            array([1, 2, 2, 1])
        """
        return np.bincount(self._products(length)[0], minlength=self.output_length(length))

    def _products(self, length: int) -> tuple[Int[np.ndarray, " n"], Int[np.ndarray, " n"]]:
        """Output and input position of each product with a kernel element, none with padding."""
        near, far = length, self.output_length(length)
        steps, limit = (near, far) if self.transposed else (far, near)
        start, element = np.indices((steps, self.kernel)).reshape(2, -1)
        reached = start * self.stride + element * self.dilation - self.before
        inside = (reached >= 0) & (reached < limit)
        start, reached = start[inside], reached[inside]
        return (reached, start) if self.transposed else (start, reached)

    def _spread(self, length: int) -> int:
        """Size of a transposed convolution's output: each input paints one extent, a stride on."""
        painted = (length - 1) * self.stride + self.extent + self.added
        if painted <= self.padding:
            raise ValueError(
                f"`padding` (={self.padding} {self.unit} in all) must be smaller than the "
                f"{painted} {self.unit} that it is taken from"
            )
        return painted - self.padding
