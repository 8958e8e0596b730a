# %% [markdown]
# # Train a CNN and look at its kernels
#
# This notebook does what the source tutorial's does: it trains a small network on handwritten
# digits, takes the weights of its first layer, draws them, and sends a 7 through them. Each cell
# ends in a value.
#
# The chapters behind it are [Training](../learning/11-training.md), [Reading the
# weights](../learning/12-reading-the-weights.md) and [Feature
# maps](../learning/14-feature-maps.md). To run it yourself, install the package `cnnfilters` from
# the repository.

# %% [markdown]
# ## The digits
#
# The 5,000 MNIST digits come with a package, so nothing is downloaded. Every fifth is held out:
# the network never learns from it.

# %%
from cnnfilters.digits import load_digits

digits = load_digits()
digits.train_images.shape, digits.held_out_images.shape

# %% [markdown]
# ## Train
#
# `TrainConfig` describes a training completely, so the same config gives the same weights. This
# one is trained the first time and then kept on disk.

# %%
from cnnfilters.config import TrainConfig
from cnnfilters.store import load_or_train

run = load_or_train(TrainConfig())
f"{run.accuracy[-1]:.1%} of {run.data['held_out_words']}"

# %% [markdown]
# A `Run` holds the weights at several steps: index 0 is the untrained start, −1 the end.

# %%
run.steps

# %% [markdown]
# ## The network in PyTorch
#
# The weights are plain arrays. PyTorch takes them back by name.

# %%
import torch
from cnnfilters.model import SmallCNN

model = SmallCNN()
for name, weight in model.state_dict().items():
    weight.copy_(torch.from_numpy(run.weights[name][-1]))
model

# %% [markdown]
# The first layer's weights have four axes: filter, input channel, height and width. There is one
# input channel, since the digits are grey, so each filter is a single kernel.

# %%
kernels = model.conv1.weight.detach()[:, 0]  # (filters, height, width)
kernels.shape

# %% [markdown]
# ## Look at the kernels
#
# One kernel is 25 numbers.

# %%
kernels[0].numpy().round(2)

# %% [markdown]
# All sixteen as pictures share one scale, with white at zero. The second network started from a
# tenth of the usual random weights and is otherwise the same.

# %%
from cnnfilters.figures.learning.four_rows import four_rows

small_start = load_or_train(TrainConfig(conv1_scale=0.1))
four_rows(run, small_start)

# %% [markdown]
# How much of the trained kernels still points along their start? The cosine of the two says it.

# %%
start = torch.from_numpy(run.kernels(0))
torch.cosine_similarity(kernels.flatten(), start.flatten(), dim=0).item()

# %% [markdown]
# ## Send a 7 through them
#
# The network takes ink from 0 to 1 and normalises it first. Here the first layer does its work
# alone.

# %%
from cnnfilters.digits import MEAN, STD

seven = digits.held_out_images[digits.held_out_labels == 7][0]
image = (torch.from_numpy(seven) - MEAN) / STD
maps = model.conv1(image[None, None]).detach()
maps.shape  # (batch, filters, height, width)

# %% [markdown]
# The layer is called `Conv2d`, and what it computes is a cross-correlation: the kernel is not
# flipped. Our own loop-free version, in NumPy, agrees to rounding.

# %%
from cnnfilters.convolution import cross_correlate

bias = model.conv1.bias.detach().numpy()[:, None, None]
ours = cross_correlate(image.numpy(), kernels.numpy()[0]) + bias[0]
float(abs(ours - maps[0, 0].numpy()).max())

# %% [markdown]
# The maps as pictures, before and after ReLU. The figure takes the eight kernels with the largest
# centred edge shares.

# %%
from cnnfilters.figures.units.seven_maps import seven_maps

seven_maps(small_start, digits)

# %% [markdown]
# ## Go on
#
# - Train with `TrainConfig(seed=1)`. Which of the things that you saw are still there?
# - Train with `TrainConfig(labels="shuffled")`: the same images, with labels that mean nothing.
# - Replace `seven` by another digit of `digits.held_out_images`.
