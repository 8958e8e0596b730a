"""The strongest patches: found by brute force, and cut to what the unit needs."""

import numpy as np
import pytest
import torch
from torch.nn import functional

from analysis.network import random_network
from cnnfilters.analysis.forward import forward
from cnnfilters.analysis.receptive_patches import (
    Strongest,
    anywhere,
    coherence,
    commonest_share,
    cut,
    elsewhere,
    field_of,
    responses,
    strongest,
)
from cnnfilters.digits import MEAN, STD

LAYERS = {"conv1": (16, 5), "conv2": (32, 14)}  # units, and the side of what they see

each_layer = pytest.mark.parametrize("layer", LAYERS)


@pytest.fixture(params=[0, 2], ids=["no-padding", "padding-2"])
def both(request):
    return random_network(request.param)


@pytest.fixture
def images():
    return np.random.default_rng(5).random((12, 28, 28), dtype=np.float32)


def stage(model, images, layer):
    """PyTorch's maps of a layer."""
    with torch.inference_mode():
        maps = model.conv1((torch.from_numpy(images)[:, None] - MEAN) / STD)
        if layer == "conv2":
            maps = model.conv2(functional.max_pool2d(maps.relu(), 2))
        return maps.numpy()


@each_layer
def test_the_maps_are_those_of_pytorch_and_of_the_whole_network(both, images, layer):
    ours = responses(both.network, images, layer)
    np.testing.assert_allclose(ours, stage(both.model, images, layer), atol=1e-5)
    np.testing.assert_array_equal(ours, getattr(forward(both.network, images), layer))


@each_layer
def test_images_need_not_have_the_size_of_digits(both, layer):
    images = np.random.default_rng(1).random((3, 20, 33), dtype=np.float32)
    ours = responses(both.network, images, layer)
    np.testing.assert_allclose(ours, stage(both.model, images, layer), atol=1e-5)


@each_layer
def test_the_strongest_are_those_of_a_search_by_hand(both, images, layer):
    found = strongest(both.network, images, layer=layer, top=4)
    maps = stage(both.model, images, layer)
    for unit in range(LAYERS[layer][0]):
        best = sorted(((maps[i, unit].max(), i) for i in range(len(images))), reverse=True)[:4]
        assert [i for _, i in best] == found.image[unit].tolist()
        for (value, i), row, column in zip(best, found.row[unit], found.column[unit], strict=True):
            assert maps[i, unit, row, column] == pytest.approx(value, abs=1e-5)
    assert (np.diff(found.response, axis=1) <= 0).all()


def test_batches_make_no_difference(images):
    many = np.concatenate([images] * 25)[:260] * np.linspace(1, 0.5, 260)[:, None, None]
    network = random_network(0).network
    found = strongest(network, many.astype(np.float32), top=3)
    flat = stage(random_network(0).model, many.astype(np.float32), "conv2").max((2, 3))
    np.testing.assert_allclose(found.response, np.sort(flat, axis=0)[::-1][:3].T, atol=1e-5)


@each_layer
def test_the_size_of_what_a_unit_sees_follows_from_the_layers(both, layer):
    field = field_of(both.network, layer)
    assert field.size == (LAYERS[layer][1],) * 2
    pixels = torch.from_numpy(np.random.default_rng(2).random((1, 1, 28, 28))).float()
    pixels.requires_grad_()
    model = both.model
    maps = model.conv1((pixels - MEAN) / STD)
    if layer == "conv2":
        maps = model.conv2(functional.avg_pool2d(maps, 2))  # an average: every pixel counts
    maps[0, :, 5, 6].square().sum().backward()
    moved = np.argwhere(pixels.grad[0, 0].numpy() != 0)
    down, across = field.pixels(5, 6)
    assert (moved.min(0) == [down.start, across.start]).all()
    assert (moved.max(0) == [down.stop - 1, across.stop - 1]).all()


@each_layer
def test_a_network_shown_the_patch_alone_says_the_same(images, layer):
    both = random_network(0)
    found = strongest(both.network, images, layer=layer, top=3)
    patches = cut(both.network, images, found, layer=layer)
    units, side = LAYERS[layer]
    assert patches.shape == (units, 3, side, side)
    for unit in range(units):
        alone = stage(both.model, patches[unit], layer)
        assert alone.shape == (3, units, 1, 1)
        np.testing.assert_allclose(alone[:, unit, 0, 0], found.response[unit], atol=1e-5)


