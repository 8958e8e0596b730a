"""What the unit browser shows is what PyTorch, numpy and the digits say."""

import base64
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
import torch
from torch.nn import functional

from analysis.network import random_network
from cnnfilters.analysis.fits import best_fits
from cnnfilters.analysis.unit_browser import ENDS, INK, LAYERS, SIGNED, units
from cnnfilters.digits import MEAN, STD, load_digits
from cnnfilters.export import unpack

SIDES = {"conv1": 5, "conv2": 14}
COUNTS = {"conv1": 16, "conv2": 32}
PADDINGS = (0, 2)

each_layer = pytest.mark.parametrize("layer", LAYERS)
each_padding = pytest.mark.parametrize("padding", PADDINGS)


@cache
def few_digits():
    digits = load_digits()
    return replace(
        digits,
        held_out_images=digits.held_out_images[::20],
        held_out_labels=digits.held_out_labels[::20],
    )


@cache
def network(padding):
    """A training from one random network to another."""
    start, trained = (random_network(padding, seed=seed) for seed in (1, 2))
    weights = {
        name: np.stack([start.run.weights[name][-1], trained.run.weights[name][-1]])
        for name in start.run.weights
    }
    return replace(trained.run, weights=weights), {"start": start.model, "trained": trained.model}


@cache
def shown(padding, layer, end="trained"):
    return units(network(padding)[0], few_digits(), layer=layer, end=end)


def array(packed, dtype=np.uint8):
    numbers = np.frombuffer(base64.b64decode(packed["bytes"]), dtype)
    return numbers.reshape(packed["shape"]).astype(float)


def dequantised(packed):
    """Signed pictures, and half the distance of two levels of each."""
    levels = array(packed, np.int8)
    scales = np.reshape(packed["scales"], (-1, *[1] * (levels.ndim - 1)))
    return levels / SIGNED * scales, scales / SIGNED / 2 + 1e-6


def maps(model, layer, images):
    """PyTorch's numbers of a layer, before pooling and ReLU."""
    first = model.conv1((images - MEAN) / STD)
    if layer == "conv1":
        return first
    return model.conv2(functional.relu(functional.max_pool2d(first, 2)))


def in_torch(images):
    return torch.from_numpy(np.asarray(images, np.float32))[:, None]


@each_padding
@each_layer
def test_responses_are_the_strongest_that_pytorch_finds(layer, padding):
    data, (_, models) = shown(padding, layer), network(padding)
    with torch.no_grad():
        best = maps(models["trained"], layer, in_torch(few_digits().held_out_images))
    wanted = best.flatten(2).amax(2).topk(9, dim=0).values.T
    np.testing.assert_allclose(data["responses"], wanted, atol=1e-3)


@each_padding
@each_layer
def test_patches_are_cut_where_it_says_from_the_digits_it_names(layer, padding):
    data, digits = shown(padding, layer), few_digits()
    around = 6
    padded = np.pad(
        digits.held_out_images, [(0, 0), (around, around), (around, around)], constant_values=MEAN
    )
    patches = array(data["patches"]) / INK
    assert patches.shape == (COUNTS[layer], 9, SIDES[layer], SIDES[layer])
    for unit, rank in np.ndindex(patches.shape[:2]):
        place = [data[name][unit][rank] for name in ("indices", "rows", "columns")]
        image, row, column = place[0], place[1] + around, place[2] + around
        part = padded[image, row : row + SIDES[layer], column : column + SIDES[layer]]
        np.testing.assert_allclose(patches[unit, rank], part, atol=0.5 / INK + 1e-6)
        assert data["labels"][unit][rank] == digits.held_out_labels[image]


@each_layer
def test_a_patch_alone_gives_the_response_beside_it(layer):
    data, (_, models) = shown(0, layer), network(0)
    patches = array(data["patches"])[:, 0] / INK
    with torch.no_grad():
        answers = maps(models["trained"], layer, in_torch(patches))  # (units, units, 1, 1)
    own = answers.diagonal().flatten()
    np.testing.assert_allclose(own, np.array(data["responses"])[:, 0], atol=0.02)  # 256 greys


@each_layer
def test_coherence_is_the_mean_correlation_and_the_other_is_the_other_ends(layer):
    here, there = shown(0, layer), shown(0, layer, "start")
    patches = array(here["patches"]).reshape(COUNTS[layer], 9, -1)
    upper = np.triu_indices(9, 1)
    wanted = [np.corrcoef(each)[upper].mean() for each in patches]
    np.testing.assert_allclose(here["coherence"], wanted, atol=0.005)  # 256 greys
    assert here["other_coherence"] == there["coherence"]
    assert there["other_coherence"] == here["coherence"]


