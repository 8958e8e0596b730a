"""A Run as a module again gives what the arrays give."""

from dataclasses import replace

import numpy as np
import pytest
import torch

from analysis.network import random_network
from cnnfilters.analysis.forward import forward
from cnnfilters.config import TrainConfig
from cnnfilters.digits import MEAN, STD
from cnnfilters.run import RunError
from cnnfilters.trained import logits_of, trained_network


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


def test_the_logits_of_a_run_are_those_of_its_module():
    made = random_network(2)
    images = np.random.default_rng(1).random((3, 28, 28), dtype=np.float32)
    with torch.inference_mode():
        expected = made.model(torch.from_numpy(images)[:, None]).numpy()
    np.testing.assert_array_equal(logits_of(made.run)(images), expected)


def test_the_logits_of_a_perceptron_are_two_products_with_relu_between():
    rng = np.random.default_rng(5)
    shapes = {"hidden.weight": (128, 784), "hidden.bias": (128,), "fc.weight": (10, 128)}
    drawn = {name: rng.normal(size=shape) for name, shape in {**shapes, "fc.bias": (10,)}.items()}
    weights = {name: array[None].astype(np.float32) for name, array in drawn.items()}
    config = TrainConfig(model="MLP").to_mapping()
    run = replace(
        random_network(0).run,
        weights=weights,
        config=config,
        steps=np.array([0]),
        loss=np.ones(1),
        accuracy=np.ones(1),
    )
    images = rng.random((7, 28, 28), dtype=np.float32)
    pixels = (images.reshape(7, -1) - MEAN) / STD
    hidden = np.maximum(pixels @ drawn["hidden.weight"].T + drawn["hidden.bias"], 0)
    expected = hidden @ drawn["fc.weight"].T + drawn["fc.bias"]
    np.testing.assert_allclose(logits_of(run)(images), expected, rtol=1e-3, atol=1e-2)