def test_a_patch_over_the_border_shows_the_grey_that_padding_means(images):
    padded, bare = random_network(2), random_network(0)
    corner = np.zeros((1, 2), dtype=int)
    found = Strongest(np.zeros((1, 2)), np.array([[3, 8]]), corner, corner)
    patches = cut(padded.network, images, found, layer="conv1")[0]
    np.testing.assert_array_equal(patches[:, 2:, 2:], images[[3, 8], :3, :3])
    np.testing.assert_allclose(patches[:, :2], MEAN)
    # no padding is needed once the patch holds it
    alone = stage(bare.model, patches, "conv1")[:, :, 0, 0]
    np.testing.assert_allclose(
        alone, stage(padded.model, images, "conv1")[[3, 8], :, 0, 0], atol=1e-5
    )


def test_a_patch_may_reach_over_the_far_border_too(images):
    network = random_network(2).network
    last = np.full((1, 1), 13)
    found = Strongest(np.zeros((1, 1)), np.zeros((1, 1), dtype=int), last, last)
    patch = cut(network, images, found)[0, 0]
    down, across = field_of(network, "conv2").pixels(13, 13)
    inside = 28 - down.start
    assert (down, inside) == (across, 8)
    np.testing.assert_array_equal(patch[:inside, :inside], images[0, 20:, 20:])
    np.testing.assert_allclose(patch[inside:], MEAN)
    np.testing.assert_allclose(patch[:, inside:], MEAN)


def test_coherence_is_the_mean_correlation_of_all_pairs():
    patches = np.random.default_rng(4).random((3, 5, 6, 7))
    flat = patches.reshape(3, 5, -1)
    expected = [np.corrcoef(unit)[np.triu_indices(5, 1)].mean() for unit in flat]
    np.testing.assert_allclose(coherence(patches), expected)


def test_coherence_does_not_see_contrast_or_brightness():
    patch = np.random.default_rng(4).random((4, 4))
    alike = np.stack([patch, 0.2 + patch / 3, 5 * patch])[None]
    assert coherence(alike) == pytest.approx(1)


def test_a_blank_patch_is_like_nothing():
    patch = np.random.default_rng(4).random((4, 4)).astype(np.float32)
    blank = np.full((4, 4), 0.1307, dtype=np.float32)
    assert coherence(np.stack([patch, patch, blank])[None]) == pytest.approx(1 / 3)


def test_patches_of_noise_have_next_to_no_coherence():
    noise = np.random.default_rng(4).random((200, 9, 14, 14))
    assert abs(coherence(noise).mean()) < 0.01


def test_the_commonest_digit_is_counted_for_each_unit():
    labels = np.array([[3, 3, 3, 3], [9, 0, 9, 9], [1, 2, 1, 2]])
    np.testing.assert_allclose(commonest_share(labels), [1, 0.75, 0.5])


def test_patches_from_elsewhere_keep_their_places_and_draw_no_image_twice(images):
    found = strongest(random_network(0).network, images, top=6)
    others = elsewhere(found, images=12, seed=3)
    np.testing.assert_array_equal(others.row, found.row)
    np.testing.assert_array_equal(others.column, found.column)
    assert all(len(set(row)) == 6 for row in others.image.tolist())
    assert not np.array_equal(others.image, found.image)
    np.testing.assert_array_equal(others.image, elsewhere(found, images=12, seed=3).image)
    assert not np.array_equal(others.image, elsewhere(found, images=12, seed=4).image)


def test_patches_from_anywhere_reach_every_place(images):
    found = strongest(random_network(0).network, images, top=12)
    others = anywhere(found, images=12, side=8)
    assert set(others.row.flat) == set(others.column.flat) == set(range(8))
    assert abs(np.corrcoef(others.row.flat, others.column.flat)[0, 1]) < 0.2
    assert all(len(set(row)) == 12 for row in others.image.tolist())


def test_more_patches_than_images_are_refused(images):
    network = random_network(0).network
    for top in (0, 13):
        with pytest.raises(ValueError, match=rf"`top` \(={top}\) must be from 1 to .+ images, 12"):
            strongest(network, images, top=top)


@pytest.mark.usefixtures("no_type_checker")
def test_another_layer_is_refused(images):
    network = random_network(0).network
    for door in (
        lambda: strongest(network, images, layer="conv3"),
        lambda: field_of(network, "conv3"),
    ):
        with pytest.raises(ValueError, match=r"`layer` \(='conv3'\) must be one of conv1, conv2"):
            door()


def test_one_patch_has_no_coherence():
    with pytest.raises(ValueError, match=r"`patches` \(of 1 for each unit\)"):
        coherence(np.zeros((2, 1, 3, 3)))
