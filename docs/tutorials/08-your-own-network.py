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
# can be exported. Sizes are free. These are 8 and 12 kernels of 3×3, with a padding of 1.

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
# A `state_dict` is a mapping from names to tensors. The layers are told by the shapes of their
# weights, and the padding by what the linear layer fits.

# %%
from cnnfilters.export import export_weights, with_accuracy

weights = {name: tensor.numpy() for name, tensor in model.state_dict().items()}
exported = export_weights(weights, name="My network", mean=0.0, std=1.0)
[layer["type"] for layer in exported["layers"]]

# %% [markdown]
# The exporter comes with a reader of a few lines. It must give the same answers as PyTorch.

# %%
from cnnfilters.export import logits

twenty = digits.held_out_images[:20]
ours = logits(exported, twenty)
theirs = model(torch.from_numpy(twenty)[:, None]).detach().numpy()
bool(abs(ours - theirs).max() < 1e-4)

# %% [markdown]
# Its accuracy on digits that it has not seen goes into the file, too.

# %%
held_out = digits.held_out_images, digits.held_out_labels
exported = with_accuracy(exported, *held_out, words=digits.held_out_words)
exported["accuracy"]

# %% [markdown]
# As text, in kilobytes:

# %%
import json

text = json.dumps(exported)
round(len(text) / 1000)

# %% [markdown]
# Write it with `Path("model.json").write_text(text)` and choose the file in the digit lab. From a
# file on disk, one command does all of this:
#
# ```bash
# python scripts/build.py export --state-dict mine.pt --mean 0 --std 1 model.json
# ```
#
# It reads `mine.pt` with `weights_only=True`, so that nothing in it is executed.
#
# ## What is refused
#
# A network that does not fit is refused in words. A third convolution, for instance:

# %%
from cnnfilters.export import ExportError

try:
    export_weights({**weights, "extra.weight": weights["3.weight"]}, name="Too deep")
except ExportError as error:
    refused = str(error)
refused

# %% [markdown]
# ## Go on
#
# - Put a second linear layer in, with ReLU between the two.
# - Train longer, or with a smaller start: `model[0].weight.data *= 0.1`.
# - Export with the wrong `mean`. What happens to the accuracy?
