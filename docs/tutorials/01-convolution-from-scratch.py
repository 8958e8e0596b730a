# %% [markdown]
# # Convolution from scratch
#
# A layer called `Conv2d` multiplies, adds and slides. This notebook does the same in NumPy, takes
# it apart, compares it with PyTorch, and goes backwards. Each cell ends in a value.
#
# The chapters behind it are [One sliding dot product](../operation/02-one-sliding-dot-product.md)
# to [The same thing as a matrix](../operation/06-as-a-matrix.md).

# %% [markdown]
# ## One number
#
# An image of 3×3 pixels and a kernel of 2×2 weights. The window at the top left meets the kernel:
# four products, one sum.

# %%
import numpy as np

image = np.array([[0, 1, 2], [3, 4, 5], [6, 7, 8]], dtype=float)
kernel = np.array([[0, 1], [2, 3]], dtype=float)
(image[0:2, 0:2] * kernel).sum()

# %% [markdown]
# The kernel fits at four places.

# %%
from cnnfilters.convolution import cross_correlate

cross_correlate(image, kernel)

# %% [markdown]
# ## Five ways to the same numbers
#
# Loops say what is meant; a strided view, one matrix product, a written-out matrix and a product of
# spectra compute the same. What differs is the cost, here in multiplications.

# %%
from cnnfilters.arithmetic import ConvGeometry
from cnnfilters.convolution import METHODS, count_multiplications

answers = [cross_correlate(image, kernel, method=method) for method in METHODS]
bool(np.allclose(answers, answers[0])), list(METHODS)

# %%
digit = {"input_size": (28, 28), "geometry": ConvGeometry(5)}
{method: count_multiplications(method, **digit) for method in METHODS}

# %% [markdown]
# ## A real 7
#
# An edge kernel, minus on its left and plus on its right, slides over a handwritten 7. The figure
# takes the strongest answer apart.

# %%
from cnnfilters.digits import load_digits
from cnnfilters.figures.operation.one_window import one_window

digits = load_digits()
one_window(digits)

# %% [markdown]
# ## Flip
#
# One dot shows what an operation does with its kernel. Cross-correlation turns it by 180°, and
# convolution, which flips first, gives it back as it stands.

# %%
from cnnfilters.convolution import convolve

dot = np.zeros((3, 3))
dot[1, 1] = 1
cross_correlate(dot, kernel), convolve(dot, kernel)

# %% [markdown]
# ## A high number is not yet a match
#
# The kernel's weights sum to 6, so plain ink gives a high number. The normalised response takes
# brightness and contrast away: flat ink has no pattern and gives 0.

# %%
from cnnfilters.convolution import normalized_response

ink = np.ones((2, 2))
raw, normalized = cross_correlate(ink, kernel), normalized_response(ink, kernel)
raw, normalized, normalized_response(kernel, kernel)

# %% [markdown]
# ## Channels
#
# A colour photograph has three channels, so a filter has three kernels. Four filters give four
# maps.

# %%
from cnnfilters.photographs import load_photograph

photograph = load_photograph("astronaut", shrink=4)  # (channels, height, width)
filters = np.random.default_rng(0).normal(size=(4, 3, 5, 5)).astype(np.float32)
geometry = ConvGeometry(5, stride=2, padding=2)
maps = cross_correlate(photograph, filters, geometry=geometry)
photograph.shape, filters.shape, maps.shape

# %% [markdown]
# PyTorch gives the same, to rounding.

# %%
import torch
from torch.nn import functional

batch, weights = torch.from_numpy(photograph)[None], torch.from_numpy(filters)
theirs = functional.conv2d(batch, weights, stride=2, padding=2)
bool(np.allclose(maps, theirs[0].numpy(), atol=1e-4))

# %% [markdown]
# ## As a matrix
#
# The image as one column, the outputs as another: a convolution is a matrix of mostly zeros.

# %%
from cnnfilters.convolution import as_matrix

matrix = as_matrix(kernel, input_size=(3, 3))
matrix

# %%
matrix @ image.ravel()

# %% [markdown]
# ## Backwards
#
# Let the loss be half the sum of the squared outputs. Then its gradient with respect to each output
# is that output, and both gradients follow from it.

# %%
from cnnfilters.convolution import input_gradient, kernel_gradient

upstream = cross_correlate(image, kernel)
of_kernel = kernel_gradient(upstream, image, geometry=ConvGeometry(2))
of_image = input_gradient(upstream, kernel, input_size=(3, 3))
of_kernel, of_image

# %% [markdown]
# Three checks: the transposed matrix, nudging each weight, and PyTorch's own gradient.

# %%
from cnnfilters.analysis.operation import finite_differences

nudged = finite_differences(lambda k: (cross_correlate(image, k) ** 2).sum() / 2, kernel)
weights = torch.tensor(kernel, requires_grad=True)
response = functional.conv2d(torch.tensor(image)[None, None], weights[None, None])
(response.square().sum() / 2).backward()
nudged.round(6), weights.grad.numpy(), (matrix.T @ upstream.ravel()).reshape(3, 3)

# %% [markdown]
# ## Go on
#
# - Give `cross_correlate` a `ConvGeometry(2, dilation=2)`. Which pixels does the kernel see?
# - Replace the edge kernel by one from `cnnfilters.kernel_bank.named_kernels()`.
# - Go on to [Train a CNN and look at its kernels](03-train-and-look.ipynb), where the weights are
#   learned.
