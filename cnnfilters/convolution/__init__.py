"""Convolution by hand: five ways forward, both gradients, and what each way costs."""

from cnnfilters.convolution.correlation import METHODS, convolve, cross_correlate, flipped
from cnnfilters.convolution.cost import count_multiplications, count_stored_numbers
from cnnfilters.convolution.gradients import input_gradient, kernel_gradient
from cnnfilters.convolution.matrix import as_matrix
from cnnfilters.convolution.normalized import normalized_response

__all__ = [
    "METHODS",
    "as_matrix",
    "convolve",
    "count_multiplications",
    "count_stored_numbers",
    "cross_correlate",
    "flipped",
    "input_gradient",
    "kernel_gradient",
    "normalized_response",
]
