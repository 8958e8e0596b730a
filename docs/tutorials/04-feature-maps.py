# %% [markdown]
# # Feature maps of a digit
#
# A trained network looks at a 7. This notebook follows it through the first layer: the sums, the
# signs, what ReLU throws away, what padding adds, and which kernels the network could do without.
# The chapter behind it is [Feature maps](../learning/14-feature-maps.md).

# %%
from cnnfilters.config import TrainConfig
from cnnfilters.digits import load_digits
from cnnfilters.store import load_or_train

digits = load_digits()
run = load_or_train(TrainConfig(conv1_scale=0.1))  # kernels that are easy to read
seven = digits.held_out_images[digits.held_out_labels == 7][0]
seven.shape

# %% [markdown]
# ## One number of a map
#
# The network sees ink minus its mean, over its standard deviation. Take the window whose top left
# corner is at row 6, column 10, multiply it with a kernel, add everything up, and add the bias.

# %%
from cnnfilters.analysis.forward import Network, normalise

network = Network.of(run)
image = normalise(seven[None])[0, 0]
window, kernel = image[6:11, 10:15], run.kernels()[0]
float((window * kernel).sum() + network.conv1_bias[0])

# %% [markdown]
# The whole map holds one such number for each of 24×24 windows. The same place of it:

# %%
from cnnfilters.analysis.feature_maps import first_layer_maps

maps = first_layer_maps(network, seven)  # before, after: (filters, height, width)
float(maps.before[0, 6, 10])

# %% [markdown]
# ## Signs, and what ReLU keeps
#
# A positive response says that the window resembles the kernel, a negative one that it resembles
# its opposite; or else that much ink lies under weights of that sign. This share of all responses
# is negative, and ReLU sets it to zero:

# %%
float((maps.before < 0).mean())

# %% [markdown]
# The eight kernels with the largest centred edge shares, with one scale for all maps:

# %%
from cnnfilters.figures.units.seven_maps import seven_maps

seven_maps(run, digits)

# %% [markdown]
# ## Twice the contrast, twice the sum
#
# A large response does not have to mean a good match. With the bias and the answer to blank paper
# taken away, half the ink gives half the response.

# %%
import numpy as np

blank = first_layer_maps(network, np.zeros_like(seven)).before
full = maps.before - blank
faint = first_layer_maps(network, seven / 2).before - blank
float(np.abs(faint - full / 2).max())

# %% [markdown]
# ## A frame that nobody drew
#
# Padding puts zeros around the normalised image. Paper is −0.42 there, so zeros look like a grey
# border. These are the responses of each kernel to the border of a blank sheet, over its strongest
# response to the 7.

# %%
from cnnfilters.analysis.feature_maps import padding_frame

padding_frame(network, seven, padding=2).round(2)

# %% [markdown]
# ## Which kernels are needed?
#
# Silence one kernel at a time and count again. First the accuracy with all of them, on 500 digits:

# %%
from cnnfilters.analysis.feature_maps import ablation

images, labels = digits.held_out_images[:500], digits.held_out_labels[:500]
found = ablation(network, images, labels)
found.intact

# %% [markdown]
# Points of accuracy that are lost without each, the most needed first. One digit of 500 is 0.2
# points, so the smallest differences mean nothing.

# %%
np.sort(100 * found.lost)[::-1].round(1)

# %% [markdown]
# ## Go on
#
# - Take another digit: `digits.held_out_images[digits.held_out_labels == 4][0]`.
# - Take the network with the usual start, `TrainConfig()`. Are its maps harder to read?
# - Silence two kernels at once. Do their losses add up?
