"""A Run as a module again gives what the arrays give."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from analysis.network import random_network
from cnnfilters.analysis.forward import forward
from cnnfilters.run import RunError
from cnnfilters.trained import trained_network


def test_it_answers_as_the_arrays_do():
    made = random_network(2)
    images = np.random.default_rng(0).random((3, 28, 28), dtype=np.float32)
    found = trained_network(made.run)(torch.from_numpy(images)[:, None])
    np.testing.assert_allclose(found.numpy(), forward(made.network, images).logits, atol=1e-4)


def test_a_snapshot_can_be_asked_for():
    start = trained_network(random_network(0).run, 0)
    assert all(weight.abs().max() == 0 for weight in start.parameters())


def test_it_rests_its_weights_are_its_own_and_no_generator_moved():
    made, state = random_network(0), torch.get_rng_state()
    model = trained_network(made.run)
    assert not model.training
    assert not any(weight.requires_grad for weight in model.parameters())
    with torch.no_grad():
        model.fc.bias.fill_(7)
    assert made.run.weights["fc.bias"].max() < 7
    assert torch.equal(torch.get_rng_state(), state)


@pytest.mark.parametrize(
    ("model", "told"),
    [
        ("5x5", r'Missing key\(s\) in state_dict: "block\.0\.weight".* Train again$'),
        ("SmallCNN", r"size mismatch for conv1\.weight: .*\[16, 1, 3, 3\].* Train again$"),
    ],
    ids=["other layers", "other sizes"],
)
def test_weights_of_another_network_are_named_in_one_line(model, told):
    run = random_network(0).run
    weights = {**run.weights, "conv1.weight": np.zeros((len(run.steps), 16, 1, 3, 3), np.float32)}
    other = replace(run, config={**run.config, "model": model}, weights=weights)
    with pytest.raises(RunError, match=rf"^the Run's weights are not those of {model}: {told}"):
        trained_network(other)
