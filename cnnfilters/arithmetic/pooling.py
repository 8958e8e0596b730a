"""The geometry of pooling, with the rule that lets the last window hang over the edge."""

from __future__ import annotations

from dataclasses import KW_ONLY, dataclass, fields

from cnnfilters.arithmetic.axis import Axis
from cnnfilters.arithmetic.sizes import Pair, Size, as_pair, shortest
from cnnfilters.arithmetic.windows import windows_along


@dataclass(frozen=True)
class Pooling:
    """The windows of a max or average pooling, by PyTorch's names and rules.

    Attributes:
        kernel_size: Rows and columns of a window.
        stride: Step of the window; None is the window's own size, so that windows just touch.
        padding: Rows and columns added on each side, half a window at most.
        dilation: Distance between neighbouring elements of a window.
        ceil_mode: Whether a last window may hang over the far edge, where it would otherwise be
            left out; it must start on the image or its near padding.

    Raises:
        TypeError: A value has the wrong type.
        ValueError: A value breaks a rule; the message names parameter, value and rule.

    Example:
        >>> Pooling(2).output_size(7), Pooling(2, ceil_mode=True).output_size(7)
        ((3, 3), (4, 4))

    Source: Dumoulin & Visin 2016, Relationship 7; PyTorch for padding and `ceil_mode`.
    """

    kernel_size: Size
    _: KW_ONLY
    stride: Size | None = None
    padding: Size = 0
    dilation: Size = 1
    ceil_mode: bool = False

    def __post_init__(self) -> None:
        if self.stride is None:
            object.__setattr__(self, "stride", self.kernel_size)
        least = {"kernel_size": 1, "stride": 1, "padding": 0, "dilation": 1}
        for name, bound in least.items():
            pair = as_pair(name, getattr(self, name), least=bound)
            object.__setattr__(self, name, shortest(pair))
        if not isinstance(self.ceil_mode, bool):
            raise TypeError(f"`ceil_mode` (={self.ceil_mode!r}) must be True or False")
        if any(axis.before > axis.kernel // 2 for axis in self.axes):
            raise ValueError(
                f"`padding` (={self.padding}) must be at most half of `kernel_size` "
                f"(={self.kernel_size})"
            )

    def __repr__(self) -> str:
        usual = {field.name: field.default for field in fields(self)} | {"stride": self.kernel_size}
        changed = [
            f"{name}={getattr(self, name)!r}"
            for name, default in list(usual.items())[1:]
            if getattr(self, name) != default
        ]
        return f"Pooling({', '.join([repr(self.kernel_size), *changed])})"

    @property
    def axes(self) -> tuple[Axis, Axis]:
        """The arithmetic of the rows and of the columns, `ceil_mode` apart."""
        kernel = as_pair("kernel_size", self.kernel_size, least=1)
        stride = as_pair("stride", self.stride, least=1)
        padding = as_pair("padding", self.padding, least=0)
        dilation = as_pair("dilation", self.dilation, least=1)
        rows, columns = (
            Axis(k, s, p, p, d, unit=unit)
            for k, s, p, d, unit in zip(
                kernel, stride, padding, dilation, ("rows", "columns"), strict=True
            )
        )
        return rows, columns

    @property
    def relationship(self) -> int | None:
        """7, the guide's number for pooling; None with padding, dilation or `ceil_mode`.

        Example:
            >>> Pooling(2).relationship
            7
        """
        if self.padding != 0 or self.dilation != 1 or self.ceil_mode:
            return None
        return 7

    def output_size(self, input_size: Size) -> Pair:
        """Height and width of what comes out, always as a pair.

        Args:
            input_size: Of the image, before any padding.

        Raises:
            ValueError: The size is below 1, or no window fits.

        Example:
            >>> Pooling(3, stride=2).output_size((28, 29))
            (13, 14)
        """
        height, width = as_pair("input_size", input_size, least=1)
        rows, columns = self.axes
        down = windows_along(rows, height, ceil_mode=self.ceil_mode)
        return down, windows_along(columns, width, ceil_mode=self.ceil_mode)
