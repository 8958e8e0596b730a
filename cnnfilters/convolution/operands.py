"""What the public functions take, read and checked once."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float, Shaped
from numpy.typing import ArrayLike

from cnnfilters.arithmetic import ConvGeometry

AXES = MappingProxyType(
    {
        "image": {2: "(height, width)", 3: "(channels, height, width)"},
        "kernel": {2: "(height, width)", 4: "(filters, channels / groups, height, width)"},
        "upstream": {2: "(height, width)", 3: "(filters, height, width)"},
    }
)


class Operands(NamedTuple):
    """An image and a kernel that fit together, in one float type.

    Attributes:
        image: Float32 or float64, as `kernel`.
        kernel: One filter for each map of the result.
        geometry: What the kernel does on it.
        is_plane: Whether two axes came in, so that two go out.
    """

    image: Float[np.ndarray, "channels height width"]
    kernel: Float[np.ndarray, "filters group_channels kernel_height kernel_width"]
    geometry: ConvGeometry
    is_plane: bool


def as_operands(image: ArrayLike, kernel: ArrayLike, geometry: ConvGeometry | None) -> Operands:
    """Image, kernel and geometry, refused where they don't fit together.

    Raises:
        TypeError: An array doesn't hold real numbers, or `geometry` is something else.
        ValueError: Shapes, channels, groups or sizes don't fit together.
    """
    pixels, weights = in_one_float(as_real("image", image), as_real("kernel", kernel))
    is_plane = planes_agree("image", pixels, "kernel", weights)
    pixels, weights = pixels[(None,) * (3 - pixels.ndim)], as_filters(weights)
    geometry = as_geometry(geometry, weights)
    wanted = weights.shape[1] * geometry.groups
    if len(pixels) != wanted:
        raise ValueError(
            f"`image` (={len(pixels)} channels) must have {wanted} channels: `kernel` has "
            f"{weights.shape[1]} in each filter and `groups` is {geometry.groups}"
        )
    geometry.output_size(pixels.shape[1:])  # refuses a kernel that doesn't fit into the image
    return Operands(pixels, weights, geometry, is_plane)


def as_geometry(
    geometry: ConvGeometry | None, kernel: Float[np.ndarray, "filters group_channels height width"]
) -> ConvGeometry:
    """The geometry, or that of the bare kernel; refused where it is not this kernel's.

    Raises:
        TypeError: It is no geometry.
        ValueError: It is transposed, or its kernel size or groups are not the kernel's.
    """
    size = kernel.shape[-2:]
    if geometry is None:
        return ConvGeometry(size)
    check_forward(geometry)
    if geometry.kernel_pair != size:
        raise ValueError(
            f"`kernel` (={size[0]}×{size[1]}) must have the size that `geometry` names, "
            f"{geometry.kernel_pair[0]}×{geometry.kernel_pair[1]}"
        )
    if len(kernel) % geometry.groups:
        raise ValueError(
            f"`groups` (={geometry.groups}) must divide the number of filters, {len(kernel)}"
        )
    return geometry


def check_forward(geometry: ConvGeometry) -> None:
    """Refuse what is no geometry, or one of a transposed convolution.

    Raises:
        TypeError: It is no geometry.
        ValueError: It is transposed.
    """
    if not isinstance(geometry, ConvGeometry):
        raise TypeError(f"`geometry` (={geometry!r}) must be a ConvGeometry")
    if geometry.transposed:
        raise ValueError(
            "`geometry` (transposed=True) must not be transposed; `input_gradient` computes that"
        )


def as_real(name: str, value: ArrayLike) -> Shaped[np.ndarray, "..."]:
    """The value as an array of finite real numbers with as many axes as its name allows.

    Raises:
        TypeError: It can't be read as real numbers.
        ValueError: It has the wrong number of axes, is empty, or holds NaN or infinity.

    Example:
        >>> as_real("image", [1, 2])
        Traceback (most recent call last):
        ValueError: `image` (shape (2,)) must have axes (height, width) or (channels, height, width)
    """
    array = _read(name, value)
    if array.dtype.kind not in "biuf":
        raise TypeError(f"`{name}` (of {array.dtype}) must hold real numbers")
    if array.ndim not in AXES[name]:
        raise ValueError(
            f"`{name}` (shape {array.shape}) must have axes {' or '.join(AXES[name].values())}"
        )
    if array.size == 0:
        raise ValueError(f"`{name}` (shape {array.shape}) must not be empty")
    if not (finite := np.isfinite(array)).all():
        place = tuple(int(i) for i in np.argwhere(~finite)[0])
        raise ValueError(f"`{name}` (={array[place]} at {place}) must be finite everywhere")
    return array


def in_one_float(*arrays: Shaped[np.ndarray, "..."]) -> list[Float[np.ndarray, "..."]]:
    """The arrays in the widest float type among them: float32 or float64.

    Integers follow the floats beside them and are float64 on their own.

    Example:
        >>> image, kernel = in_one_float(np.zeros(2, np.float32), np.array([1, 2]))
        >>> image.dtype, kernel.dtype
        (dtype('float32'), dtype('float32'))
    """
    floats = [array.dtype for array in arrays if array.dtype.kind == "f"]
    narrow = bool(floats) and all(dtype.itemsize <= 4 for dtype in floats)
    return [array.astype(np.float32 if narrow else np.float64, copy=False) for array in arrays]


def as_filters(
    kernel: Float[np.ndarray, "..."],
) -> Float[np.ndarray, "filters group_channels height width"]:
    """The kernel with all four axes; a plane is one filter of one channel."""
    return kernel[(None,) * (4 - kernel.ndim)]


def planes_agree(
    name: str, array: Float[np.ndarray, "..."], other: str, beside: Float[np.ndarray, "..."]
) -> bool:
    """Whether both are planes; refused where only one of them is.

    Raises:
        ValueError: One has two axes and the other more.
    """
    if (array.ndim == 2) != (beside.ndim == 2):
        wanted = 2 if array.ndim == 2 else max(AXES[other])
        raise ValueError(
            f"`{other}` (shape {beside.shape}) must have axes {AXES[other][wanted]} beside "
            f"`{name}` of shape {array.shape}"
        )
    return array.ndim == 2


def _read(name: str, value: Any) -> Shaped[np.ndarray, "..."]:
    try:
        return np.asarray(value)
    except (TypeError, ValueError, RuntimeError) as error:  # ragged rows; a tensor with gradients
        reason = str(error).splitlines()[0]
        raise TypeError(f"`{name}` must be readable as an array of numbers ({reason})") from error
