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
# Two patterns span the edges of all directions. The edge share of a kernel is the part of its
# variance that the best-fitting of them explains.

# %%
from cnnfilters.analysis.kernels import kernel_shares

sobel = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]
line = [[-1, 2, -1], [-1, 2, -1], [-1, 2, -1]]
[round(float(kernel_shares(kernel).edge), 3) for kernel in (sobel, line)]

# %% [markdown]
# ## What chance gives
#
# Twenty thousand random kernels, as PyTorch starts them:

# %%
from cnnfilters.analysis.nulls import chance_mean, chance_quantile, uniform_kernels

random = kernel_shares(uniform_kernels(count=20_000)).edge
float(random.mean()), chance_mean("edge")

# %% [markdown]
# One random kernel in twenty exceeds this share. Left is the simulation, right the exact value for
# weights from a normal distribution.

# %%
import numpy as np

float(np.quantile(random, 0.95)), chance_quantile("edge", 0.95)

# %% [markdown]
# ## A trained network beside its start

# %%
from cnnfilters.config import TrainConfig
from cnnfilters.store import load_or_train

run = load_or_train(TrainConfig())
shares = {step: kernel_shares(run.kernels(step)).edge for step in (0, -1)}
{step: float(edge.mean().round(3)) for step, edge in shares.items()}

# %% [markdown]
# Each kernel still holds its random start. How many times, and is the rest more edge-like?

# %%
from cnnfilters.analysis.learning import start_and_rest

factor, rest, strength = start_and_rest(run)
round(factor, 2), float(kernel_shares(rest).edge.mean().round(3))

# %% [markdown]
# ## One network is one observation
#
# The 16 kernels of a network learned together. So the unit is the network: train three, for 60
# steps each, and look at their means.

# %%
from cnnfilters.training import train

configs = [TrainConfig(seed=seed, steps=60, conv1_scale=0.1) for seed in range(3)]
runs = [train(config) for config in configs]
means = [float(kernel_shares(each.kernels()).edge.mean()) for each in runs]
np.round(means, 3)

# %% [markdown]
# The mean with its 95 % interval, and a rule that should be written down before looking: the mean
# edge share must be above that of chance.

# %%
from cnnfilters.evidence import Interval, Rule

interval = Interval.of(means)
Rule(above=chance_mean("edge")).verdict(interval), interval

# %% [markdown]
# Three networks are few; the site uses five. A verdict needs an interval that clears the threshold
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
float(kernel_shares(random_kernels(covariance)).edge.mean().round(3))

# %% [markdown]
# ## Go on
#
# - Measure `line` and `blob` instead of `edge`.
# - Train with `pixels="permuted"` or `labels="shuffled"`, and compare.
# - What does the verdict become with `Rule(above=0.4)`?
