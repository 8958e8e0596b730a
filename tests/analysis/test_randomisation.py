"""Random layers are random and the others untouched; likeness against SciPy."""

import numpy as np
import pytest
import torch
from scipy import stats

from analysis.network import random_network
from cnnfilters.analysis.randomisation import rank_similarity, with_random_layers


def test_the_named_layers_are_drawn_anew_and_nothing_else_changes():
    model = random_network(0).model
    before = {name: weight.clone() for name, weight in model.state_dict().items()}
    changed = with_random_layers(model, ["fc", "conv2"], seed=5)
    for name, weight in changed.state_dict().items():
        assert torch.equal(weight, before[name]) == name.startswith("conv1"), name
        assert torch.equal(model.state_dict()[name], before[name])


def test_new_weights_have_the_spread_of_a_start():
    changed = with_random_layers(random_network(0).model, ["fc"], seed=5)
    bound = 1 / 512**0.5  # PyTorch's: uniform up to one over the root of the inputs
    assert changed.fc.weight.abs().max().item() == pytest.approx(bound, rel=0.01)


def test_one_seed_gives_one_network_and_leaves_the_generator_alone():
    model, state = random_network(0).model, torch.get_rng_state()
    one, same, other = (with_random_layers(model, ["conv1"], seed=seed) for seed in (1, 1, 2))
    assert torch.equal(one.conv1.weight, same.conv1.weight)
    assert not torch.equal(one.conv1.weight, other.conv1.weight)
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize("name", ["conv9", ""])
def test_a_layer_without_weights_is_refused(name):
    with pytest.raises(ValueError, match="must be names of layers with weights"):
        with_random_layers(random_network(0).model, [name], seed=0)


def test_likeness_is_spearmans_of_absolute_values_with_ties():
    rng = np.random.default_rng(6)
    one, other = rng.normal(size=(2, 4, 5, 6)).round(1)
    expected = [
        stats.spearmanr(np.abs(a).ravel(), np.abs(b).ravel()).statistic
        for a, b in zip(one, other, strict=True)
    ]
    np.testing.assert_allclose(rank_similarity(one, other), expected)


def test_scale_and_sign_do_not_count():
    pictures = np.random.default_rng(7).normal(size=(3, 4, 4))
    np.testing.assert_allclose(rank_similarity(pictures, -5 * pictures), 1)


def test_a_blank_picture_is_like_nothing():
    pictures = np.random.default_rng(8).normal(size=(1, 4, 4))
    assert rank_similarity(pictures, np.zeros((1, 4, 4)))[0] == 0
