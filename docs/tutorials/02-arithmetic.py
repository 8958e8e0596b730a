# %% [markdown]
# # Arithmetic with ConvGeometry
#
# How large is the output, which pixels are read, what can a unit see, what does a layer cost? All
# of it follows from a few integers. `ConvGeometry` holds them, and takes PyTorch's names.
#
# The chapters behind it are [Padding and stride](../arithmetic/07-padding-and-stride.md),
# [Transposed and dilated](../arithmetic/08-transposed-and-dilated.md),
# [Receptive fields and small kernels](../arithmetic/09-receptive-fields.md) and
# [Shape clinic](../arithmetic/10-shape-clinic.md).

# %% [markdown]
# ## One geometry
#
# Sizes are integers, or pairs of height and width.

# %%
from cnnfilters.arithmetic import ConvGeometry

halving = ConvGeometry(3, stride=2, padding=1)
halving.output_size(28), halving.output_size((28, 31))

# %% [markdown]
# PyTorch agrees, with values in it.

# %%
import torch
from torch import nn

layer = nn.Conv2d(1, 4, kernel_size=3, stride=2, padding=1)
layer(torch.zeros(1, 1, 28, 31)).shape

# %% [markdown]
# The number of the case in Dumoulin and Visin's guide is known, too.

# %%
halving.relationship

# %% [markdown]
# ## Which pixels are read
#
# Two inputs give the same output, since the floor forgets the remainder. The larger one has a row
# and a column that no window reads.

# %%
bare = ConvGeometry(3, stride=2)
bare.input_sizes(3), bare.unused(7), bare.unused(8)

# %% [markdown]
# How often is each pixel read?

# %%
ConvGeometry(3).visits(6)

# %% [markdown]
# PyTorch can be asked the same by a gradient: let every weight be one, sum all outputs, and look at
# what each pixel contributed.

# %%
image = torch.zeros(1, 1, 6, 6, requires_grad=True)
nn.functional.conv2d(image, torch.ones(1, 1, 3, 3)).sum().backward()
image.grad[0, 0].int()

# %% [markdown]
# ## Back up
#
# A transposed convolution goes from the small map to the large one. To arrive at 28 instead of 27,
# it needs to be told.

# %%
options = {"stride": 2, "padding": 1}
short = ConvGeometry(3, transposed=True, **options)
doubling = ConvGeometry(3, transposed=True, output_padding=1, **options)
short.output_size(14), doubling.output_size(14)

# %% [markdown]
# It can be done directly: stretch the input, pad it, and slide the kernel, rotated by 180°.

# %%
from cnnfilters.arithmetic import rotated

stretch, direct = doubling.equivalent_direct()
stretch, direct

# %%
from cnnfilters.convolution import cross_correlate

small, kernel = torch.arange(25.0).reshape(5, 5), torch.arange(9.0).reshape(3, 3)
ours = cross_correlate(stretch(small), rotated(kernel), geometry=direct)
theirs = nn.functional.conv_transpose2d(
    small[None], kernel[None, None], output_padding=1, **options
)
(ours == theirs[0].numpy()).all()

# %% [markdown]
# From how many inputs does each output come? Uneven counts draw a checkerboard; a kernel that the
# stride divides does not.

# %%
ConvGeometry(3, stride=2, transposed=True).contributions(4)

# %%
ConvGeometry(4, stride=2, padding=1, transposed=True).contributions(4)

# %% [markdown]
# ## Far into a stack
#
# What does a unit after four layers see?

# %%
from cnnfilters.arithmetic import Pooling, receptive_field

half = [ConvGeometry(5), Pooling(2)]
field = receptive_field(half + half)
field, field.pixels(0, 0)

# %% [markdown]
# And what does a whole network look like? `trace` reads an `nn.Sequential` without running it.

# %%
from cnnfilters.arithmetic import trace

layers = [nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
layers += [nn.Conv2d(16, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2)]
layers += [nn.Flatten(), nn.Linear(1568, 10)]
trace(nn.Sequential(*layers), (1, 28, 28))

# %% [markdown]
# A larger image changes one line only, and without it `trace` says which: the linear layer now
# needs 32·8·8 features.

# %%
layers[-1] = nn.Linear(32 * 8 * 8, 10)
trace(nn.Sequential(*layers), (1, 32, 32)).output_shape

# %% [markdown]
# ## Check a formula
#
# The numbered relationships are data, and each can be checked against counted cells.

# %%
from cnnfilters.arithmetic import RELATIONSHIPS, verify

sixth = RELATIONSHIPS[5]
sixth.formula, verify(sixth)

# %% [markdown]
# ## Go on
#
# - Which kernel size, stride and padding take 28 to 7 in one step, reading every pixel?
# - How large a receptive field do five 3×3 layers with dilations of 1, 2, 4, 8 and 1 have?
# - Trace a network of your own.
