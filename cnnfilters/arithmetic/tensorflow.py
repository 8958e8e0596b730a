"""TensorFlow's `padding="SAME"`, which PyTorch refuses with a stride, as explicit zeros."""

from __future__ import annotations

from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.sizes import Size, as_pair, halves


def tensorflow_same(
    kernel_size: Size, *, input_size: Size, stride: Size = 1, dilation: Size = 1, groups: int = 1
) -> ConvGeometry:
    """The geometry that gives ⌈i / s⌉ outputs with as few zeros as possible.

    The zeros depend on the input's size, and the spare one goes to the bottom or right; so a
    stride of 2 puts the windows elsewhere than PyTorch's `padding=1` does.

    Args:
        kernel_size: As in `ConvGeometry`, like the other options.
        input_size: Of the image that is to be padded.
        stride: Step of the window.
        dilation: Distance between neighbouring kernel elements.
        groups: Into how many separate groups the channels are split.

    Returns:
        A direct geometry with its padding written out.

    Example:
        >>> tensorflow_same(3, input_size=(6, 7), stride=2)
        ConvGeometry(3, stride=2, padding=((0, 1), (1, 1)))

    Source: TensorFlow's documentation of `tf.nn`, *Notes on padding*.
    """
    bare = ConvGeometry(kernel_size, stride=stride, dilation=dilation, groups=groups)
    rows, columns = (
        halves(max(0, (-(-length // axis.stride) - 1) * axis.stride + axis.extent - length))
        for axis, length in zip(bare.axes, as_pair("input_size", input_size, least=1), strict=True)
    )
    return ConvGeometry(
        kernel_size, stride=stride, padding=(rows, columns), dilation=dilation, groups=groups
    )
