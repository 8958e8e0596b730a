# %% [markdown]
# # Is it an edge? Measuring against a null
#
# Noise can look like an edge. This notebook measures how much of a kernel is one, what chance would
# give, and what several networks say. The chapters behind it are [Reading the
# weights](../learning/12-reading-the-weights.md) and [What makes
# edges](../learning/13-what-makes-edges.md).

# %% [markdown]
# ## A number for "edge-like"
#
# Hold a kernel against edges of many angles, places and widths. Its edge fit is the part of its
# energy, without its mean, that the best of them explains. An edge and a line, both off the centre:

# %%
from cnnfilters.analysis.nulls import kernel_fits, name_kernels

edge = [[0, 1, 1, 1, 1]] * 5
line = [[0, 0, 0, 1, 0]] * 5
[round(float(kernel_fits(kernel).edge), 2) for kernel in (edge, line)], name_kernels([edge, line])

# %% [markdown]
# ## What chance gives
#
# Half of the line is explained by some edge. Is that much? Twenty thousand random kernels, as
# PyTorch starts them: their mean, and what one in a hundred exceeds.

# %%
import numpy as np

from cnnfilters.analysis.nulls import fit_chance, uniform_kernels

random = kernel_fits(uniform_kernels(count=20_000, seed=1)).edge
random.mean().round(2), np.quantile(random, 0.99).round(2), fit_chance()["edge"]

# %% [markdown]
# Another measure looks at the middle of the kernel alone, where two patterns span the edges of all
# directions: the centred share. Its chance is known exactly, 2 directions of 24. But it cannot see
# that the line is one, since the line lies one pixel to the right.

# %%
from cnnfilters.analysis.kernels import kernel_shares
from cnnfilters.analysis.nulls import chance_mean

chance_mean("edge"), round(float(kernel_shares(line).line), 2)

# %% [markdown]
# ## How often is a name right?
#
# Draw a thousand lines, each at its own angle, place and width, with noise of a tenth of its
# energy, and see what they are called. Then noise that is only smooth: many of its kernels get a
# name, too.

# %%
from cnnfilters.analysis.power import named_shares

named_shares("line", snr=10), named_shares("smooth-noise")

# %% [markdown]
# ## A trained network beside its start

# %%
from cnnfilters.config import TrainConfig
from cnnfilters.store import load_or_train

run = load_or_train(TrainConfig())
fits = {step: kernel_fits(run.kernels(step)).edge for step in (0, -1)}
{step: float(fit.mean().round(3)) for step, fit in fits.items()}

# %% [markdown]
# Together the kernels still hold their random start. How many times, and is the rest more
# edge-like?

# %%
from cnnfilters.analysis.learning import start_and_rest

factor, rest, strength = start_and_rest(run)
round(factor, 2), float(kernel_fits(rest).edge.mean().round(3))

# %% [markdown]
# ## One network is one observation
#
# The 16 kernels of a network learned together. So the unit is the network: train three, for 60
# steps each, and look at their means.

# %%
from cnnfilters.training import train

configs = [TrainConfig(seed=seed, steps=60, conv1_scale=0.1) for seed in range(3)]
runs = [train(config) for config in configs]
means = [float(kernel_fits(each.kernels()).edge.mean()) for each in runs]
np.round(means, 3)

# %% [markdown]
# The mean with its 95 % interval, and a rule that should be written down before looking: the mean
# edge fit must be above that of chance.

# %%
from cnnfilters.evidence import Interval, Rule

interval = Interval.of(means)
Rule(above=fit_chance()["edge"].mean).verdict(interval), interval

# %% [markdown]
# Three networks are few; the site uses ten. A verdict needs an interval that clears the threshold
# by half of its own width.
#
# ## A harder null
#
# Independent weights are easily beaten: any smooth kernel does it. Random kernels that are as
# smooth as patches of the digits are the fairer comparison.

# %%
from cnnfilters.analysis.nulls import patch_covariance, random_kernels
from cnnfilters.digits import load_digits

covariance = patch_covariance(load_digits().train_images[:500])
float(kernel_fits(random_kernels(covariance)).edge.mean().round(3))

# %% [markdown]
# ## Go on
#
# - Measure `line` and `blob` instead of `edge`.
# - Train with `pixels="permuted"` or `labels="shuffled"`, and compare.
# - What does the verdict become if these smooth kernels are the threshold?
