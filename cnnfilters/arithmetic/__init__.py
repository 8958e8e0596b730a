"""Convolution arithmetic: sizes, transposed and dilated convolution, pooling, receptive fields."""

from cnnfilters.arithmetic.geometry import ConvGeometry

__all__ = ["ConvGeometry"]
