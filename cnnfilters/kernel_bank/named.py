"""The kernels that the literature knows by name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

import numpy as np
from jaxtyping import Float
from numpy.typing import ArrayLike

from cnnfilters.kernel_bank.wavelets import gabor

GONZALEZ = "Gonzalez & Woods, Digital Image Processing"
GABOR = "Gabor 1946; Daugman 1985, J. Opt. Soc. Am. A 2, 1160"
PREWITT = "Prewitt 1970, Object enhancement and extraction"
SOBEL = "Sobel & Feldman 1968, talk at the Stanford Artificial Intelligence Project"
ROUNDING = 1e-12  # of the sum of absolute weights


@dataclass(frozen=True, eq=False)
class NamedKernel:
    """A kernel with what there is to say about it; the weights are read-only.

    Attributes:
        name: What `named_kernel` takes, such as `sobel-x`.
        weights: For cross-correlation, read-only.
        formula: Plain text, as a screen reader can say it.
        finds: What a high answer means.
        source: The publication that it is known from.
    """

    name: str
    weights: Float[np.ndarray, "height width"]
    formula: str
    finds: str
    source: str

    @property
    def sums_to_zero(self) -> bool:
        """Whether a flat patch gives zero whatever its brightness, up to rounding.

        Example:
            >>> named_kernel("laplacian").sums_to_zero, named_kernel("sharpen").sums_to_zero
            (True, False)
        """
        return bool(abs(self.weights.sum()) <= ROUNDING * np.abs(self.weights).sum())


def named_kernel(name: str) -> NamedKernel:
    """One kernel by its name.

    Raises:
        ValueError: No kernel has this name.

    Example:
        >>> named_kernel("sobel-x").weights
        array([[-1.,  0.,  1.],
               [-2.,  0.,  2.],
               [-1.,  0.,  1.]])
    """
    bank = named_kernels()
    if name not in bank:
        raise ValueError(f"`name` (={name!r}) must be one of {', '.join(bank)}")
    return bank[name]


@cache
def named_kernels() -> Mapping[str, NamedKernel]:
    """Every named kernel, in the order in which a reader should meet them.

    Example:
        >>> list(named_kernels())[:3]
        ['identity', 'shift-left', 'box']
    """
    kernels = [*_smoothing(), *_edges(), *_lines_and_blobs(), *_waves()]
    return MappingProxyType({kernel.name: kernel for kernel in kernels})


def _smoothing() -> list[NamedKernel]:
    return [
        _kernel(
            "identity",
            [[0, 0, 0], [0, 1, 0], [0, 0, 0]],
            formula="a single 1 in the middle",
            finds="every pixel as it is",
            source="neutral element of convolution",
        ),
        _kernel(
            "shift-left",
            [[0, 0, 0], [0, 0, 1], [0, 0, 0]],
            formula="a single 1 right of the middle",
            finds="the right-hand neighbour, so the picture moves one pixel to the left",
            source="a shifted unit impulse",
        ),
        _kernel(
            "box",
            np.ones((3, 3)) / 9,
            formula="1/9 everywhere",
            finds="the mean of the window",
            source=GONZALEZ,
        ),
        _kernel(
            "gaussian",
            np.outer([1, 2, 1], [1, 2, 1]) / 16,
            formula="1/16 times the column (1, 2, 1) times the row (1, 2, 1)",
            finds="a mean that counts the middle most",
            source="row 2 of Pascal's triangle, twice",
        ),
        _kernel(
            "gaussian-5",
            np.outer([1, 4, 6, 4, 1], [1, 4, 6, 4, 1]) / 256,
            formula="1/256 times the column (1, 4, 6, 4, 1) times the row (1, 4, 6, 4, 1)",
            finds="a mean over a wider window",
            source="Burt & Adelson 1983, IEEE Trans. Communications 31, 532",
        ),
        _kernel(
            "sharpen",
            [[0, -1, 0], [-1, 5, -1], [0, -1, 0]],
            formula="identity minus laplacian",
            finds="every pixel, pushed away from its four neighbours",
            source=GONZALEZ,
        ),
    ]


def _edges() -> list[NamedKernel]:
    rises = {"x": "to the right: upright edges", "y": "downwards: level edges"}
    found = []
    for name, middle, source in (("prewitt", 1, PREWITT), ("sobel", 2, SOBEL)):
        for axis, direction in rises.items():
            across = np.outer([1, middle, 1], [-1, 0, 1])
            first, second = ("column", "row") if axis == "x" else ("row", "column")
            found.append(
                _kernel(
                    f"{name}-{axis}",
                    across if axis == "x" else across.T,
                    formula=f"the {first} (1, {middle}, 1) times the {second} (-1, 0, 1)",
                    finds=f"brightness that grows {direction}",
                    source=source,
                )
            )
    return found


def _lines_and_blobs() -> list[NamedKernel]:
    upright = np.outer([1, 1, 1], [-1, 2, -1])
    return [
        _kernel(
            "line-upright",
            upright,
            formula="the column (1, 1, 1) times the row (-1, 2, -1)",
            finds="a bright upright line, one pixel wide",
            source=GONZALEZ,
        ),
        _kernel(
            "line-level",
            upright.T,
            formula="the row (1, 1, 1) times the column (-1, 2, -1)",
            finds="a bright level line, one pixel wide",
            source=GONZALEZ,
        ),
        _kernel(
            "laplacian",
            [[0, 1, 0], [1, -4, 1], [0, 1, 0]],
            formula="the four neighbours minus 4 times the middle",
            finds="a dark spot; both sides of an edge, with opposite signs",
            source=GONZALEZ,
        ),
        _kernel(
            "laplacian-8",
            [[1, 1, 1], [1, -8, 1], [1, 1, 1]],
            formula="the eight neighbours minus 8 times the middle",
            finds="a dark spot, and diagonals as strongly as the rest",
            source=GONZALEZ,
        ),
    ]


def _waves() -> list[NamedKernel]:
    # phase -90 turns the cosine into a sine: dark on the left, bright on the right, as in sobel-x
    shapes = {"gabor-even": (0, "cosine", "stripes"), "gabor-odd": (-90, "sine", "upright edges")}
    return [
        _kernel(
            name,
            gabor(7, wavelength=4, phase_deg=phase),
            formula=f"a {wave} of wavelength 4 pixels under a Gaussian of sigma 2.25 pixels",
            finds=f"{what}, about 2 pixels wide",
            source=GABOR,
        )
        for name, (phase, wave, what) in shapes.items()
    ]


def _kernel(name: str, weights: ArrayLike, *, formula: str, finds: str, source: str) -> NamedKernel:
    array = np.array(weights, dtype=np.float64)
    array.flags.writeable = False
    return NamedKernel(name, array, formula, finds, source)
