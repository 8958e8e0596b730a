"""Convolution by hand: five ways forward, both gradients, and what each way costs."""

from cnnfilters.convolution.correlation import convolve, cross_correlate, flipped

__all__ = ["convolve", "cross_correlate", "flipped"]