@each_padding
@each_layer
def test_the_gradient_is_autograds(layer, padding):
    data, (_, models) = shown(padding, layer), network(padding)
    found, tolerance = dequantised(data["projections"]["gradient"])
    around = 6
    for unit in range(0, COUNTS[layer], 5):
        image, row, column = (data[name][unit][0] for name in ("indices", "rows", "columns"))
        ink = in_torch(few_digits().held_out_images[[image]]).requires_grad_()
        maps(models["trained"], layer, ink)[0, unit].max().backward()
        whole = functional.pad(ink.grad[0, 0], [around] * 4).numpy()
        side = SIDES[layer]
        part = whole[row + around :, column + around :][:side, :side]
        np.testing.assert_allclose(found[unit], part, atol=tolerance[unit].item())
        assert np.isclose(np.abs(part).sum(), np.abs(whole).sum())  # nothing lies outside


def test_in_the_first_layer_all_projections_are_the_kernel():
    data, (_, models) = shown(0, "conv1"), network(0)
    kernels = models["trained"].conv1.weight.detach().numpy()[:, 0] / STD
    for packed in data["projections"].values():
        found, tolerance = dequantised(packed)
        assert (np.abs(found - kernels) <= tolerance).all()


@each_padding
@each_layer
def test_the_maximised_image_reaches_what_it_says_and_beats_every_digit(layer, padding):
    data, (_, models) = shown(padding, layer), network(padding)
    images = array(data["maximised"]) / INK
    # far from the border nothing of the padding is seen
    weights = models["trained"].state_dict()
    first = functional.conv2d(
        (in_torch(images) - MEAN) / STD, weights["conv1.weight"], weights["conv1.bias"]
    )
    last = first
    if layer == "conv2":
        hidden = functional.relu(functional.max_pool2d(first, 2))
        last = functional.conv2d(hidden, weights["conv2.weight"], weights["conv2.bias"])
    np.testing.assert_allclose(data["reached"], last.diagonal().flatten(), atol=1e-3)
    assert (np.array(data["reached"]) > np.array(data["responses"])[:, 0]).all()


def test_the_maximised_image_of_a_kernel_is_ink_where_it_wants_ink():
    kernels = unpack(shown(0, "conv1")["kernels"])
    images = array(shown(0, "conv1")["maximised"]) / INK
    clear = np.abs(kernels) > 0.5 * np.abs(kernels).max(axis=(1, 2), keepdims=True)
    np.testing.assert_array_equal((images > 0.5)[clear], (kernels > 0)[clear])


def test_the_first_layer_has_its_fits():
    data, (run, _) = shown(0, "conv1"), network(0)
    kernels = unpack(data["kernels"])
    np.testing.assert_array_equal(kernels, run.kernels())
    for family, fits in best_fits(kernels).items():
        np.testing.assert_allclose(data["fits"][family], fits, atol=1e-4)
    assert len(data["names"]) == 16


def test_the_second_layer_has_its_slices_strongest_first():
    data, (run, _) = shown(0, "conv2"), network(0)
    weight = run.weights["conv2.weight"][-1].astype(float)
    np.testing.assert_allclose(data["norms"], np.sqrt((weight**2).sum(axis=(2, 3))), atol=1e-4)
    found, tolerance = dequantised(data["slices"])
    for unit, channels in enumerate(data["drawn"]):
        own = np.array(data["norms"][unit])
        assert sorted(own, reverse=True)[:4] == [own[channel] for channel in channels]
        assert (np.abs(found[unit] - weight[unit, channels]) <= tolerance[unit]).all()


def test_the_start_is_the_start():
    data, (_, models) = shown(0, "conv1", "start"), network(0)
    kernels = models["start"].conv1.weight.detach().numpy()[:, 0]
    np.testing.assert_array_equal(unpack(data["kernels"]), kernels)
    assert {end: shown(0, "conv1", end)["end"] for end in ENDS} == {end: end for end in ENDS}


def test_only_a_part_of_many_digits_is_looked_at(monkeypatch):
    monkeypatch.setattr("cnnfilters.analysis.unit_browser.IMAGES", 12)
    data = units(network(0)[0], few_digits(), layer="conv1", end="start")
    assert np.max(data["indices"]) < 12
    assert data["images"] == "the first 12 of 50 held-out training digits"
    assert shown(0, "conv1")["images"] == "50 held-out training digits"
