"""Cross-correlation by the convolution theorem: a product of spectra."""

from __future__ import annotations

import numpy as np
from jaxtyping import Float

from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution.zeros import spread, zero_pad


def by_fft(
    image: Float[np.ndarray, "channels height width"],
    kernel: Float[np.ndarray, "filters channels kernel_height kernel_width"],
    geometry: ConvGeometry,
) -> Float[np.ndarray, "filters out_height out_width"]:
    """Multiply the image's spectrum by the conjugate of the kernel's, which undoes the flip.

    The transform wraps around at the border. The rows and columns that a wrapped window reaches
    lie at the end and are cut off. The stride skips only at the very end: nothing is saved.
    """
    padded = zero_pad(image, geometry)
    size = padded.shape[1:]
    pixels = np.fft.rfft2(padded)
    weights = np.fft.rfft2(spread(kernel, geometry.dilation_pair), s=size)
    product = np.einsum("cuv,fcuv->fuv", pixels, weights.conj())  # u, v: frequencies
    full = np.fft.irfft2(product, s=size)
    (height, width), (down, right) = geometry.extent_pair, geometry.stride_pair
    inside = full[:, : size[0] - height + 1 : down, : size[1] - width + 1 : right]
    return inside.astype(image.dtype)  # NumPy before 2.0 computes every spectrum in float64
