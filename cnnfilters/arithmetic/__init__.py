"""Convolution arithmetic: sizes, transposed and dilated convolution, pooling, receptive fields."""

from cnnfilters.arithmetic.beyond import DILATED_TRANSPOSED
from cnnfilters.arithmetic.enumeration import Verification, verify
from cnnfilters.arithmetic.geometry import ConvGeometry
from cnnfilters.arithmetic.layers import Convolution, Flatten, Linear, Pointwise, ShapeError
from cnnfilters.arithmetic.memory import Memory
from cnnfilters.arithmetic.pooling import Pooling
from cnnfilters.arithmetic.receptive_fields import ReceptiveField, receptive_field
from cnnfilters.arithmetic.relationships import RELATIONSHIPS, SYMBOLS, Relationship, Symbols
from cnnfilters.arithmetic.stack import Trace, TraceRow, count_macs, count_parameters, trace
from cnnfilters.arithmetic.tensorflow import tensorflow_same
from cnnfilters.arithmetic.transposed import Stretch, rotated

__all__ = [
    "ConvGeometry",
    "Convolution",
    "DILATED_TRANSPOSED",
    "Flatten",
    "Linear",
    "Memory",
    "Pointwise",
    "Pooling",
    "RELATIONSHIPS",
    "ReceptiveField",
    "Relationship",
    "SYMBOLS",
    "ShapeError",
    "Stretch",
    "Symbols",
    "Trace",
    "TraceRow",
    "Verification",
    "count_macs",
    "count_parameters",
    "receptive_field",
    "rotated",
    "tensorflow_same",
    "trace",
    "verify",
]
