"""Layers described by their sizes alone: what each needs, gives, holds, costs and keeps."""

from cnnfilters.arithmetic.layers.convolution import Convolution
from cnnfilters.arithmetic.layers.layer import Kept, Layer
from cnnfilters.arithmetic.layers.linear import Linear
from cnnfilters.arithmetic.layers.pointwise import Pointwise
from cnnfilters.arithmetic.layers.pooling import PoolingLayer
from cnnfilters.arithmetic.layers.reshaping import Flatten
from cnnfilters.arithmetic.shapes import Shape, ShapeError

__all__ = [
    "Convolution",
    "Flatten",
    "Kept",
    "Layer",
    "Linear",
    "Pointwise",
    "PoolingLayer",
    "Shape",
    "ShapeError",
]
