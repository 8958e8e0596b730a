"""Geometries drawn at random, and what PyTorch makes of them."""

from __future__ import annotations

from inspect import unwrap
from typing import Any

import torch
from hypothesis import settings
from hypothesis import strategies as st
from torch.nn import functional

from cnnfilters.arithmetic import ConvGeometry

Size = tuple[int, int]
unhurried = settings(deadline=None, max_examples=60)  # the machine may be busy


def as_a_user(cls: type, **options: Any) -> Any:
    """An instance made as outside of a test run, where no type checker comes before ours.

    The checker also picks the members that it looks at by chance, which hypothesis forbids.
    """
    instance = object.__new__(cls)
    unwrap(cls.__init__)(instance, **options)
    return instance


def pairs(least: int, most: int) -> st.SearchStrategy[Any]:
    """An integer, or a pair."""
    number = st.integers(least, most)
    return number | st.tuples(number, number)


@st.composite
def direct_geometries(draw: st.DrawFn) -> ConvGeometry:
    """Direct geometries: pair-valued, dilated, grouped, with every kind of padding."""
    sides = st.tuples(st.integers(0, 3), st.integers(0, 3))
    padding = draw(pairs(0, 3) | st.tuples(sides, sides) | st.just("same"))
    return as_a_user(
        ConvGeometry,
        kernel_size=draw(pairs(1, 4)),
        stride=1 if padding == "same" else draw(pairs(1, 3)),
        padding=padding,
        dilation=draw(pairs(1, 3)),
        groups=draw(st.integers(1, 3)),
    )


@st.composite
def transposed_geometries(draw: st.DrawFn) -> ConvGeometry:
    """Transposed geometries, with output padding as far as it is allowed."""
    stride = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    dilation = draw(st.tuples(st.integers(1, 3), st.integers(1, 3)))
    rows, columns = (max(both) - 1 for both in zip(stride, dilation, strict=True))
    return as_a_user(
        ConvGeometry,
        kernel_size=draw(pairs(1, 4)),
        stride=stride,
        padding=draw(pairs(0, 3)),
        dilation=dilation,
        groups=draw(st.integers(1, 3)),
        transposed=True,
        output_padding=(draw(st.integers(0, rows)), draw(st.integers(0, columns))),
    )


def input_sizes() -> st.SearchStrategy[Size]:
    """Heights and widths that differ as a rule."""
    return st.tuples(st.integers(1, 9), st.integers(1, 9))


def torch_convolution(
    geometry: ConvGeometry, images: torch.Tensor, weights: torch.Tensor
) -> torch.Tensor:
    """PyTorch's own convolution; unequal sides, which it lacks, are padded before."""
    options: dict[str, Any] = {
        "stride": geometry.stride,
        "dilation": geometry.dilation,
        "groups": geometry.groups,
    }
    if geometry.transposed:
        return functional.conv_transpose2d(
            images,
            weights,
            padding=geometry.padding,
            output_padding=geometry.output_padding,
            **options,
        )
    if geometry.padding == "same":
        return functional.conv2d(images, weights, padding="same", **options)
    (top, bottom), (left, right) = geometry.padding_pairs
    if (top, left) == (bottom, right):
        return functional.conv2d(images, weights, padding=(top, left), **options)
    return functional.conv2d(functional.pad(images, (left, right, top, bottom)), weights, **options)


def torch_size(geometry: ConvGeometry, size: Size) -> Size | None:
    """Height and width that PyTorch gives; None where it refuses."""
    groups = geometry.groups
    images = torch.zeros(1, groups, *size, dtype=torch.float64)  # float32 is compiled per shape
    weights = torch.zeros(groups, 1, *geometry.kernel_pair, dtype=torch.float64)
    try:
        height, width = torch_convolution(geometry, images, weights).shape[-2:]
    except RuntimeError:
        return None
    return height, width


def our_size(geometry: Any, size: Size) -> Size | None:
    """Height and width that we give; None where we refuse."""
    try:
        return geometry.output_size(size)
    except ValueError:
        return None
