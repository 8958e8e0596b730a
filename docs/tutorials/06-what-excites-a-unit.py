# %% [markdown]
# # What excites a unit
#
# Which patches of the digits does a unit of the second layer answer to most, and would an untrained
# unit not do the same? This notebook finds out, goes back from a unit to the pixels, and makes an
# image of its own. The chapter behind it is [What a unit looks
# for](../learning/15-what-a-unit-looks-for.md).

# %%
from cnnfilters.analysis.forward import Network
from cnnfilters.config import TrainConfig
from cnnfilters.digits import load_digits
from cnnfilters.store import load_or_train

digits, run = load_digits(), load_or_train(TrainConfig())
images, network = digits.held_out_images[:1_000], Network.of(run)
network.conv2_weight.shape  # 32 units, each of 16 kernels

# %% [markdown]
# ## The strongest patches
#
# For each of 32 units, the nine digits that excite it most; one row a unit. A unit whose strongest
# response is below zero is silent: ReLU lets nothing of it through, whatever the digit.

# %%
from cnnfilters.analysis.receptive_patches import strongest

found = strongest(network, images, layer="conv2", top=9)
found.response[:3].round(1)  # of the first three units, the strongest first

# %% [markdown]
# What a unit can see follows from the layers below it. Its patch is that, and nothing else.

# %%
from cnnfilters.analysis.receptive_patches import cut, field_of

patches = cut(network, images, found)
field_of(network, "conv2"), patches.shape

# %% [markdown]
# Is it all that the unit needs? Show the network a patch and nothing around it. The map of conv2
# has a single place then, and the same number stands there.

# %%
from cnnfilters.analysis.receptive_patches import responses

alone = responses(network, patches[0], "conv2")  # the nine patches of unit 0
alone.shape, float(abs(alone[:, 0, 0, 0] - found.response[0]).max())

# %% [markdown]
# ## Trained beside untrained
#
# Coherence is the mean correlation of a unit's nine patches, over all pairs of them. The same
# network before its first step is `Network.of(run, 0)`.

# %%
from cnnfilters.analysis.receptive_patches import coherence

start = Network.of(run, 0)
untrained = coherence(cut(start, images, strongest(start, images)))
trained = coherence(patches)
float(trained.mean().round(2)), float(untrained.mean().round(2))

# %% [markdown]
# Patches that no unit chose, from anywhere in random digits:

# %%
from cnnfilters.analysis.receptive_patches import anywhere

random = anywhere(found, images=len(images), side=8)  # a map of conv2 has 8×8 places
float(coherence(cut(network, images, random)).mean().round(2))

# %% [markdown]
# So much of what looks like a finding is there without training. Six units, evenly spaced from the
# most coherent to the least:

# %%
from cnnfilters.figures.units.top_patches import top_patches

top_patches(run, digits)

# %% [markdown]
# ## From which digits?
#
# The digits behind the patches of the most coherent unit, and the share of the commonest digit
# among 50 patches, as the mean of all units:

# %%
from cnnfilters.analysis.receptive_patches import commonest_share

fifty = strongest(network, images, top=50)
share = commonest_share(digits.held_out_labels[fifty.image]).mean()
digits.held_out_labels[found.image[trained.argmax()]], float(share.round(2))

# %% [markdown]
# ## Back to the pixels, and a check
#
# The network's answer to a 7, traced back by guided backpropagation and by the gradient; then once
# more with random weights in every layer. How alike are the pictures before and after?

# %%
from cnnfilters.analysis.randomisation import with_random_layers
from cnnfilters.trained import trained_network

model = trained_network(run)
noise = with_random_layers(model, ["fc", "conv2", "conv1"], seed=1)
sevens = images[digits.held_out_labels[:1_000] == 7][:20]
sevens.shape

# %%
from cnnfilters.analysis.projection import project
from cnnfilters.analysis.randomisation import rank_similarity

kept = {}
for way in ("gradient", "guided"):
    pictures = [project(way, net, "fc", sevens, 7) for net in (model, noise)]
    kept[way] = float(rank_similarity(*pictures).mean().round(2))
kept

# %% [markdown]
# Whatever is kept here can't have been learned.
#
# ## An image of its own
#
# Instead of searching for a strong patch, make one: steps up the gradient, in the pixels. For the
# most coherent unit, beside the response to the best patch of 1,000 digits:

# %%
from cnnfilters.analysis.maximization import maximise

unit = int(trained.argmax())
made = maximise(model, "conv2", unit, shape=(1, 14, 14))[:, 0].numpy()
answer = responses(network, made, "conv2")[0, unit, 0, 0]
float(answer), float(found.response[unit, 0])

# %% [markdown]
# No digit has to look like that image. A strong response is one thing, what a unit does with digits
# is another.
#
# ## Go on
#
# - Do the same for `layer="conv1"`. What are its patches, and how coherent?
# - Look at patches 40 to 50 of a unit instead of the first nine. Does its name still fit?
# - Take `TrainConfig(conv1_scale=0.1)`. Is the trained network more coherent?
