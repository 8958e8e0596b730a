# %% [markdown]
# # Filters from photographs
#
# Filters need not be trained. This notebook takes small patches of photographs, looks for filters
# whose answers are sparse, compares them with what chance gives, and uses them as a `Conv2d`. The
# chapter behind it is [Colour, from photographs](../learning/16-colour-from-photographs.md).
#
# ## Patches
#
# The photographs are those that scikit-image and scikit-learn carry. Each patch has three channels
# of 8×8 pixels: 192 numbers.

# %%
from cnnfilters.analysis.patches import colour_photographs, photograph_patches

patches = photograph_patches(count=6_000, side=8, seed=0)
colour_photographs(), patches.shape

# %% [markdown]
# Without its mean and over its contrast, a dim patch counts as much as a bright one:

# %%
from cnnfilters.analysis.patches import contrast_normalised

rows = contrast_normalised(patches)  # (patches, weights)
rows.shape, float(abs(rows.mean(axis=1)).max().round(9))

# %% [markdown]
# ## Filters with sparse answers
#
# FastICA turns 64 filters until their answers are as far from a bell curve as can be.

# %%
from cnnfilters.analysis.independent_components import fit_components

found = fit_components(rows, count=64, seed=0)
found.filters.shape, found.steps

# %% [markdown]
# Their answers are uncorrelated, each with a variance of 1:

# %%
import numpy as np

answers = rows @ found.filters.reshape(64, -1).T
np.abs(np.cov(answers, rowvar=False) - np.eye(64)).max().round(3)

# %% [markdown]
# And they are sparse. The excess kurtosis of a bell curve is 0:

# %%
from cnnfilters.analysis.independent_components import excess_kurtosis

float(np.median(excess_kurtosis(found.filters, rows)).round(1))

# %% [markdown]
# ## The null
#
# A Gaussian twin has the same covariance, and nothing else. The fit uses up all of its steps: one
# direction is as good as another.

# %%
from cnnfilters.analysis.patches import gaussian_twin

twin = gaussian_twin(rows, seed=1)
chance = fit_components(twin, count=64, seed=0)
chance.steps, float(np.median(excess_kurtosis(chance.filters, twin)).round(2))

# %% [markdown]
# ## Direction and colour
#
# What counts as much? Mix the filters at random: the limits are what one mixture in a hundred
# passes.

# %%
from cnnfilters.analysis.orientation_and_colour import chance_limits

limits = chance_limits(found.filters)  # orientation; chroma above and below
np.round(limits, 3)

# %% [markdown]
# How many filters are of each kind, from photographs and from the twin. Chance names some of the
# twin's, too, and among the colour blobs it may name as many: they are few.

# %%
from collections import Counter

from cnnfilters.analysis.orientation_and_colour import kinds

twin_limits = chance_limits(chance.filters)
names = kinds(found.filters, limits), kinds(chance.filters, twin_limits)
[dict(Counter(fit.tolist())) for fit in names]

# %% [markdown]
# And all of them in true colour, zero in middle grey:

# %%
from cnnfilters.experiments.photograph_filters import to_draw
from cnnfilters.figures.photographs.photo_filters import drawn_filters

ours, twins = to_draw(found, limits), to_draw(chance, twin_limits)
drawn_filters({"photographs": ours, "Gaussian twin": twins})

# %% [markdown]
# The patterns of the colour blobs are nearly flat. As red, green and blue, one row for each:

# %%
blob = kinds(found.filters, limits) == "colour blob"
found.patterns[blob].mean(axis=(2, 3)).round(2)

# %% [markdown]
# ## As a layer
#
# The filters are weights like any other. Slid over a whole photograph, they give 64 maps.

# %%
from cnnfilters.analysis.independent_components import as_conv2d

layer = as_conv2d(found.filters)
layer

# %%
import torch
from cnnfilters.photographs import load_photograph

photograph = load_photograph("chelsea", shrink=2)  # (channels, height, width)
maps = layer(torch.from_numpy(photograph)[None])
maps.shape

# %% [markdown]
# It is the same operation as in chapter 2, to rounding:

# %%
from cnnfilters.convolution import cross_correlate

by_hand = cross_correlate(photograph, found.filters[:1])
float(np.abs(maps[0, :1].numpy() - by_hand).max())

# %% [markdown]
# ## Go on
#
# - Take one photograph: `photograph_patches(["flower"], count=6_000)`. Do its colours change?
# - Take `grey=True` and `channels=1`, with 40 components.
# - Start a network with these filters: copy `layer.weight` into its first layer.
