"""Training: the same to the bit for a seed, and what the config says."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np
import pytest
import torch
from torch import nn
from torch.nn import functional

from cnnfilters.config import THREADS, TrainConfig
from cnnfilters.digits import MEAN, STD, Digits
from cnnfilters.model import SmallCNN
from cnnfilters.run import Run
from cnnfilters.task import Task
from cnnfilters.training import TrainingError, snapshot_steps, train

SHORT = TrainConfig(steps=20, batch_size=32)

Trained = Callable[..., Run]


@pytest.fixture(scope="module")
def trained(few_digits: Digits) -> Trained:
    """A short training that differs from the default in some fields; each is done once."""
    done: dict[TrainConfig, Run] = {}

    def once(**changes: object) -> Run:
        config = replace(SHORT, **changes)  # type: ignore[arg-type]
        if config not in done:
            done[config] = train(config, digits=few_digits, device="cpu")
        return done[config]

    return once


def assert_same(one: Run, other: Run) -> None:
    for name, array in one.weights.items():
        np.testing.assert_array_equal(array, other.weights[name])
    np.testing.assert_array_equal(one.loss, other.loss)
    np.testing.assert_array_equal(one.accuracy, other.accuracy)


@pytest.fixture
def threads() -> Iterator[None]:
    before = torch.get_num_threads()
    torch.set_num_threads(2)
    yield
    torch.set_num_threads(before)


@pytest.mark.usefixtures("threads")
def test_a_seed_gives_the_same_bits_whatever_the_process_did_before(
    trained: Trained, few_digits: Digits
) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(12345)
        again = train(SHORT, digits=few_digits, device="cpu")
    assert_same(trained(), again)


def test_another_seed_gives_other_weights_from_the_start(trained: Trained) -> None:
    one, other = trained(), trained(seed=1)
    assert (one.weights["conv1.weight"][0] != other.weights["conv1.weight"][0]).all()
    assert not np.array_equal(one.loss, other.loss)


def test_the_first_snapshot_is_pytorchs_start(trained: Trained) -> None:
    with torch.random.fork_rng():
        torch.manual_seed(0)
        start = SmallCNN().state_dict()
    for name, weights in trained().weights.items():
        np.testing.assert_array_equal(weights[0], start[name])


def test_the_last_loss_and_accuracy_are_those_of_the_last_weights(
    trained: Trained, few_digits: Digits
) -> None:
    run, model = trained(), SmallCNN()
    model.load_state_dict({name: torch.from_numpy(w[-1]) for name, w in run.weights.items()})
    with torch.inference_mode():
        logits = model(torch.from_numpy(few_digits.held_out_images)[:, None])
    labels = torch.from_numpy(few_digits.held_out_labels)
    hits = (logits.argmax(1) == labels).double().mean()
    assert run.loss[-1] == pytest.approx(float(functional.cross_entropy(logits, labels)), rel=1e-5)
    assert run.accuracy[-1] == pytest.approx(float(hits))


def test_the_source_recipe_is_plain_adam_on_the_usual_network(
    trained: Trained, few_digits: Digits
) -> None:
    """Five steps of the recipe, written down with PyTorch's own parts."""
    plain = {"optimizer": "adam", "schedule": "constant", "learning_rate": 1e-3, "shift": 0}
    run = trained(steps=5, padding=2, **plain)
    model = nn.Sequential(
        nn.Conv2d(1, 16, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Conv2d(16, 32, 5, padding=2), nn.ReLU(), nn.MaxPool2d(2),
        nn.Flatten(), nn.Linear(1568, 10),
    )  # fmt: skip
    start = [torch.from_numpy(weights[0].copy()) for weights in run.weights.values()]
    for parameter, value in zip(model.parameters(), start, strict=True):
        parameter.data = value
    optimizer = torch.optim.Adam(model.parameters(), lr=1e-3)
    order = np.random.default_rng(0).permutation(len(few_digits.train_images))
    for batch in order[: 5 * 32].reshape(5, 32):
        images = (torch.from_numpy(few_digits.train_images[batch])[:, None] - MEAN) / STD
        optimizer.zero_grad()
        labels = torch.from_numpy(few_digits.train_labels[batch])
        functional.cross_entropy(model(images), labels).backward()
        optimizer.step()
    for parameter, weights in zip(model.parameters(), run.weights.values(), strict=True):
        np.testing.assert_allclose(parameter.detach(), weights[-1], atol=2e-5)


def test_twenty_steps_already_help(trained: Trained) -> None:
    run = trained()
    assert run.loss[-1] < 0.7 * run.loss[0]
    assert run.accuracy[-1] > 0.5


def test_a_frozen_layer_stays_and_the_others_learn(trained: Trained) -> None:
    run = trained(conv1="frozen")
    for name, weights in run.weights.items():
        stays = bool((weights == weights[0]).all())
        assert stays == name.startswith("conv1."), name


def test_a_bank_stays_takes_only_the_first_kernels_and_is_as_long_as_they(trained: Trained) -> None:
    usual, fixed = trained(), trained(conv1="bank")
    kernels = fixed.weights["conv1.weight"]
    assert (kernels == kernels[0]).all()
    np.testing.assert_allclose(
        np.linalg.norm(kernels[0]), np.linalg.norm(usual.weights["conv1.weight"][0]), rtol=1e-6
    )
    for name in ("conv1.bias", "conv2.weight", "fc.weight"):
        np.testing.assert_array_equal(fixed.weights[name][0], usual.weights[name][0])


def test_a_small_start_scales_the_kernels_and_empties_their_biases(trained: Trained) -> None:
    usual, small = trained(), trained(conv1_scale=0.1)
    expected = np.float32(0.1) * usual.weights["conv1.weight"][0]
    np.testing.assert_allclose(small.weights["conv1.weight"][0], expected, rtol=1e-6)
    assert not small.weights["conv1.bias"][0].any()
    for name in ("conv2.weight", "conv2.bias", "fc.weight", "fc.bias"):
        np.testing.assert_array_equal(small.weights[name][0], usual.weights[name][0])


def test_a_large_start_keeps_its_biases(trained: Trained) -> None:
    usual, large = trained(), trained(conv1_scale=2.0)
    np.testing.assert_array_equal(large.weights["conv1.bias"][0], usual.weights["conv1.bias"][0])


def test_a_penalty_shrinks_the_kernels(trained: Trained) -> None:
    lengths = [np.linalg.norm(trained(conv1_l2=l2).kernels()) for l2 in (0.0, 1.0)]
    assert lengths[1] < 0.7 * lengths[0]


@pytest.mark.parametrize(
    "changes",
    [
        {"labels": "shuffled"},
        {"pixels": "permuted"},
        {"optimizer": "adam"},
        {"schedule": "constant"},
        {"shift": 0},
    ],
    ids=str,
)
def test_every_choice_changes_the_training_and_not_its_start(
    changes: dict[str, object], trained: Trained
) -> None:
    usual, other = (run.weights["conv2.weight"] for run in (trained(), trained(**changes)))
    np.testing.assert_array_equal(usual[0], other[0])
    assert not np.array_equal(usual[-1], other[-1])


@pytest.mark.parametrize("total", [1, 2, 14, 1_250, 56_280])
def test_snapshots_are_spaced_evenly_in_the_logarithm(total: int) -> None:
    steps = np.array(snapshot_steps(total))
    assert (steps[0], steps[1], steps[-1]) == (0, 1, total)
    assert (np.diff(steps) > 0).all()
    factor = total ** (1 / 13)
    assert (steps[2:] <= factor * steps[1:-1] + 1.5).all()  # rounded to whole steps
    assert len(steps) <= 15


def test_fewer_snapshots_are_some_of_the_same_training(trained: Trained) -> None:
    usual, ends = trained(), trained(snapshots=1)
    assert ends.steps.tolist() == [0, usual.steps[-1]]
    assert (ends.loss[-1], ends.accuracy[-1]) == (usual.loss[-1], usual.accuracy[-1])
    for name, every in usual.weights.items():
        np.testing.assert_array_equal(ends.weights[name], every[[0, -1]])


def test_a_run_has_the_snapshots_that_its_steps_name(trained: Trained) -> None:
    run = trained()
    assert run.steps.tolist() == snapshot_steps(20)
    assert run.weights["conv1.weight"].shape == (len(run.steps), 16, 1, 5, 5)


@pytest.mark.parametrize(("size", "words"), [(None, "800 digits"), (50, "50 digits")])
def test_a_run_says_what_it_learned_from_and_on_what_machine(
    size: int | None, words: str, trained: Trained, few_digits: Digits
) -> None:
    run = trained(train_size=size)
    assert run.data["train_words"] == words
    assert run.data["train"] == int(words.split()[0])
    assert run.data["held_out_words"] == "200 held-out training digits"
    assert run.data["checksum"] == few_digits.checksum
    assert run.machine["device"] == "cpu"
    assert run.machine["threads"] == THREADS
    assert run.machine["versions"]["torch"] == str(torch.__version__).split("+")[0]
    assert run.train_config == replace(SHORT, train_size=size)


# what goes wrong


@pytest.mark.parametrize(
    ("steps", "rate", "loss"),
    [(20, 1e9, r"[\d.]+e\+\d+"), (20, 1e15, "nan"), (1, 1e30, "nan")],
    ids=["huge", "no number", "by the last step"],
)
def test_a_training_that_explodes_stops_at_a_named_step(
    steps: int, rate: float, loss: str, few_digits: Digits
) -> None:
    with pytest.raises(TrainingError, match=rf"loss is {loss} at step 1 of {steps} with learning_"):
        train(replace(SHORT, steps=steps, learning_rate=rate), digits=few_digits, device="cpu")


# what a training leaves as it was


class InterruptedTrainingError(Exception):
    """Raised in the middle of a training."""


def interrupt(*_: object) -> None:
    raise InterruptedTrainingError


@pytest.mark.parametrize(
    ("strict", "lenient"), [(False, False), (True, True), (True, False)], ids=str
)
def test_torchs_settings_are_put_back_even_after_a_failure(
    strict: bool, lenient: bool, few_digits: Digits, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Task, "at", interrupt)

    def settings() -> tuple[object, ...]:
        return (
            torch.get_num_threads(),
            torch.are_deterministic_algorithms_enabled(),
            torch.is_deterministic_algorithms_warn_only_enabled(),
            torch.utils.deterministic.fill_uninitialized_memory,
            torch.get_rng_state().tolist(),
        )

    torch.use_deterministic_algorithms(strict, warn_only=lenient)
    before = settings()
    with pytest.raises(InterruptedTrainingError):
        train(SHORT, digits=few_digits, device="cpu")
    after = settings()
    torch.use_deterministic_algorithms(mode=False)
    assert after == before
