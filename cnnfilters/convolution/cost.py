"""What each way of computing a cross-correlation costs, counted, not timed."""

from __future__ import annotations

from math import log2, prod
from typing import SupportsIndex

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.arithmetic.sizes import Pair, Size, as_integer, as_pair
from cnnfilters.convolution.correlation import METHODS
from cnnfilters.convolution.operands import check_forward


def count_multiplications(
    method: str,
    *,
    input_size: Size,
    geometry: ConvGeometry,
    channels: SupportsIndex = 1,
    filters: SupportsIndex = 1,
) -> int:
    """Multiplications of real numbers in one call of `cross_correlate`, those with zeros included.

    For `fft` the textbook count: N log2 N for the transform of N real numbers, and four for each
    product of two complex ones. The other counts are exact.

    Args:
        method: A method of `cross_correlate`.
        input_size: Height and width of the image before any padding.
        geometry: Kernel size, stride, padding, dilation and groups.
        channels: Of the image.
        filters: Of the kernel.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: `method` is unknown, or the sizes don't fit together.

    Example:
        >>> count_multiplications("loops", input_size=3, geometry=ConvGeometry(2))  # 4 windows of 4
        16
        >>> count_multiplications("matrix", input_size=3, geometry=ConvGeometry(2))  # 4 rows of 9
        36
    """
    size, planes, maps = _checked(method, input_size, geometry, channels, filters)
    outputs = maps * prod(geometry.output_size(size))
    if method == "matrix":
        return geometry.groups * outputs * planes * prod(size)
    if method != "fft":
        return geometry.groups * outputs * planes * prod(geometry.kernel_pair)
    numbers = prod(_padded(size, geometry))
    transforms = planes + maps * planes + maps  # of the image, the kernel, and back again
    products = 4 * maps * planes * _frequencies(size, geometry)
    return geometry.groups * round(transforms * numbers * log2(numbers) + products)


def count_stored_numbers(
    method: str,
    *,
    input_size: Size,
    geometry: ConvGeometry,
    channels: SupportsIndex = 1,
    filters: SupportsIndex = 1,
) -> int:
    """Numbers that a method holds in memory at once, beside image, kernel and result.

    Groups are computed one after the other, so that only one counts. A complex number counts as
    two; what NumPy holds inside a transform does not count.

    Args:
        method: A method of `cross_correlate`.
        input_size: Height and width of the image before any padding.
        geometry: Kernel size, stride, padding, dilation and groups.
        channels: Of the image.
        filters: Of the kernel.

    Raises:
        TypeError: An argument has the wrong type.
        ValueError: `method` is unknown, or the sizes don't fit together.

    Example:
        >>> bare = ConvGeometry(2)
        >>> count_stored_numbers("windows", input_size=3, geometry=bare)  # a view holds none
        0
        >>> count_stored_numbers("im2col", input_size=3, geometry=bare)  # 4 windows of 4
        16
    """
    size, planes, maps = _checked(method, input_size, geometry, channels, filters)
    positions = prod(geometry.output_size(size))
    if method == "matrix":
        return maps * positions * planes * prod(size)
    padded = planes * prod(_padded(size, geometry)) if any(_added(geometry)) else 0
    if method == "im2col":
        return padded + planes * prod(geometry.kernel_pair) * positions
    if method != "fft":
        return padded
    spectra = planes + maps * planes + maps  # of the image, the kernel, and their product
    spaced = maps * planes * prod(geometry.extent_pair)
    back = maps * prod(_padded(size, geometry))
    return padded + spaced + 2 * spectra * _frequencies(size, geometry) + back


def _checked(
    method: str,
    input_size: Size,
    geometry: ConvGeometry,
    channels: SupportsIndex,
    filters: SupportsIndex,
) -> tuple[Pair, int, int]:
    """The input size, and the channels and filters of one group."""
    if method not in METHODS:
        raise ValueError(f"`method` (={method!r}) must be one of {', '.join(METHODS)}")
    check_forward(geometry)
    size = as_pair("input_size", input_size, least=1)
    geometry.output_size(size)  # refuses a kernel that doesn't fit
    counts = []
    for name, value in (("channels", channels), ("filters", filters)):
        count = as_integer(name, value, least=1)
        if count % geometry.groups:
            raise ValueError(f"`{name}` (={count}) must be a multiple of groups, {geometry.groups}")
        counts.append(count // geometry.groups)
    return size, counts[0], counts[1]


def _added(geometry: ConvGeometry) -> Pair:
    """Rows and columns of padding."""
    rows, columns = geometry.padding_pairs
    return sum(rows), sum(columns)


def _padded(size: Pair, geometry: ConvGeometry) -> Pair:
    rows, columns = _added(geometry)
    return size[0] + rows, size[1] + columns


def _frequencies(size: Pair, geometry: ConvGeometry) -> int:
    """Complex numbers in the spectrum of a real image; the other half is their mirror image."""
    height, width = _padded(size, geometry)
    return height * (width // 2 + 1)
