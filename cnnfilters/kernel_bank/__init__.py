"""Hand-designed kernels: the named ones with their sources, Gabor, Gaussian derivatives, families.

All are meant for cross-correlation, the operation of a network's layer: `sobel-x` answers with a
positive number where brightness grows to the right. x points right, y points down, as rows do.
"""

from cnnfilters.kernel_bank.families import FAMILIES, edge_line_bank, family_bases
from cnnfilters.kernel_bank.named import NamedKernel, named_kernel, named_kernels
from cnnfilters.kernel_bank.templates import family_templates
from cnnfilters.kernel_bank.wavelets import gabor, gaussian_derivative

__all__ = [
    "FAMILIES",
    "NamedKernel",
    "edge_line_bank",
    "family_bases",
    "family_templates",
    "gabor",
    "gaussian_derivative",
    "named_kernel",
    "named_kernels",
]
