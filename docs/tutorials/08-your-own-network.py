# %% [markdown]
# # Your own network
#
# Train a network of your own in PyTorch, write it to a file that holds nothing but numbers, and
# open it in the digit lab of chapter [Feature maps](../learning/14-feature-maps.md). The file's
# fields are listed on the page [Model format](../reference/model-format.md).

# %% [markdown]
# ## Train it
#
# Two convolutions, each followed by pooling and ReLU, then one or more linear layers: this shape
# can be exported, with at most 64 filters of at most 11×11. These are 8 and 12 filters of 3×3, with
# a padding of 1.

# %%
import torch
from torch import nn

torch.manual_seed(0).initial_seed()

# %%
first = [nn.Conv2d(1, 8, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
second = [nn.Conv2d(8, 12, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)]
model = nn.Sequential(*first, *second, nn.Flatten(), nn.Linear(12 * 7 * 7, 10))
model

# %% [markdown]
# The digits as tensors. We leave the ink between 0 and 1, so the mean is 0 and the standard
# deviation 1; whoever reads the file has to know that.

# %%
from cnnfilters.digits import load_digits

digits = load_digits()
images = torch.from_numpy(digits.train_images)[:, None]  # (digits, 1, height, width)
labels = torch.from_numpy(digits.train_labels).long()
images.shape

# %%
optimizer = torch.optim.Adam(model.parameters(), lr=3e-3)
for batch in torch.randperm(4_000).repeat(2).split(50):
    loss = nn.functional.cross_entropy(model(images[batch]), labels[batch])
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
round(loss.item(), 3)

# %% [markdown]
# ## Export it
#
# `export_module` takes the network itself, shows it 100 held-out digits and notes every operation
# on them. It writes the file only if the file gives the same logits, within 0.0001.

# %%
from pathlib import Path
from tempfile import mkdtemp

from cnnfilters.export import export_module

file = Path(mkdtemp()) / "model.json"  # where you like
said = export_module(model, file, mean=0.0, std=1.0, name="My network")
said.partition(": ")[2]

# %% [markdown]
# The line says which layers were found, how close the answers are, and how many digits are named
# right. Choose the file in the digit lab. The network is left as it was, and the file holds numbers
# only: nothing in it can run.

# %%
import json

exported = json.loads(file.read_text(encoding="utf-8"))
[layer["type"] for layer in exported["layers"]]

# %% [markdown]
# The package comes with a reader of a few lines, which defines what the file means.

# %%
from cnnfilters.export import logits

twenty = digits.held_out_images[:20]
theirs = model(torch.from_numpy(twenty)[:, None]).detach().numpy()
bool(abs(logits(exported, twenty) - theirs).max() < 1e-4)

# %% [markdown]
# ## What is refused
#
# What the lab does not have is refused by name. Another activation, for instance:

# %%
from cnnfilters.export import ExportError

smooth = nn.Sequential(*(nn.Tanh() if isinstance(layer, nn.ReLU) else layer for layer in model))
try:
    export_module(smooth, file, mean=0.0, std=1.0)
except ExportError as error:
    refused = str(error)
refused

# %% [markdown]
# The earlier file stays. Batch normalisation directly behind a convolution is not refused: after
# training it only multiplies and adds, so it is folded into the convolution's weights.
#
# ## From a file with weights alone
#
# A `state_dict` holds arrays, and not what is done with them. `export_weights` tells the layers by
# the shapes of their weights, takes their order for that of `forward`, and puts ReLU between them.
# Here the arrays of the network with tanh pass, and the logits are wrong by as much as:

# %%
from cnnfilters.export import check_digits, export_weights

weights = {name: tensor.numpy() for name, tensor in smooth.state_dict().items()}
guessed = export_weights(weights, name="My network", mean=0.0, std=1.0)
theirs = smooth(torch.from_numpy(check_digits()).float()[:, None]).detach().numpy()
round(float(abs(logits(guessed, check_digits()) - theirs).max()), 1)

# %% [markdown]
# One command does the same with a file. It says what it assumed, and compares the answers if you
# save them beside the weights:

# %%
import numpy as np

images = torch.from_numpy(check_digits()).float()[:, None]
torch.save(model.state_dict(), file.with_name("mine.pt"))
np.save(file.with_name("logits.npy"), model.eval()(images).detach().numpy())
images.shape

# %% [markdown]
# ```bash
# python scripts/build.py export --state-dict mine.pt --answers logits.npy --mean 0 --std 1 out.json
# ```
#
# It reads `mine.pt` with `weights_only=True`, so that nothing in it is executed.
#
# ## Go on
#
# - Put a second linear layer in, with ReLU between the two.
# - Put `nn.BatchNorm2d(8)` behind the first convolution. Which layers does the file hold?
# - Export with the wrong `mean`. What happens to the accuracy, and what to the comparison?
