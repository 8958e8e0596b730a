"""The geometry of one convolution: which sizes go in, which come out, which pixels are read."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, fields

from cnnfilters.arithmetic.sizes import (
    Padding,
    Pair,
    Sides,
    Size,
    as_integer,
    as_pair,
    as_sides,
    shortest,
    shortest_sides,
)


@dataclass(frozen=True)
class ConvGeometry:
    """Everything about a convolution but its numbers, by PyTorch's names and rules.

    A size is an integer for both axes, or a pair (height, width). Integers are exact at any size.

    Attributes:
        kernel_size: Rows and columns of the kernel.
        stride: Step of the window; of a transposed convolution, the step that it undoes.
        padding: Zeros around the input: a size, ((top, bottom), (left, right)), or "same", which
            keeps the image size. A transposed convolution takes that much off its output instead.
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
        least = {"kernel_size": 1, "stride": 1, "dilation": 1, "output_padding": 0}
        for name, bound in least.items():
            self._keep(name, shortest(as_pair(name, getattr(self, name), least=bound)))
        self._keep("groups", as_integer("groups", self.groups, least=1))
        if not isinstance(self.transposed, bool):
            raise TypeError(f"`transposed` (={self.transposed!r}) must be True or False")
        if not (isinstance(self.padding, str) and self.padding == "same"):
            self._keep("padding", shortest_sides(as_sides("padding", self.padding)))
        self._check_together()

    def _keep(self, name: str, value: object) -> None:
        """Store the shortest form, so that equal geometries compare equal."""
        object.__setattr__(self, name, value)

    def _check_together(self) -> None:
        if self.padding == "same" and self.transposed:
            raise ValueError("`padding` (='same') must be a number when `transposed` is True")
        if self.padding == "same" and self.stride != 1:
            raise ValueError(f"`stride` (={self.stride}) must be 1 when `padding` is 'same'")
        if self.output_padding != 0 and not self.transposed:
            raise ValueError(
                f"`output_padding` (={self.output_padding}) must be 0 unless `transposed` is True"
            )
        bounds = map(max, self.stride_pair, self.dilation_pair)
        if any(a and a >= b for a, b in zip(self.output_padding_pair, bounds, strict=True)):
            raise ValueError(
                f"`output_padding` (={self.output_padding}) must be smaller than `stride` "
                f"(={self.stride}) or `dilation` (={self.dilation})"
            )

    def __repr__(self) -> str:
        changed = [
            f"{field.name}={getattr(self, field.name)!r}"
            for field in fields(self)[1:]
            if getattr(self, field.name) != field.default
        ]
        return f"ConvGeometry({', '.join([repr(self.kernel_size), *changed])})"

    @property
    def kernel_pair(self) -> Pair:
        """`kernel_size` as (height, width)."""
        return as_pair("kernel_size", self.kernel_size, least=1)

    @property
    def stride_pair(self) -> Pair:
        """`stride` as (height, width)."""
        return as_pair("stride", self.stride, least=1)

    @property
    def dilation_pair(self) -> Pair:
        """`dilation` as (height, width)."""
        return as_pair("dilation", self.dilation, least=1)

    @property
    def output_padding_pair(self) -> Pair:
        """`output_padding` as (height, width)."""
        return as_pair("output_padding", self.output_padding, least=0)

    @property
    def extent_pair(self) -> Pair:
        """Rows and columns that the kernel reaches over, its gaps included.

        Example:
            >>> ConvGeometry(3, dilation=2).extent_pair
            (5, 5)
        """
        height, width = zip(self.kernel_pair, self.dilation_pair, strict=True)
        return (height[0] - 1) * height[1] + 1, (width[0] - 1) * width[1] + 1

    @property
    def padding_pairs(self) -> Sides:
        """`padding` as ((top, bottom), (left, right)), "same" worked out.

        An even extent needs an odd number of zeros; like PyTorch, the spare one goes to the bottom
        and to the right.

        Example:
            >>> ConvGeometry(4, padding="same").padding_pairs
            ((1, 2), (1, 2))
        """
        if self.padding != "same":
            return as_sides("padding", self.padding)
        height, width = (extent - 1 for extent in self.extent_pair)
        return (height // 2, height - height // 2), (width // 2, width - width // 2)

    def output_size(self, input_size: Size) -> Pair:
        """Height and width of what comes out.

        Args:
            input_size: Of the image, before any padding.

        Returns:
            (height, width), always a pair.

        Raises:
            TypeError: The size has the wrong type.
            ValueError: It is below 1, or nothing comes out: the kernel reaches over more than the
                padded input.

        Example:
            >>> ConvGeometry(3, stride=2, padding=1).output_size((5, 6))
            (3, 3)
            >>> ConvGeometry(3, stride=2, transposed=True).output_size(2)
            (5, 5)

        Source: Dumoulin & Visin 2016, Relationships 6, 14 and 15.
        """
        height, width = as_pair("input_size", input_size, least=1)
        return self._output_length(height, 0), self._output_length(width, 1)

    def _output_length(self, length: int, axis: int) -> int:
        stride, extent = self.stride_pair[axis], self.extent_pair[axis]
        padding = sum(self.padding_pairs[axis])
        if self.transposed:
            return self._spread_length(length, axis)
        if extent > length + padding:
            raise ValueError(
                f"`kernel_size` (={self.kernel_size}) reaches over {extent} {_AXES[axis]} and must "
                f"fit into the padded input, which has {length + padding}"
            )
        return (length + padding - extent) // stride + 1

    def _spread_length(self, length: int, axis: int) -> int:
        stretched = self.stride_pair[axis] * (length - 1) + 1
        padding, added = sum(self.padding_pairs[axis]), self.output_padding_pair[axis]
        output = stretched + self.extent_pair[axis] - 1 - padding + added
        if output < 1:
            raise ValueError(
                f"`padding` (={self.padding}) takes {padding} of {output + padding} {_AXES[axis]} "
                "and must leave at least 1"
            )
        return output


_AXES = ("rows", "columns")
